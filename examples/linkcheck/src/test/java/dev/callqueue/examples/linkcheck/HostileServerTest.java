package dev.callqueue.examples.linkcheck;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the other side does: a clear line in the report, never a hang or a crash. */
@Timeout(60)
class HostileServerTest {
    @TempDir
    Path directory;

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void aServerThatIsNotThere() throws Exception {
        int freePort;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            freePort = socket.getLocalPort();
        }

        Checked checked = Checked.json(directory, "http://127.0.0.1:" + freePort + "/", "http://nowhere.invalid/");

        assertThat(checked.broken()).containsExactlyInAnyOrder("/ connection refused", "/ unknown host");
        assertThat(checked.exitCode()).isEqualTo(1);
    }

    @Test
    void whatIsNoUrl() {
        Checked checked = Checked.json(directory, "http://[x/", "ftp://h.example/");

        assertThat(checked.broken())
                .containsExactlyInAnyOrder(
                        "http://[x/ not a URL: host [x", "ftp://h.example/ not a URL of the web: ftp");
    }

    @Test
    void aServerThatDoesNotSpeakTls() {
        assertThat(problemOf("https://127.0.0.1:" + server.port() + "/")).startsWith("TLS failure: ");
    }

    @Test
    void aPageOf200Megabytes() {
        AtomicLong written = new AtomicLong();
        long size = 200L << 20;
        server.on("/", (path, socket, out) -> {
            out.write(("HTTP/1.1 200 x\r\nContent-Type: text/html\r\nContent-Length: " + size + "\r\n\r\n")
                    .getBytes(ISO_8859_1));
            byte[] part = new byte[1 << 16];
            while (written.get() < size) {
                out.write(part);
                written.addAndGet(part.length);
            }
        });

        Checked checked = Checked.json(directory, "--max-body", "1M", server.url("/"));

        assertThat(checked.warnings()).containsExactly("/ too large: more than 1048576 bytes, links in it not checked");
        assertThat(checked.broken()).isEmpty();
        assertThat(written.get()).isLessThan(size / 4);
    }

    @Test
    void aPageInABrokenEncoding() {
        server.on("/", (path, socket, out) -> {
            out.write("HTTP/1.1 200 x\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n\r\n"
                    .getBytes(ISO_8859_1));
            out.write("<p>\u00FC\u0000<a href='missing'>x</a>".getBytes(ISO_8859_1));
        });

        Checked checked = Checked.json(directory, server.url("/"));

        assertThat(checked.warnings()).containsExactly("/ encoding: not valid UTF-8");
        assertThat(checked.broken()).containsExactly("/ /missing 404 Not Found");
    }

    @Test
    void redirects() {
        server.page(
                        "/",
                        "<a href='good#a'>1</a><a href='good#b'>2</a><a href='bad'>3</a>"
                                + "<a href='loop'>4</a><a href='endless'>5</a>")
                .on("/good", TestServer.redirect("/good2"))
                .on("/good2", TestServer.redirect("/page"))
                .page("/page", "<p id='a'>")
                .on("/bad", TestServer.redirect("/missing"))
                .on("/loop", TestServer.redirect("/loop2"))
                .on("/loop2", TestServer.redirect("/loop"))
                .otherwise((path, socket, out) -> {
                    TestServer.Answer answer = path.startsWith("/endless")
                            ? TestServer.redirect(path + "x")
                            : TestServer.answer(404, "", "");
                    answer.to(path, socket, out);
                });

        assertThat(Checked.json(directory, server.url("/")).broken())
                .containsExactlyInAnyOrder(
                        "/ /good#b no anchor b",
                        "/ /bad 404 Not Found (redirected to /missing)",
                        "/ /loop redirect loop, back to /loop (redirected to /loop2)",
                        "/ /endless more than 10 redirects (redirected to /endlessxxxxxxxxxx)");
    }

    @Test
    void aSiteThatBeginsWithARedirectToAnotherServer() throws Exception {
        try (TestServer real = new TestServer()) {
            server.on("/", TestServer.redirect(real.url("/")));
            real.page("/", "<a href='missing'>x</a>");

            assertThat(Checked.json(directory, server.url("/")).out())
                    .contains("/missing")
                    .contains("404 Not Found");
        }
    }

    @Test
    void aTrapOfEndlessPages() {
        server.otherwise((path, socket, out) -> TestServer.answer(
                        200,
                        "Content-Type: text/html\r\n",
                        "<a href='" + path + "a'>a</a><a href='" + path + "b'>b</a>")
                .to(path, socket, out));

        Checked wide = Checked.json(directory, "--max-pages", "50", server.url("/"));
        Checked deep = Checked.json(directory, "--max-depth", "3", server.url("/"));

        assertThat(wide.count("pages")).isEqualTo(50);
        assertThat(wide.report().get("limits").toString()).contains("stopped after 50 pages (--max-pages)");
        assertThat(deep.count("pages")).isEqualTo(1 + 2 + 4 + 8);
        assertThat(deep.report().get("limits").toString()).contains("stopped 3 links deep (--max-depth): 16 links");
    }

    @Test
    void aServerThatNeverComesToAnEnd() {
        CountDownLatch end = new CountDownLatch(1);
        server.on("/", (path, socket, out) -> {
            out.write("HTTP/1.1 200 x\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<p>"
                    .getBytes(ISO_8859_1));
            out.flush();
            end.await();
        });

        String problem = problemOf("--timeout", "300ms", "--retries", "0", server.url("/"));
        end.countDown();

        assertThat(problem).isEqualTo("timeout: no complete answer within 300 ms");
    }

    @Test
    void answersThatAreNoHttp() {
        server.on("/", (path, socket, out) -> out.write("SSH-2.0-nonsense\r\n\r\n".getBytes(ISO_8859_1)));
        assertThat(problemOf(server.url("/"))).startsWith("malformed HTTP answer: ");

        server.on("/", (path, socket, out) -> {});
        assertThat(problemOf("--retries", "0", server.url("/")))
                .startsWith("connection closed without a complete answer");

        server.on("/", (path, socket, out) -> socket.setSoLinger(true, 0));
        assertThat(problemOf("--retries", "0", server.url("/"))).isEqualTo("connection reset");

        server.on(
                "/",
                (path, socket, out) ->
                        out.write("HTTP/1.1 200 x\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\nshort"
                                .getBytes(ISO_8859_1)));
        assertThat(problemOf("--retries", "0", server.url("/")))
                .startsWith("connection closed without a complete answer");
    }

    @Test
    void faultsThatPassAreTriedAgain() {
        AtomicInteger asked = new AtomicInteger();
        server.on("/", (path, socket, out) -> {
            TestServer.Answer answer = switch (asked.incrementAndGet()) {
                case 1 -> TestServer.answer(503, "Retry-After: 0\r\n", "");
                case 2 -> TestServer.answer(500, "", "");
                default -> TestServer.answer(200, "Content-Type: text/html\r\n", "<p>");
            };
            answer.to(path, socket, out);
        });

        Checked checked = Checked.json(directory, server.url("/"));

        assertThat(checked.exitCode()).isZero();
        assertThat(asked).hasValue(3);
    }

    @Test
    void linksThatLeadOutAreAskedForOnceOrNotAtAll() throws Exception {
        try (TestServer neighbour = new TestServer()) {
            neighbour.on("/get-only", (path, socket, out) -> {
                boolean isGet = neighbour.requests().contains("GET /get-only");
                TestServer.answer(isGet ? 200 : 405, "", "").to(path, socket, out);
            });
            neighbour.page("/page", "<a href='never-asked-for'>x</a>");
            String links = "<a href='%1$s'>1</a><a href='%1$s#x'>2</a><a href='%2$s'>3</a><a href='%3$s'>4</a>"
                    .formatted(neighbour.url("/page"), neighbour.url("/get-only"), neighbour.url("/missing"));
            server.page("/", links + "<a href='two'>2</a>").page("/two", links);

            Checked outside = Checked.json(directory, server.url("/"));

            assertThat(outside.broken())
                    .containsExactlyInAnyOrder(
                            "/ " + neighbour.url("/missing") + " 404 Not Found",
                            "/two " + neighbour.url("/missing") + " 404 Not Found");
            assertThat(neighbour.requests())
                    .containsExactlyInAnyOrder(
                            "HEAD /page", "HEAD /get-only", "GET /get-only", "HEAD /missing", "GET /missing");

            neighbour.requests().clear();
            assertThat(Checked.json(directory, "--no-external", server.url("/")).exitCode())
                    .isZero();
            assertThat(neighbour.requests()).isEmpty();
        }
    }

    private String problemOf(String... args) {
        Checked checked = Checked.json(directory, args);
        assertThat(checked.exitCode()).isEqualTo(1);
        assertThat(checked.report().get("broken")).hasSize(1);
        return checked.report().get("broken").get(0).get("problem").asString();
    }
}
