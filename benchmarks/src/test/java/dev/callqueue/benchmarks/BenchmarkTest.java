package dev.callqueue.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callqueue.benchmarks.scenario.Scenario;
import dev.callqueue.benchmarks.scenario.Scenarios;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BenchmarkTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    static List<String> scenarios() {
        return Scenarios.all().stream().map(Scenario::id).toList();
    }

    @Test
    void helpTellsTheExitCodes() {
        assertThat(run("--help")).isZero();
        assertThat(text(out))
                .contains("Exit code: 0 measured")
                .contains("--guard")
                .doesNotContain("--root");
    }

    @Test
    void theListNamesScenariosAndContenders() {
        assertThat(run("--list")).isZero();
        assertThat(text(out)).contains("  async-4 ").contains("  agrona-backoff ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --only nothing             | no such scenario: nothing
                    --rounds 0                 | rounds must be at least 1: 0
                    --burst 0                  | a burst must last from 1 to 1000 milliseconds: 0
                    --burst 2000               | a burst must last from 1 to 1000 milliseconds: 2000
                    --guard --full             | --guard goes with none of --full, --only, --output
                    --guard --only sync        | --guard goes with none of --full, --only, --output
                    --fast                     | Unknown option: '--fast'
                    """)
    void wrongUsageIsTold(String arguments, String message) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(text(err)).startsWith(message);
        assertThat(text(out)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyScenarioRuns(String scenario) {
        assertThat(run("--only", scenario, "--rounds", "1", "--burst", "1", "--quiet"))
                .as(text(err))
                .isZero();
        assertThat(text(out)).contains("## " + scenario + ": ");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void pageChartsAndSamplesAreWrittenWhereOneWants() throws IOException {
        Path samples = folder.resolve("samples.tsv");
        assertThat(run(
                        "--only",
                        "promises-sync,sync-1ms",
                        "--rounds",
                        "2",
                        "--burst",
                        "1",
                        "--output",
                        folder.toString(),
                        "--samples",
                        samples.toString()))
                .isZero();
        assertThat(text(err)).contains("benchmark: promises-sync").contains("benchmark: written: ");
        assertThat(Files.readString(folder.resolve("results.md")))
                .isEqualTo(text(out))
                .contains("Written by `bin/benchmark --only promises-sync,sync-1ms --rounds 2 --burst 1`");
        assertThat(Files.readString(samples)).contains("promises-sync\tpromises-sync\tTIME\t");
    }

    @Test
    void theGuardIsSilentAboutFewRounds() {
        assertThat(run("--guard", "--rounds", "1", "--burst", "1")).isZero();
        assertThat(text(out)).contains("async-1: ≥ 2 × as fast as stx: ").contains("does not count");
    }

    private int run(String... arguments) {
        return Benchmark.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), arguments);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(UTF_8);
    }
}
