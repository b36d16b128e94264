package dev.callqueue;

import java.util.concurrent.TimeUnit;

/**
 * Whether it is worth while to yield the CPU to the other side of a wait. It is not where threads that compute want the same CPUs:
 * such a thread keeps the CPU for a time slice, some milliseconds, while a thread that is woken from its sleep is served at once.
 *
 * <p>That is seen by how long yields of a receiver take while no other one is busy. One that takes long may have met the garbage
 * collector; two in quick succession have met a neighbour. Then nobody yields at this queue for so many times as long as the
 * last one took that such trials cost little. How long yields of callers take says nothing: others may have called meanwhile.
 */
final class Yields {
    /** What takes longer was no short turn of another thread that waits, too. */
    static final long LONG_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    /** Two long ones so close to each other, from the end of one to the beginning of the other, are no accident. */
    static final long CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** How many times as long as the last one took, of which at most {@link #CLOSE_NANOS} count, nobody yields. */
    static final long REST = 32;

    /** When a long one ended last; written by receivers, the last one wins. */
    private volatile long lastLong;

    /** When yields are worth a trial again; written by receivers, read by anyone who waits. */
    private volatile long restEnds;

    /** @param now by {@link System#nanoTime}, as all times here */
    Yields(long now) {
        lastLong = now - 2 * CLOSE_NANOS;
        restEnds = now;
    }

    /** Whether to yield now. */
    boolean pay(long now) {
        return now - restEnds >= 0;
    }

    static boolean isLong(long nanos) {
        return nanos >= LONG_NANOS;
    }

    /** A long one has ended now, in which nobody else did anything for the queue. */
    void noteLong(long begun, long now) {
        long between = begun
                - lastLong; // below zero for those of two receivers at the same time: what has met both is one thing
        if (between >= 0 && between < CLOSE_NANOS) {
            restEnds = now + REST * Math.min(now - begun, CLOSE_NANOS);
        }
        lastLong = now;
    }
}
