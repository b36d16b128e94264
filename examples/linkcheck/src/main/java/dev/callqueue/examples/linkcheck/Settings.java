package dev.callqueue.examples.linkcheck;

import dev.callqueue.examples.linkcheck.server.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of the command, as picocli fills them in, and what they mean to the parts of the program. */
final class Settings {
    /** A server on one's own machine bears what one can throw at it. */
    private static final Pattern LOOPBACK = Pattern.compile("https?://(localhost|127\\.[0-9.]+|\\[::1])(:\\d+)?");

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** Attempts handed to the queue for each consumer: enough that none is ever without work. */
    private static final int AHEAD = 4;

    @Parameters(
            paramLabel = "SITE",
            arity = "0..*",
            description = "URLs, directories or jars to check. Without any: the Javadoc of Apache Commons Math, and no "
                    + "links that lead out of it.")
    private List<String> inputs = new ArrayList<>();

    @Option(
            names = "--consumers",
            paramLabel = "N",
            description = "Pages worked on at once (default: ${DEFAULT-VALUE}).")
    private int consumers = 16;

    @Option(
            names = "--per-host",
            paramLabel = "N",
            description = "Requests to one server at once (default: 4; on this machine as many as consumers).")
    private @Nullable Integer perHost;

    @Option(
            names = "--delay",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Pause between requests to one server (default: none).")
    private Duration delay = Duration.ZERO;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "For a whole answer; 30, 30s, 500ms or 2m (default: 30s).")
    private Duration timeout = Duration.ofSeconds(30);

    @Option(
            names = "--connect-timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "For a connection (default: 10s).")
    private Duration connectTimeout = Duration.ofSeconds(10);

    @Option(
            names = "--retries",
            paramLabel = "N",
            description = "Further attempts after a fault that may pass (default: ${DEFAULT-VALUE}).")
    private int retries = 2;

    @Option(
            names = "--max-depth",
            paramLabel = "N",
            description = "Pages more links away than this are not parsed (default: ${DEFAULT-VALUE}).")
    private int maxDepth = 100;

    @Option(
            names = "--max-pages",
            paramLabel = "N",
            description = "Pages to parse at most (default: ${DEFAULT-VALUE}).")
    private int maxPages = 50_000;

    @Option(
            names = "--max-body",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "Pages with more bytes than this are not read; 512K or 16M (default: 16M).")
    private int maxBody = 16 << 20;

    @Option(
            names = "--external",
            negatable = true,
            description =
                    "Whether to ask for what lies outside the sites (default: yes, but not for the default site).")
    private @Nullable Boolean external;

    @Option(names = "--include", paramLabel = "REGEX", description = "Parse only pages of the sites whose URL matches.")
    private @Nullable Pattern include;

    @Option(names = "--exclude", paramLabel = "REGEX", description = "Leave links alone whose URL matches.")
    private @Nullable Pattern exclude;

    @Option(names = "--store", paramLabel = "FILE", description = "Keep results in this SQLite file.")
    private @Nullable Path store;

    @Option(names = "--resume", description = "Go on where an earlier run of the same command was stopped or killed.")
    private boolean resume;

    @Option(
            names = "--jerky",
            paramLabel = "SEED",
            arity = "0..1",
            parameterConsumer = SeedConsumer.class,
            description = "Let the embedded server stall, reset, fail and be slow; another seed, another pattern.")
    private @Nullable Long jerky;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text, json, csv or html (default: text).")
    private Format format = Format.TEXT;

    @Option(names = "--output", paramLabel = "FILE", description = "Write the report to this file.")
    private @Nullable Path output;

    @Option(
            names = "--progress",
            negatable = true,
            description = "Whether to show progress on standard error (default: if it is a terminal).")
    private @Nullable Boolean progress;

    /** Given by the script that starts the program: before 22, Java cannot tell whether standard error is a terminal. */
    @Option(names = "--terminal", hidden = true)
    private boolean isTerminal;

    /**
     * Refuses what makes no sense.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    void check() {
        require(consumers >= 1 && consumers <= 1024, "--consumers must be from 1 to 1024: " + consumers);
        require(perHost == null || perHost >= 1, "--per-host must be positive: " + perHost);
        require(retries >= 0 && retries <= 20, "--retries must be from 0 to 20: " + retries);
        require(maxDepth >= 0, "--max-depth must not be negative: " + maxDepth);
        require(maxPages >= 1, "--max-pages must be positive: " + maxPages);
        require(!timeout.isZero(), "--timeout must be positive: " + timeout);
        require(!connectTimeout.isZero(), "--connect-timeout must be positive: " + connectTimeout);
        require(
                jerky == null || inputs.isEmpty() || !inputs.stream().allMatch(Sites::isUrl),
                "--jerky makes the embedded server jerky, but all sites are URLs: " + String.join(" ", inputs));
        require(output == null || isWritable(output), "--output cannot be written: " + output);
        require(store == null || isWritable(store), "--store cannot be written: " + store);
    }

    List<String> inputs() {
        return inputs;
    }

    int consumers() {
        return consumers;
    }

    int maxPages() {
        return maxPages;
    }

    int maxDepth() {
        return maxDepth;
    }

    boolean isResumed() {
        return resume;
    }

    Format format() {
        return format;
    }

    Optional<Path> output() {
        return Optional.ofNullable(output);
    }

    /** Where to keep results. */
    Path storeFile() throws IOException {
        return store == null ? StoreFile.forInputs(inputs) : store;
    }

    /** What the embedded servers do wrong. */
    Faults faults() {
        return jerky == null ? Faults.NONE : Faults.seeded(jerky);
    }

    /** Whether to show progress: as the user wishes, or else on a terminal. */
    boolean showsProgress() {
        return progress == null ? isTerminal : progress;
    }

    Fetcher.Manners manners() {
        return new Fetcher.Manners(connectTimeout, timeout, maxBody);
    }

    Scope scope(Set<String> origins) {
        boolean asksOutside = external == null ? !inputs.isEmpty() : external;
        return new Scope(origins, Optional.ofNullable(include), Optional.ofNullable(exclude), asksOutside, maxDepth);
    }

    Crawl.Effort effort() {
        return new Crawl.Effort(
                consumers * AHEAD, new Retries(retries, FIRST_PAUSE, LONGEST_PAUSE, ThreadLocalRandom.current()));
    }

    /** How much a server has to bear. */
    Politeness.Limit limitFor(String origin) {
        int atOnce = LOOPBACK.matcher(origin).matches() ? consumers * AHEAD : 4;
        return new Politeness.Limit(perHost == null ? atOnce : perHost, delay);
    }

    private static boolean isWritable(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        return !Files.isDirectory(file) && directory != null && Files.isDirectory(directory);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
