package dev.callqueue.examples.linkcheck;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is wrong when a server answers, but not with what was asked for. */
final class StatusProblem {
    private static final Set<Integer> TRANSIENT = Set.of(408, 425, 429, 500, 502, 503, 504);
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(402, "Payment Required"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(406, "Not Acceptable"),
            Map.entry(408, "Request Timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(410, "Gone"),
            Map.entry(414, "URI Too Long"),
            Map.entry(421, "Misdirected Request"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(451, "Unavailable For Legal Reasons"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"));

    private StatusProblem() {}

    /** The failure that such a status means. */
    static Outcome.Failed of(int status, HttpHeaders headers) {
        String name = NAMES.get(status);
        String problem = name == null ? String.valueOf(status) : status + " " + name;
        if (!TRANSIENT.contains(status)) {
            return new Outcome.Failed(status, problem, Outcome.Retry.NEVER);
        }
        Outcome.Retry retry = headers.firstValue("Retry-After")
                .flatMap(StatusProblem::pause)
                .<Outcome.Retry>map(Outcome.Retry.After::new)
                .orElse(Outcome.Retry.LATER);
        return new Outcome.Failed(status, problem, retry);
    }

    /** The header has two forms: seconds, or a date. */
    private static Optional<Duration> pause(String retryAfter) {
        try {
            if (retryAfter.matches("\\d{1,9}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)));
            }
            Instant when = ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration pause = Duration.between(Instant.now(), when);
            return Optional.of(pause.isNegative() ? Duration.ZERO : pause);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
