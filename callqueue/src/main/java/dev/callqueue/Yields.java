package dev.callqueue;

import java.util.concurrent.TimeUnit;

/**
 * Whether it is worth while to yield the CPU to the other side of a wait. It is not where threads that compute want the same CPUs:
 * such a thread keeps the CPU for a time slice, some milliseconds, while a thread that is woken from its sleep is served at once.
 *
 * <p>That is seen by how long a yield of a receiver takes while no other one is busy. How long those of callers take says
 * nothing: others may have called meanwhile. After a long one nobody yields at this queue for some time, which is doubled
 * each time; then receivers try it, and if that does not take long, all may again:
 *
 * <pre>
 *   paying --a long one--> resting --time--> on trial --a short one--> paying
 *                                            on trial --a long one---> resting
 * </pre>
 */
final class Yields {
    /** What takes longer was no short turn of another thread that waits, too. */
    static final long LONG_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    /** What takes longer was no time slice, but some accident. */
    static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** How many times as long as the yield a first rest takes: no longer, as it may have met something that comes but now and then. */
    static final int FIRST_REST = 1;

    /** How many times as long the longest rest takes: so that trials cost little, and it is soon seen that the neighbour has gone. */
    static final int LONGEST_REST = 64;

    /** Whether yields pay. Written by receivers, the last one wins, and read by anyone who waits, as are the next two. */
    private volatile boolean paying = true;

    /** Until when only a receiver yields, and to try, while they do not. */
    private volatile long restEnds;

    /** How many times as long as the yield the next rest takes. */
    private volatile int rest = FIRST_REST;

    /** Whether a caller is to yield now. */
    boolean pay() {
        return paying;
    }

    /** Whether a receiver is to yield now, by the clock {@link System#nanoTime}. */
    boolean payOrTry(long now) {
        return paying || now - restEnds >= 0;
    }

    static boolean areLong(long nanos) {
        return nanos >= LONG_NANOS;
    }

    /** One of a receiver has ended now that took long, and nobody else did anything for the queue meanwhile. */
    void noteLong(long nanos, long now) {
        restEnds = now + rest * Math.min(nanos, SLICE_NANOS);
        rest = Math.min(2 * rest, LONGEST_REST);
        paying = false;
    }

    /** One of a receiver has ended that did not take long. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // receivers that do so at the same time shorten it once
    void noteShort() {
        if (!paying) {
            rest = Math.max(FIRST_REST, rest / 2);
            paying = true;
        }
    }
}
