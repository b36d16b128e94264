package dev.callqueue.examples.linkcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small site with every kind of link, of which everything is known. */
class GoldenSiteTest {
    private static final List<String> BROKEN = List.of(
            "/ /#nobody no anchor nobody",
            "/ /empty/ 404 Not Found",
            "/ /missing-2x.png 404 Not Found",
            "/ /missing-background.png 404 Not Found",
            "/ /missing.html 404 Not Found",
            "/ /missing.html#part 404 Not Found",
            "/ /missing.ico 404 Not Found",
            "/ /missing.js 404 Not Found",
            "/ /missing.mp4 404 Not Found",
            "/ /missing.pdf 404 Not Found",
            "/ /other.html#not-there no anchor not-there",
            "/ htp://typo.example/ not a URL: unknown scheme htp",
            "/ http:// not a URL: no host",
            "/ http://h.example:99999/ not a URL: port 99999",
            "/frame.html /sub/nowhere.html 404 Not Found",
            "/other.html /outside.html 404 Not Found",
            "/style.css /missing-import.css 404 Not Found",
            "/style.css /missing-picture.png 404 Not Found",
            "/sub/more.css /sub/missing-cursor.cur 404 Not Found",
            "/sub/ /sub/deep.html#y no anchor y",
            "/sub/deep.html /sub/nowhere.html 404 Not Found",
            "/with%20space/a%20b.html /with%20space/nowhere.html 404 Not Found");

    @TempDir
    Path directory;

    private Path site;

    @BeforeEach
    void findSite() throws Exception {
        site = Path.of(GoldenSiteTest.class.getResource("/golden").toURI());
    }

    @Test
    void whatIsBrokenInADirectoryIsFoundAndNothingElse() {
        Checked checked = Checked.json(directory, site.toString());

        assertThat(checked.broken()).containsExactlyInAnyOrderElementsOf(withIndexPage());
        assertThat(checked.count("pages")).isEqualTo(7);
        assertThat(checked.exitCode()).isEqualTo(1);
    }

    @Test
    void aJarIsTheSameSite() throws Exception {
        Path jar = directory.resolve("site.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(site)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(site.relativize(file).toString().replace('\\', '/')));
                zip.write(Files.readAllBytes(file));
            }
        }

        assertThat(Checked.json(directory, jar.toString()).broken())
                .isEqualTo(Checked.json(directory, site.toString()).broken());
    }

    @Test
    void aJerkyServerChangesNothing() {
        Checked calm = Checked.json(directory, site.toString());
        Checked jerky = Checked.json(directory, "--jerky=7", site.toString());

        assertThat(jerky.broken()).isEqualTo(calm.broken());
        assertThat(jerky.count("links")).isEqualTo(calm.count("links"));
    }

    @Test
    void includeAndExcludeNarrowTheCheck() {
        Checked checked = Checked.json(directory, "--include", "/$", "--exclude", "missing", site.toString());

        assertThat(checked.broken())
                .contains("/ /#nobody no anchor nobody", "/ /empty/ 404 Not Found")
                .noneMatch(line -> line.contains("missing"))
                .noneMatch(line -> line.contains("nowhere"));
    }

    /** The page is there by two addresses, as / and as /index.html, and both are looked at. */
    private static List<String> withIndexPage() {
        return BROKEN.stream()
                .flatMap(line -> line.startsWith("/ ")
                        ? Stream.of(line, line.replace("/ /#", "/ /index.html#").replaceFirst("/ ", "/index.html "))
                        : Stream.of(line))
                .toList();
    }
}
