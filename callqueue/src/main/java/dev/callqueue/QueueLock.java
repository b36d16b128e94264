package dev.callqueue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The lock of one queue: like a {@code ReentrantLock} that is not reentrant, but for one thing. A receiver takes it for
 * every few calls, and its word lies alone on its cache line, wherever the garbage collector puts it; that of a
 * {@code ReentrantLock} may share one with what all callers read.
 *
 * <pre>
 *   FREE       --lock-----> HELD       by a thread that finds it free
 *   any        --lock-----> CONTENDED  by a thread among the waiters; if it was FREE, that thread has it now
 *   HELD       --unlock---> FREE
 *   CONTENDED  --unlock---> FREE       and the first of the waiters is unparked, to try again
 * </pre>
 *
 * A waiter joins the others before it says CONTENDED, and leaves them when it has the lock: so whoever unlocks
 * and reads CONTENDED finds the one to be woken. What was done under the lock <i>happens-before</i> the next one has it: the
 * word is changed by compare-and-set and exchange only.
 */
final class QueueLock {
    private static final int FREE = 0;
    private static final int HELD = 1;
    private static final int CONTENDED = 2;

    /** Looks before a thread parks: the lock is held for some hundred instructions. */
    private static final int LOOKS = 40;

    /** Where the word stands, and in how many others. */
    private static final int WORD = 32;

    private static final int WORDS = 64;

    private static final VarHandle STATE = MethodHandles.arrayElementVarHandle(int[].class);

    private final int[] words = new int[WORDS];
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();

    /** One that waits; compared by identity, and no method of a user's thread is called that he may have overridden. */
    private static final class Waiter {
        final Thread thread = Thread.currentThread();
    }

    void lock() {
        if (!tryLock()) {
            lockWhenFree();
        }
    }

    private boolean tryLock() {
        return STATE.compareAndSet(words, WORD, FREE, HELD);
    }

    private void lockWhenFree() {
        for (int look = 0; look < LOOKS; look++) {
            Spin.lookAgain(look);
            if (!isLocked() && tryLock()) {
                return;
            }
        }
        Waiter me;
        try {
            me = new Waiter();
            waiters.add(me);
        } catch (OutOfMemoryError noMemory) { // what has begun outside must be finished
            lockWithoutMemory();
            return;
        }
        while ((int) STATE.getAndSet(words, WORD, CONTENDED) != FREE) {
            LockSupport.park(this);
            Spin.giveWay(); // a thread that was interrupted does not park, and its flag is not ours to clear
        }
        waiters.remove(me);
    }

    private void lockWithoutMemory() {
        while (!tryLock()) {
            Spin.giveWay();
        }
    }

    void unlock() {
        if ((int) STATE.getAndSet(words, WORD, FREE) == CONTENDED) {
            Waiter first = waiters.peek();
            if (first != null) {
                LockSupport.unpark(first.thread);
            }
        }
    }

    boolean isLocked() {
        return (int) STATE.getVolatile(words, WORD) != FREE;
    }
}
