package dev.callqueue.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.callqueue.CallDeadlockException;
import dev.callqueue.CallTarget;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/**
 * Locks that the caller holds and the target wants. Not for targets on virtual threads: the JVM does not tell for which lock
 * one of these waits.
 */
public abstract class HeldLockContract extends Contract {
    private final ReentrantLock lock = new ReentrantLock();
    private final Object monitor = new Object();

    /** For subclasses. */
    protected HeldLockContract() {}

    private String inLock() {
        lock.lock();
        try {
            return "served";
        } finally {
            lock.unlock();
        }
    }

    private String inMonitor() {
        synchronized (monitor) {
            return "served";
        }
    }

    @Test
    void aLockThatTheCallerHoldsIsADeadlock() {
        lock.lock();
        try {
            var deadlock = assertThrows(
                    CallDeadlockException.class,
                    () -> target.named("wants the lock").call(this::inLock));

            String message = deadlock.toString();
            assertTrue(message.contains("wants the lock") && message.contains("ReentrantLock"), message);
        } finally {
            lock.unlock();
        }
        assertEquals("served", target.call(this::inLock));
    }

    @Test
    void aMonitorThatTheCallerHoldsIsADeadlock() {
        synchronized (monitor) {
            assertThrows(CallDeadlockException.class, () -> target.call(this::inMonitor));
        }
        assertEquals("served", target.call(this::inMonitor));
    }

    @Test
    void aLockThatComesFreeInTimeIsNoDeadlock() {
        lock.lock();
        CallTarget freeing = target.pumping(() -> {
            if (lock.isHeldByCurrentThread() && lock.hasQueuedThreads()) {
                lock.unlock();
            }
        });

        assertEquals("served", freeing.call(this::inLock));
        assertFalse(lock.isHeldByCurrentThread());
    }
}
