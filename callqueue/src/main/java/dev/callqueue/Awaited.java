package dev.callqueue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a thread can wait for: the end of a call, the next item of a harvest, a free place in a full queue. Its
 * {@code toString} says so in a deadlock's message.
 */
interface Awaited {
    /** Whether there is nothing to wait for any more; called by the waiting thread, holding no lock. */
    boolean isReady();

    /**
     * Has the wait woken when this becomes ready; called under the lock of the wait graph.
     *
     * @return false if it is about to become ready, and nobody will be woken
     */
    boolean attach(Wait wait);

    /** Undoes {@link #attach}; called under the lock of the wait graph. */
    void detach(Wait wait);

    /**
     * The calls each of which, by ending, can make this ready: all that have begun, maybe some that have just ended, and the
     * first of each queue of those that have not begun. Taken by any thread, while they go on.
     */
    List<Call<?>> calls();

    /** Whether the calls may be of other queues than {@link #core}. */
    default boolean isOfManyQueues() {
        return false;
    }

    /** A thread that can make this ready by itself, if there is one. */
    default @Nullable Thread helper() {
        return null;
    }

    /** Whether this becomes ready as soon as a receiver of {@link #core} takes a call, whichever it is. */
    default boolean isPlace() {
        return false;
    }

    /** The queue that the wait is about. */
    Core core();
}
