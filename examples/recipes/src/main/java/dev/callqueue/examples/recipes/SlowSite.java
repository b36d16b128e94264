package dev.callqueue.examples.recipes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.callqueue.CallQueue;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A web site on loopback whose pages come slowly, each in its own time. */
final class SlowSite implements AutoCloseable {
    /** One page: where it is, how long it takes, and how much it is. */
    private record Page(String path, Duration delay, int bytes) {}

    private static final List<Page> PAGES = List.of(
            new Page("/", Duration.ofMillis(340), 48_212),
            new Page("/about/gettingstarted", Duration.ofMillis(120), 31_007),
            new Page("/about/apps", Duration.ofMillis(520), 29_950),
            new Page("/about/quotes", Duration.ofMillis(220), 12_480),
            new Page("/about/website", Duration.ofMillis(60), 8_125),
            new Page("/about/help", Duration.ofMillis(180), 20_334));

    private final HttpServer server;
    private final URI address;
    private final CallQueue requests = CallQueue.withConsumers(PAGES.size());
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();

    private SlowSite(HttpServer server) {
        this.server = server;
        address = URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":"
                + server.getAddress().getPort());
    }

    /** Starts a site on a free port. */
    static SlowSite start() throws IOException {
        var site = new SlowSite(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        for (Page page : PAGES) {
            site.server.createContext(page.path, exchange -> site.serve(page, exchange));
        }
        site.server.setExecutor(site.requests); // a queue is an Executor
        site.server.start();
        return site;
    }

    private void serve(Page page, HttpExchange exchange) throws IOException {
        try (exchange) {
            takeTime(page);
            exchange.sendResponseHeaders(200, page.bytes);
            exchange.getResponseBody().write(new byte[page.bytes]);
        }
    }

    /** What makes it slow. The page is in flight until then and not until it is sent: who has it may ask for the next one at once. */
    private void takeTime(Page page) throws InterruptedIOException {
        mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        try {
            Thread.sleep(page.delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException)
                    new InterruptedIOException("interrupted while serving " + page.path).initCause(e);
        } finally {
            inFlight.decrementAndGet();
        }
    }

    /** Where the pages are. */
    List<URI> addresses() {
        return PAGES.stream().map(page -> address.resolve(page.path)).toList();
    }

    /** How much all pages are together. */
    int bytes() {
        return PAGES.stream().mapToInt(Page::bytes).sum();
    }

    /** How many pages were asked for at the same time, at most. */
    int mostInFlight() {
        return mostInFlight.get();
    }

    @Override
    public void close() {
        server.stop(0);
        requests.close();
    }
}
