package dev.callqueue.examples.linkcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
    @TempDir
    Path directory;

    private Path site;

    @BeforeEach
    void makeSite() throws Exception {
        site = Files.createDirectory(directory.resolve("site"));
        Files.writeString(site.resolve("index.html"), "<a href='#there'>x</a><p id='there'>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-such-thing | no such directory or jar: no-such-thing",
                "--consumers 0 | --consumers must be from 1 to 1024: 0",
                "--timeout soon | not a duration such as 30s, 250ms or 2m: soon",
                "--max-body 0 | not a size from 1 to 1024M, such as 512K: 0",
                "--max-pages 0 | --max-pages must be positive: 0",
                "--format pdf | pdf",
                "--include ( | (",
                "--no-such-option | --no-such-option",
                "--output /no/such/directory/x | --output cannot be written: /no/such/directory/x",
                "--jerky http://h.example/ | --jerky makes the embedded server jerky",
            })
    void wrongUsageIsToldInOneLineWithTheValue(String args, String message) {
        Checked checked = Checked.run(directory, args.split(" "));

        assertThat(checked.exitCode()).isEqualTo(2);
        assertThat(checked.err()).contains(message).doesNotContain("\tat ");
    }

    @Test
    void aJarThatIsNone() throws Exception {
        Path file = Files.writeString(directory.resolve("site.jar"), "no zip");

        Checked checked = Checked.run(directory, file.toString());

        assertThat(checked.exitCode()).isEqualTo(2);
        assertThat(checked.err()).contains("not a jar: " + file);
    }

    @Test
    void nothingToResume() {
        Checked checked = Checked.run(directory, "--resume", site.toString());

        assertThat(checked.exitCode()).isEqualTo(2);
        assertThat(checked.err()).contains("nothing to resume");
    }

    @Test
    void aFileOfSomebodyElseIsNotTouched() throws Exception {
        Files.writeString(directory.resolve("store.sqlite"), "dear diary");

        Checked checked = Checked.run(directory, site.toString());

        assertThat(checked.exitCode()).isEqualTo(3);
        assertThat(checked.err()).contains("not a file of linkcheck: ").doesNotContain("\tat ");
        assertThat(directory.resolve("store.sqlite")).hasContent("dear diary");
    }

    @Test
    void aFileThatIsInUseIsNotTouched() throws Exception {
        try (Store other = Store.open(directory.resolve("store.sqlite"))) {
            other.begin(List.of(new Start("theirs", "http://h.example", "http://h.example/")));

            Checked checked = Checked.run(directory, site.toString());

            assertThat(checked.exitCode()).isEqualTo(3);
            assertThat(checked.err()).contains("in use by another run");
            assertThat(other.starts()).extracting(Start::input).containsExactly("theirs");
        }
    }

    @Test
    void jerkyNeedsNoSeedInFrontOfASite() {
        assertThat(Checked.run(directory, "--jerky", site.toString()).exitCode())
                .isZero();
    }

    @Test
    void aCleanSite() {
        Checked checked = Checked.run(directory, site.toString());

        assertThat(checked.exitCode()).isZero();
        assertThat(checked.out()).contains("1 pages, 1 links, 0 broken");
        assertThat(checked.err()).isEmpty();
    }

    @Test
    void progressIsShownOnStandardErrorWhereItIsWanted() {
        Checked checked = Checked.run(directory, "--progress", "--format", "json", site.toString());

        assertThat(checked.err()).contains("linkcheck").contains("pages/s").contains("0 broken");
        assertThat(checked.report().get("pages").asInt()).isEqualTo(1);
    }

    @Test
    void theReportGoesToAFile() throws Exception {
        Path file = directory.resolve("report.csv");

        Checked checked = Checked.run(directory, "--format", "csv", "--output", file.toString(), site.toString());

        assertThat(file).hasContent("page,link,problem");
        assertThat(checked.out()).isEmpty();
        assertThat(checked.err()).contains("1 pages");
    }
}
