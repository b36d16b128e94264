package dev.callqueue.examples.linkcheck;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Decides whether a failed attempt is repeated, and when: after a pause that doubles each time, with some chance in it
 * so that what failed together does not come back together – or when the server says.
 *
 * @param max attempts beyond the first
 * @param firstPause the pause before the second attempt
 * @param longestPause a server that asks for more than this is not asked again
 */
record Retries(int max, Duration firstPause, Duration longestPause, RandomGenerator random) {

    /** The pause after which the attempt should be repeated; empty if its outcome stands. */
    Optional<Duration> pauseAfter(Attempt attempt, Outcome outcome) {
        if (attempt.number() > max || !(outcome instanceof Outcome.Failed failed)) {
            return Optional.empty();
        }
        if (failed.retry() instanceof Outcome.Retry.After after) {
            return Optional.of(after.pause()).filter(pause -> pause.compareTo(longestPause) <= 0);
        }
        return failed.retry() instanceof Outcome.Retry.Later
                ? Optional.of(backOff(attempt.number()))
                : Optional.empty();
    }

    private Duration backOff(int attempt) {
        long millis = Math.min(longestPause.toMillis(), firstPause.toMillis() << Math.min(attempt - 1, 16));
        return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
    }
}
