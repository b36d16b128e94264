package dev.callqueue;

import org.jspecify.annotations.Nullable;

/**
 * Lets others interrupt the one op that runs now in this thread, and nothing but that op: not what runs in this thread
 * while the op waits, and not what comes after it.
 *
 * <p>A thread has but one interrupt flag. If it is interrupted by somebody else while this one is given, the op gets
 * both as one.
 */
final class Interruption extends Claim {
    private final Thread thread = Thread.currentThread();

    /** The interruptible call inside of which this one runs; used by the thread alone. */
    @Nullable
    Interruption outer;

    /** Held while the interrupt is given, so that the op cannot end meanwhile. Guards the fields below. */
    private final Mutex lock = new Mutex();

    private boolean over;

    /** Whether somebody wanted it: one interrupt is all that the op gets. */
    private boolean wanted;

    /** How many things keep the op from being interrupted at once: that it has not begun, and calls that run while it waits. */
    private int paused = 1;

    /** Whether the op is to be interrupted as soon as it goes on. */
    private boolean due;

    /**
     * Whether the op was interrupted. From then on the thread's flag may be our doing: the op may have taken it off and set it
     * again.
     */
    private boolean given;

    @Override
    Thread runner() {
        return thread;
    }

    /** Interrupts the op, unless it has ended; at once, or as soon as it begins or goes on. */
    void interrupt() {
        lock.lockToUndo();
        try {
            if (wanted || over) {
                return;
            }
            wanted = true;
            if (paused > 0) {
                due = true;
            } else {
                give();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The op waits, and the thread, this one, is about to run something else. */
    void pause() {
        lock.lockToUndo();
        try {
            paused++;
            if (given && Thread.interrupted()) { // not seen by the op yet
                due = true;
            }
        } finally {
            lock.unlock();
        }
    }

    /** The op, in this thread, begins or goes on. */
    void resume() {
        lock.lockToUndo();
        try {
            if (--paused == 0 && due) {
                due = false;
                give();
            }
        } finally {
            lock.unlock();
        }
    }

    private void give() {
        given = true;
        thread.interrupt();
    }

    /** The op has ended in this thread. Says whether it was interrupted. */
    boolean end() {
        lock.lockToUndo();
        try {
            over = true;
            if (given) {
                Thread.interrupted(); // not for what comes next
            }
            return given;
        } finally {
            lock.unlock();
        }
    }
}
