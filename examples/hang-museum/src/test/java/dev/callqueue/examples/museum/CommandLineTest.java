package dev.callqueue.examples.museum;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--only no-such-trap | no such trap: no-such-trap; there are self-call, there-and-back, ",
                "--contender nobody | no such contender: nobody; there are callqueue, jdk-executor, ",
                "--patience long | not a duration such as 2s or 500ms: long",
                "--patience 99ms | not from 100ms to 60s: 99ms",
                "--patience 61s | not from 100ms to 60s: 61s",
                "--output /no/such/directory/page.md | --output cannot be written: /no/such/directory/page.md",
                "--output / | --output cannot be written: /",
                "--no-such-option | --no-such-option",
            })
    void wrongUsageIsToldWithTheValue(String args, String message) {
        assertThat(run(args.split(" "))).isEqualTo(2);

        assertThat(err.toString(UTF_8)).contains(message).doesNotContain("\tat ");
        assertThat(out.size()).isZero();
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(run("--help")).isZero();

        assertThat(out.toString(UTF_8))
                .contains("--only=TRAP", "--contender=NAME", "--patience=TIME", "--output=FILE", "Exit code: 0 ");
    }

    @Test
    void onlyWhatWasAskedForIsRunAndWritten() {
        Path page = directory.resolve("page.md");

        int exitCode = run(
                "--only",
                "lost-type",
                "--contender",
                "callqueue",
                "--contender",
                "jdk-executor",
                "--output",
                page.toString());

        assertThat(exitCode).isZero();
        assertThat(out.toString(UTF_8))
                .contains("exception type", "callqueue", "JDK executor")
                .doesNotContain("self call", "Netty");
        assertThat(page)
                .content()
                .contains(
                        "| [exception type](#exception-type) | `FileNotFoundException` | **wrong**: ExecutionException |");
    }

    @Test
    void thePatienceCountsForWhatHangs() {
        assertThat(run("--only", "self-call", "--contender", "jdk-executor", "--patience", "100ms"))
                .isZero();

        assertThat(out.toString(UTF_8)).contains("HANG      caller: waits in FutureTask.get");
    }

    private int run(String... args) {
        return HangMuseum.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
    }
}
