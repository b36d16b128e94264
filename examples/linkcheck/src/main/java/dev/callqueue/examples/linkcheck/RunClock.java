package dev.callqueue.examples.linkcheck;

/** Measures the time a check has been running, over all the runs it took; any thread may read it. */
final class RunClock {
    private final long zero;

    /** A clock that goes on from what earlier runs took. */
    RunClock(long earlierNanos) {
        zero = System.nanoTime() - earlierNanos;
    }

    /** Since the check began. */
    long nanos() {
        return System.nanoTime() - zero;
    }
}
