package dev.callqueue.benchmarks.harness;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param rounds how often each contender has its turn
 * @param burst how long a turn lasts
 * @param full whether curves are drawn to their ends
 */
public record Settings(int rounds, Duration burst, boolean full) {
    private static final int WARM_UP_BURSTS = 40;

    public Settings {
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds must be at least 1: " + rounds);
        }
        if (burst.toMillis() < 1 || burst.toMillis() > 1000) {
            throw new IllegalArgumentException("a burst must last from 1 to 1000 milliseconds: " + burst.toMillis());
        }
    }

    /** The length of a burst. */
    public long burstNanos() {
        return burst.toNanos();
    }

    /** How long a contender runs before it is measured. */
    public long warmUpNanos() {
        return WARM_UP_BURSTS * burstNanos();
    }

    /** The same with another number of rounds, at least one. */
    public Settings withRounds(int number) {
        return new Settings(Math.max(1, number), burst, full);
    }
}
