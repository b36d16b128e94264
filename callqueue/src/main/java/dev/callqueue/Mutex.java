package dev.callqueue;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock of ours, and the three ways to take it: {@link #enter} where nothing has happened yet; {@link #lock} where somebody
 * further out has made sure of the stack; and {@link #lockToUndo} where something was done that must not stay half done.
 */
final class Mutex extends ReentrantLock {
    private static final long serialVersionUID = 1;

    /** Takes the lock, unless the stack could overflow under it: throws {@link StackOverflowError} then. */
    void enter() {
        StackRoom.check();
        lock();
    }

    /** Takes the lock, also where the stack or the memory may be at its end. */
    void lockToUndo() {
        try {
            lock();
        } catch (OutOfMemoryError noNode) { // some JDKs need memory to wait for a lock
            while (!tryLock()) {
                Spin.giveWay();
            }
        }
    }
}
