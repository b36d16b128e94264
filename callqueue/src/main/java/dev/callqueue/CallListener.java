package dev.callqueue;

import org.jspecify.annotations.Nullable;

/**
 * Is told about the calls of a queue: for metrics and logs.
 *
 * <p>It runs on the thread that ran or ended the call – one of the library's where a time limit did that, or an owner was
 * gone –, so it should be quick. What it throws is logged and changes nothing else. Without a listener no clock is read when a call is made, begins or ends.
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
     * there is nobody to run it. Told also of those that {@code invokeAll} did not come to within its time.
     *
     * @param waitNanos how long it had waited, in nanoseconds
     * @param reason what its caller is told
     */
    default void unrun(long waitNanos, Throwable reason) {}

    /**
     * A submitted call has failed, nobody has ever looked at its outcome, and nobody can any more: the garbage collector
     * has taken it. Told once for each such call, some time after its end, on a thread of the library. Unless it is
     * overridden, and for a queue without a listener, the failure goes to the default uncaught exception handler.
     *
     * <p>{@code CompletableFuture.allOf} and {@code anyOf} look at a call that has failed already without anybody noticing;
     * {@code orTimeout} and {@code completeOnTimeout} count as looking, and the {@code state} and {@code resultNow} of newer JDKs
     * do not.
     *
     * <p>What {@code execute} was given has no outcome to look at: its failure goes at once to the uncaught exception
     * handler of the thread that ran it.
     *
     * @param failure what the call threw
     */
    default void unseen(Throwable failure) {
        Thrown.unseen(failure);
    }
}
