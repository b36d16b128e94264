package dev.callqueue.examples.linkcheck;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A run that does not come to its end, killed or stopped, in a process of its own. */
@Timeout(60)
class StoppedRunTest {
    /** Pages are a chain of levels: one of level n is known only once one of level n - 1 is in the store. */
    private static final int LEVELS = 12;

    private static final int STUCK_AT = 7;

    @TempDir
    Path directory;

    @TempDir
    Path other;

    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
        server.page("/", level(0));
        for (int n = 0; n < LEVELS; n++) {
            server.page("/level" + n, level(n + 1));
        }
        server.page("/level" + LEVELS, "<a href='missing'>x</a>");
        server.on("/level" + STUCK_AT, (path, socket, out) -> {
            stuck.countDown();
            goOn.await();
            TestServer.answer(200, "Content-Type: text/html\r\n", level(STUCK_AT + 1))
                    .to(path, socket, out);
        });
    }

    @AfterEach
    void stop() throws IOException {
        goOn.countDown();
        server.close();
    }

    @Test
    void nothingAcknowledgedIsLostWhenTheProgramIsKilled() throws Exception {
        Process program = Program.start(directory, server.url("/"));
        assertThat(stuck.await(30, SECONDS)).isTrue();
        program.destroyForcibly().waitFor();
        List<String> before = List.copyOf(server.requests());
        goOn.countDown();
        server.requests().clear();

        Checked resumed = Checked.json(directory, "--resume", server.url("/"));
        List<String> after = List.copyOf(server.requests());
        Checked uninterrupted = Checked.json(other, server.url("/"));

        assertThat(before).contains("GET /level" + (STUCK_AT - 1));
        assertThat(after)
                .contains("GET /level" + STUCK_AT, "GET /level" + LEVELS)
                .doesNotContain("GET /", "GET /level1", "GET /level" + (STUCK_AT - 1));
        assertThat(resumed.broken()).isEqualTo(uninterrupted.broken()).hasSize(LEVELS + 2);
        assertThat(resumed.count("pages")).isEqualTo(uninterrupted.count("pages"));
        assertThat(resumed.count("links")).isEqualTo(uninterrupted.count("links"));
    }

    /** Fails where the build itself ignores Ctrl-C, as one that a script has put into the background: so does what it starts then. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void ctrlCStopsAtOnceAndKeepsWhatWasFound() throws Exception {
        Process program = Program.start(directory, server.url("/"));
        assertThat(stuck.await(30, SECONDS)).isTrue();
        long pressed = System.nanoTime();
        new ProcessBuilder("kill", "-INT", String.valueOf(program.pid()))
                .start()
                .waitFor();

        assertThat(program.waitFor(30, SECONDS)).isTrue();
        assertThat(System.nanoTime() - pressed).isLessThan(TimeUnit.SECONDS.toNanos(5));
        assertThat(program.exitValue()).isEqualTo(130);
        assertThat(Program.out(directory)).contains("/missing1  404 Not Found").contains("Stopped before the end");
        assertThat(Program.err(directory)).contains("--resume").contains(directory.toString());
    }

    @Test
    void anEmbeddedSiteGoesOnAtAnotherPort() throws Exception {
        Path site = Files.createDirectory(other.resolve("site"));
        Files.writeString(site.resolve("index.html"), "<a href='a.html'>a</a><a href='missing'>x</a>");
        Files.writeString(site.resolve("a.html"), "<a href='b.html'>b</a>");
        Files.writeString(site.resolve("b.html"), "<a href='missing'>x</a>");

        Checked limited = Checked.json(directory, "--max-pages", "1", site.toString());
        Checked resumed = Checked.json(directory, "--resume", site.toString());

        assertThat(limited.broken()).isEmpty();
        assertThat(resumed.broken()).containsExactly("/ /missing 404 Not Found", "/b.html /missing 404 Not Found");
        assertThat(resumed.count("pages")).isEqualTo(3);
    }

    private static String level(int n) {
        return "<a href='/level%d'>on</a><a href='/missing%d'>x</a><a href='/'>back</a>".formatted(n, n);
    }
}
