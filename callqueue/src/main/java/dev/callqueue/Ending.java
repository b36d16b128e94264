package dev.callqueue;

import org.jspecify.annotations.Nullable;

/**
 * The end of calls that nobody else would end, most often because they were claimed for it. It is made before that; if the attempt finds
 * no stack or memory, it is kept in a list, which needs neither, and attempted again until it succeeds. Several threads may attempt it.
 */
abstract class Ending implements Runnable {
    /**
     * Guards those that have failed. A monitor, because the first use of anything cleverer may need memory: a {@code VarHandle} is linked
     * then, and a lock of {@code java.util.concurrent} makes a node for who has to wait.
     */
    private static final Object MONITOR = new Object();

    /** The one that has failed last; the others are linked by {@link #next}. Guarded by the monitor, but looked at by anyone. */
    private static volatile @Nullable Ending failed;

    /** The one that had failed before this one; guarded by the monitor. */
    private @Nullable Ending next;

    /** Whether it is in the list; guarded by the monitor. */
    private boolean listed;

    /** Ends the calls that have not been ended by an earlier attempt. */
    abstract void attempt();

    /** Attempts it, now and, if that fails, again and again; then what it failed of is thrown. */
    @Override
    public final void run() {
        try {
            attempt();
        } catch (Throwable noRoom) {
            runLater();
            throw noRoom;
        }
    }

    /** Attempts it in another thread, again and again until it succeeds; needs no memory. */
    final void runLater() {
        push();
        Watch.endFailed();
    }

    private void push() {
        synchronized (MONITOR) {
            if (!listed) { // several threads may have attempted it
                listed = true;
                next = failed;
                failed = this;
            }
        }
    }

    /** Takes one of those that have failed, and leaves the others for other threads: an attempt may run code of users that blocks. */
    private static @Nullable Ending take() {
        synchronized (MONITOR) {
            Ending last = failed;
            if (last != null) {
                failed = last.next;
                last.next = null;
                last.listed = false;
            }
            return last;
        }
    }

    static boolean anyHasFailed() {
        return failed != null;
    }

    /** Attempts those that have failed, until one fails again; says whether none has. */
    static boolean attemptFailed() {
        for (Ending each = take(); each != null; each = take()) {
            try {
                each.attempt();
            } catch (Throwable noRoom) {
                each.push();
                return false;
            }
        }
        return true;
    }
}
