package dev.callqueue.testkit;

import java.time.Duration;

/** The two delays of all tests. The system property {@code delays.factor} stretches both for a slow machine. */
public final class Delays {
    private static final int FACTOR = Integer.getInteger("delays.factor", 1);

    /** What has to expire expires after this. No test demands that anything is done before. */
    public static final Duration SHORT = Duration.ofMillis(20).multipliedBy(FACTOR);

    /** What has to happen happens within this, or the test fails. */
    public static final Duration LONG = Duration.ofSeconds(10).multipliedBy(FACTOR);

    private Delays() {}
}
