package dev.callqueue.examples.linkcheck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;

/**
 * Looks at targets: asks for one, and reads its links if it is a page or a style sheet of the site.
 *
 * <p>One look is one request (two, where a server does not like {@code HEAD}); retries and redirects are for the
 * {@link Crawl} to decide. Any number of consumers may use one fetcher at the same time.
 */
final class Fetcher {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /**
     * How a server is asked.
     *
     * @param connectTimeout for a connection
     * @param timeout for a whole answer, its body included
     * @param maxBody pages and style sheets with more bytes than this are not read
     */
    record Manners(Duration connectTimeout, Duration timeout, int maxBody) {}

    private final Manners manners;
    private final HttpClient client;

    Fetcher(Manners manners) {
        this.manners = manners;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1) // a connection per call: one that is broken off disturbs no other
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(manners.connectTimeout())
                .build();
    }

    /**
     * Takes one look at a target. Whatever the other side does is an outcome; only a defect of this program is thrown.
     */
    Outcome look(Target target) throws InterruptedException {
        if (target.kind() == Target.Kind.SITE) {
            return request("GET", target);
        }
        Outcome outcome = request("HEAD", target);
        // only GET can say that something is missing: many a server answers HEAD with an error of some kind
        return outcome instanceof Outcome.Failed failed && failed.status() >= 400 ? request("GET", target) : outcome;
    }

    private Outcome request(String method, Target target) throws InterruptedException {
        try {
            WebUrl url = WebUrl.parse(target.url());
            HttpRequest request = HttpRequest.newBuilder(URI.create(target.url()))
                    .method(method, BodyPublishers.noBody())
                    .header("User-Agent", "callqueue-linkcheck")
                    .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                    .build();
            return outcome(target, url, exchange(request, target));
        } catch (WebUrl.NotAUrlException e) {
            return failed(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return failed("not a URL: " + e.getMessage());
        } catch (ExecutionException e) {
            return Failures.of(e.getCause() == null ? e : e.getCause(), manners.timeout());
        } catch (TimeoutException e) {
            return Failures.of(e, manners.timeout());
        }
    }

    /** The client's own time limit ends with the headers; this one covers the body too, however slowly it comes. */
    private HttpResponse<LimitedBody.Taken> exchange(HttpRequest request, Target target)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<HttpResponse<LimitedBody.Taken>> answer = client.sendAsync(
                request,
                LimitedBody.upTo(manners.maxBody(), info -> isRead(target, info.statusCode(), info.headers())));
        try {
            return answer.get(manners.timeout().toNanos(), NANOSECONDS);
        } finally {
            answer.cancel(true); // closes the connection, if the answer is not complete
        }
    }

    private Outcome outcome(Target target, WebUrl url, HttpResponse<LimitedBody.Taken> answer) {
        int status = answer.statusCode();
        Optional<String> location = answer.headers().firstValue("Location");
        if (REDIRECTS.contains(status) && location.isPresent()) {
            return redirect(status, url.resolve(location.get()));
        }
        if (status >= 400 || status < 200) {
            return StatusProblem.of(status, answer.headers());
        }
        if (answer.body().isTooLarge()) {
            return tooLarge(status);
        }
        return isRead(target, status, answer.headers())
                ? content(url, status, answer)
                : new Outcome.Reached(status, Optional.empty());
    }

    /** Whether an answer has links that matter: only those of the site itself are followed. */
    private static boolean isRead(Target target, int status, HttpHeaders headers) {
        String type = contentType(headers);
        return target.kind() == Target.Kind.SITE
                && status >= 200
                && status < 300
                && (isPage(type) || isStyleSheet(type));
    }

    private static boolean isPage(String contentType) {
        String type = contentType.toLowerCase(Locale.ROOT);
        return type.startsWith("text/html") || type.startsWith("application/xhtml+xml");
    }

    private static boolean isStyleSheet(String contentType) {
        return contentType.toLowerCase(Locale.ROOT).startsWith("text/css");
    }

    private static Outcome redirect(int status, Link to) {
        if (to instanceof Link.Web web) {
            return new Outcome.Redirected(status, web.url());
        }
        if (to instanceof Link.Malformed malformed) {
            return new Outcome.Failed(
                    status, "redirect to " + malformed.text() + ": " + malformed.problem(), Outcome.Retry.NEVER);
        }
        return new Outcome.Reached(status, Optional.empty());
    }

    private Outcome content(WebUrl url, int status, HttpResponse<LimitedBody.Taken> answer) {
        byte[] body = answer.body().bytes().array();
        String encoding = answer.headers().firstValue("Content-Encoding").orElse("identity");
        if (encoding.equalsIgnoreCase("gzip")) { // not asked for, but some servers know nothing else
            try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(body))) {
                body = unpacked.readNBytes(manners.maxBody());
                if (unpacked.read() >= 0) {
                    return tooLarge(status);
                }
            } catch (IOException e) {
                return new Outcome.Reached(status, Optional.of("encoding: broken gzip: " + e.getMessage()));
            }
        } else if (!encoding.equalsIgnoreCase("identity")) {
            return new Outcome.Reached(status, Optional.of("encoding: packed as " + encoding + ", not read"));
        }
        String type = contentType(answer.headers());
        return isStyleSheet(type)
                ? new Outcome.Styled(status, StyleSheet.links(url, new String(body, UTF_8)))
                : new Outcome.Parsed(status, PageParser.parse(url, body, type));
    }

    private Outcome tooLarge(int status) {
        return new Outcome.Reached(
                status, Optional.of("too large: more than " + manners.maxBody() + " bytes, links in it not checked"));
    }

    private static String contentType(HttpHeaders headers) {
        return headers.firstValue("Content-Type").orElse("");
    }

    private static Outcome failed(String problem) {
        return new Outcome.Failed(0, problem, Outcome.Retry.NEVER);
    }
}
