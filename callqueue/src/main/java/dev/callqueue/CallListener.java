package dev.callqueue;

import org.jspecify.annotations.Nullable;

/**
 * Is told about the calls of a queue: for metrics and logs.
 *
 * <p>It runs on the thread that ran or withdrew the call, so it should be quick. What it throws is logged and changes
 * nothing else. A queue without a listener does not read the clock.
 */
@FunctionalInterface
public interface CallListener {
    /**
     * A call has run.
     *
     * @param waitNanos how long it had waited for its begin, in nanoseconds
     * @param runNanos how long it ran, in nanoseconds
     * @param failure what it threw, or {@code null} if it returned a value
     */
    void ended(long waitNanos, long runNanos, @Nullable Throwable failure);

    /**
     * A call will never run, although it was let in or waited for a place: it was withdrawn, or its queue was closed, or
     * there is nobody to run it.
     *
     * @param waitNanos how long it had waited, in nanoseconds
     * @param reason what its caller is told
     */
    default void unrun(long waitNanos, Throwable reason) {}
}
