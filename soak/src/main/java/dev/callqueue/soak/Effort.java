package dev.callqueue.soak;

import java.time.Duration;

/**
 * How much an experiment is to do.
 *
 * @param isLong whether as much as the targets ask for, or only a little of everything
 * @param loop after how long a loop ends in the short measure, however few rounds it has made
 * @param soak how long the endurance runs last in the long measure
 * @param tolerance by what a target's time is multiplied, where a busy machine is no fault
 */
record Effort(boolean isLong, Duration loop, Duration soak, int tolerance) {
    /** As much as the targets ask for, with endurance runs of that length. */
    static Effort full(Duration soak) {
        return new Effort(true, Duration.ZERO, soak, 1);
    }

    /** A little of everything. */
    static Effort brief(int tolerance) {
        return new Effort(false, Duration.ofSeconds(1), Duration.ZERO, tolerance);
    }

    /** Just enough to see that it works at all. */
    static Effort glimpse(int tolerance) {
        return new Effort(false, Duration.ofMillis(250), Duration.ZERO, tolerance);
    }

    /** For {@link #parse}. */
    String print() {
        return String.join(",", String.valueOf(isLong), loop.toString(), soak.toString(), String.valueOf(tolerance));
    }

    /** What {@link #print} has put into words. */
    static Effort parse(String words) {
        String[] parts = words.split(",", 4);
        return new Effort(
                Boolean.parseBoolean(parts[0]),
                Duration.parse(parts[1]),
                Duration.parse(parts[2]),
                Integer.parseInt(parts[3]));
    }
}
