package dev.callqueue;

import static dev.callqueue.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The lock of a queue: one thread at a time, and nobody is left waiting. */
class QueueLockTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 20_000;

    /** Yields that are more than a thread looks before it parks. */
    private static final int LONG = 100;

    @AutoClose
    private final Threads threads = new Threads();

    private final QueueLock lock = new QueueLock();

    /** Guarded by the lock and by nothing else. */
    private int count;

    private void increment() {
        lock.lock();
        try {
            count++;
        } finally {
            lock.unlock();
        }
    }

    private int countUnderLock() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    private List<Threads.Started<Void>> startWaiting(int number) {
        List<Threads.Started<Void>> waiting = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            waiting.add(threads.start("waiting " + i, this::increment));
        }
        waiting.forEach(Threads.Started::awaitParked);
        return waiting;
    }

    @Test
    void itIsLockedWhileAThreadHasIt() {
        assertFalse(lock.isLocked());
        lock.lock();
        assertTrue(lock.isLocked());
        lock.unlock();
        assertFalse(lock.isLocked());
    }

    @Test
    void oneThreadAtATimeHasIt() {
        List<Threads.Started<Void>> started = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            started.add(threads.start("counting " + i, () -> {
                for (int round = 0; round < ROUNDS; round++) {
                    increment();
                }
            }));
        }
        started.forEach(Threads.Started::result);

        assertEquals(THREADS * ROUNDS, countUnderLock());
    }

    /** Each holds it so long that the others park, so that every wake-up counts: one that is lost stops them all. */
    @Test
    void everyThreadGoesOnThoughOthersHoldItLong() {
        int rounds = 300;
        List<Threads.Started<Void>> started = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            started.add(threads.start("holding " + i, () -> {
                for (int round = 0; round < rounds; round++) {
                    lock.lock();
                    try {
                        int before = count;
                        for (int yields = 0; yields < LONG; yields++) {
                            Thread.yield();
                        }
                        count = before + 1;
                    } finally {
                        lock.unlock();
                    }
                }
            }));
        }
        started.forEach(Threads.Started::result);

        assertEquals(THREADS * rounds, countUnderLock());
    }

    @RepeatedTest(10)
    void allThatAreParkedGetItOneAfterTheOther() {
        lock.lock();
        List<Threads.Started<Void>> waiting = startWaiting(THREADS);
        assertEquals(0, count);
        lock.unlock();
        waiting.forEach(Threads.Started::result);

        assertEquals(THREADS, countUnderLock());
        assertFalse(lock.isLocked());
    }

    @Test
    void aThreadThatFindsItFreeBeforeTheOneThatWasWokenLeavesThatOneWaitingForItsOwnUnlock() {
        lock.lock();
        List<Threads.Started<Void>> waiting = startWaiting(2);
        for (int i = 0; i < 1_000; i++) {
            lock.unlock(); // which wakes somebody
            lock.lock(); // maybe before that one comes
        }
        lock.unlock();
        waiting.forEach(Threads.Started::result);

        assertEquals(2, countUnderLock());
    }

    @Test
    void anUnparkForNoReasonLetsNobodyIn() {
        lock.lock();
        Threads.Started<Void> waiting = startWaiting(1).get(0);
        for (int i = 0; i < 10; i++) {
            LockSupport.unpark(waiting.thread());
            waiting.awaitParked();
            assertEquals(0, count);
        }
        lock.unlock();
        waiting.result();

        assertEquals(1, countUnderLock());
    }

    @Test
    void anInterruptDoesNotEndTheWaitAndIsKept() {
        lock.lock();
        Threads.Started<Boolean> waiting = threads.start("interrupted", () -> {
            increment();
            return Thread.interrupted();
        });
        waiting.awaitParked();
        waiting.thread().interrupt();
        for (int i = 0; i < LONG; i++) {
            Thread.yield();
        }
        assertEquals(0, count);
        lock.unlock();

        assertTrue(waiting.result());
        assertEquals(1, countUnderLock());
    }

    @Test
    void aThreadThatIsNotInterruptedIsNotAfterwards() {
        lock.lock();
        Threads.Started<Boolean> waiting = threads.start("not interrupted", () -> {
            increment();
            return Thread.interrupted();
        });
        waiting.awaitParked();
        lock.unlock();

        assertFalse(waiting.result());
    }

    @Test
    void aThreadWhoseInterruptThrowsGetsItAndGivesItBack() {
        var rude = new Thread(this::increment) {
            @Override
            public void interrupt() {
                if (Thread.currentThread() == this) {
                    throw new SecurityException("not by myself");
                }
                super.interrupt();
            }
        };
        lock.lock();
        rude.start();
        Threads.awaitParked(rude);
        rude.interrupt();
        lock.unlock();
        Threads.Started<Void> next = threads.start("next", this::increment);
        next.result();
        eventually(() -> assertFalse(rude.isAlive()));

        assertEquals(2, countUnderLock());
    }
}
