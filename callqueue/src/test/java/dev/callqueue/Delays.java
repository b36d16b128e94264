package dev.callqueue;

import java.time.Duration;

/** The two delays of all tests. The system property {@code delays.factor} stretches both for a slow machine. */
final class Delays {
    private static final int FACTOR = Integer.getInteger("delays.factor", 1);

    /** What has to expire expires after this; what must not wait is done long before. */
    static final Duration SHORT = Duration.ofMillis(100).multipliedBy(FACTOR);

    /** What has to happen happens within this, or the test fails. */
    static final Duration LONG = Duration.ofSeconds(10).multipliedBy(FACTOR);

    private Delays() {}
}
