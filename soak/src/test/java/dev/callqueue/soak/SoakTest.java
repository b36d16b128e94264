package dev.callqueue.soak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** The command line, with experiments that are over at once. */
class SoakTest {
    private static final Row FINE = new Row(1, "nothing", "nothing", (trial, figures) -> figures.say("all is well"));
    private static final Row BAD =
            new Row(2, "something", "nothing", (trial, figures) -> figures.none("things wrong", 3));
    private static final Row FAILING = new Row(3, "itself", "nothing", (trial, figures) -> {
        throw new IllegalStateException("no experiment");
    });

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return Soak.run(
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                List.of(FINE, BAD, FAILING),
                args);
    }

    private String table() {
        return out.toString(UTF_8);
    }

    @Test
    void aTargetThatIsMetGivesZero() {
        assertEquals(0, run("--short", "--only", "1"));
        assertTrue(table().contains("| 1 | nothing | nothing | all is well | met |"), table());
        assertFalse(table().contains("| 2 |"), table());
    }

    @Test
    void aTargetThatIsNotMetGivesOne() {
        assertEquals(1, run("--short", "--only", "1,2"));
        assertTrue(table().contains("| **3 things wrong** | **not met** |"), table());
    }

    @Test
    void anExperimentThatFailsIsATargetNotMetAndTheOthersGoOn() {
        assertEquals(1, run("--minutes", "1"));
        assertTrue(table().contains("no experiment | **not met** |"), table());
        assertTrue(err.toString(UTF_8).contains("IllegalStateException: no experiment"));
        assertTrue(table().contains("1 of 3 rows as they must be"), table());
    }

    @Test
    void theTableIsWrittenToAFileToo(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("table.md");

        assertEquals(0, run("--short", "--only", "1", "--output", file.toString()));

        assertEquals(table(), Files.readString(file));
    }

    @ParameterizedTest
    @CsvSource({
        "--only 4, --only knows no row 4",
        "--only x, is not an int",
        "--minutes 0, --minutes must be at least 1: 0",
        "--minutes -3, --minutes must be at least 1: -3",
        "--short --minutes 5, --short and --minutes exclude each other",
        "--output no/such/directory/table.md, --output cannot be written: no/such/directory/table.md",
        "--output ., --output cannot be written: .",
        "--long, Unknown option: '--long'",
    })
    void wrongArgumentsGiveTwoAndSayWhy(String args, String why) {
        assertEquals(2, run(args.split(" ")));
        assertTrue(err.toString(UTF_8).contains(why), err.toString(UTF_8));
    }
}
