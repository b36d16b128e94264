package dev.callqueue;

import static dev.callqueue.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A target that waits for a lock which its caller holds while it waits for the target. */
class HeldLockTest {
    @AutoClose
    private final Threads threads = new Threads();

    private final Object monitor = new Object();
    private final ReentrantLock lock = new ReentrantLock();

    @Test
    void aMonitorThatTheCallerHoldsIsADeadlock() {
        CallQueue queue = threads.owner("owner");

        var deadlock = assertThrows(CallDeadlockException.class, () -> {
            synchronized (monitor) {
                queue.named("needs the monitor").call(this::enterMonitor);
            }
        });

        String message = deadlock.getMessage();
        assertTrue(message.contains("'needs the monitor'"), message);
        assertTrue(message.contains("thread 'owner' waits for java.lang.Object@"), message);
        assertTrue(message.contains("held by thread '" + Thread.currentThread().getName() + "'"), message);
        assertTrue(message.contains("HeldLockTest.enterMonitor"), message);
        assertEquals("goes on", queue.call(() -> "goes on"));
    }

    @Test
    void theMessageSaysWhoMadeTheCallThatCannotGoOn() {
        CallQueue queue = threads.owner("owner");

        String message = assertThrows(CallDeadlockException.class, () -> {
                    synchronized (monitor) {
                        queue.named("needs the monitor").call(this::enterMonitor);
                    }
                })
                .getMessage();

        String call = "call 'needs the monitor' to queue '" + queue.report().queue() + "'";
        String maker = "thread '" + Thread.currentThread().getName() + "'";
        assertTrue(message.contains(", while it runs " + call + ", made by " + maker), message);
    }

    @Test
    void aLockThatTheCallerHoldsIsADeadlock() {
        CallQueue queue = threads.owner("owner");

        lock.lock();
        try {
            var deadlock = assertThrows(CallDeadlockException.class, () -> queue.call(this::enterLock));
            assertTrue(deadlock.getMessage().contains("ReentrantLock"), deadlock.getMessage());
        } finally {
            lock.unlock();
        }
        assertEquals("goes on", queue.call(() -> "goes on"));
    }

    @Test
    void aDeadlockLeavesAThreadThatJoinsInterrupted() {
        CallQueue queue = threads.owner("owner");

        lock.lock();
        try {
            Call<Void> call = queue.submit(this::enterLock);
            Thread.currentThread().interrupt();
            assertThrows(CallDeadlockException.class, call::join);
            assertTrue(Thread.interrupted());
        } finally {
            lock.unlock();
        }
    }

    @Test
    void theCallersOwnLimitDoesNotDelayTheReport() {
        CallQueue queue = threads.owner("owner");

        lock.lock();
        try {
            assertThrows(
                    CallDeadlockException.class, () -> queue.within(Delays.LONG).call(this::enterLock));
        } finally {
            lock.unlock();
        }
    }

    @Test
    void aLockAtTheEndOfAChainOfCallsIsADeadlock() {
        CallQueue first = threads.owner("first");
        CallQueue second = threads.owner("second");

        String message = assertThrows(CallDeadlockException.class, () -> {
                    synchronized (monitor) {
                        first.named("outer").call(() -> second.named("inner").call(this::enterMonitor));
                    }
                })
                .getMessage();

        assertTrue(message.contains("'outer'") && message.contains("'inner'"), message);
        assertTrue(message.contains("thread 'first' waits for call 'inner'"), message);
    }

    @Test
    void aLockBehindAnotherThreadsLockIsADeadlock() throws Exception {
        CallQueue queue = threads.owner("owner");
        Gate holdsLock = threads.gate();
        var between = threads.start("between", () -> {
            lock.lock();
            try {
                holdsLock.pass();
                enterMonitor();
            } finally {
                lock.unlock();
            }
        });
        holdsLock.awaitArrival();

        String message = assertThrows(CallDeadlockException.class, () -> {
                    synchronized (monitor) {
                        holdsLock.open();
                        queue.call(this::enterLock);
                    }
                })
                .getMessage();

        assertTrue(message.contains("held by thread 'between', who waits for java.lang.Object@"), message);
        between.result();
    }

    @Test
    void aLockIsFoundAgainAfterATimeWithoutWaits() {
        for (int round = 0; round < 2; round++) {
            Threads.awaitNoWatch();
            waitForTheHeldLock();
        }
    }

    private void waitForTheHeldLock() {
        CallQueue queue = threads.owner("owner");
        lock.lock();
        try {
            assertThrows(CallDeadlockException.class, () -> queue.call(this::enterLock));
        } finally {
            lock.unlock();
        }
    }

    @Test
    void whatAnybodyWaitsForIsLookedAtWhileHeWaits() {
        CallQueue busy = threads.owner("busy");
        threads.hold(busy, 1);
        var waiter = threads.start("waiter", () -> assertThrows(QueueClosedException.class, () -> busy.call(() -> 1)));
        eventually(() -> assertNotNull(WaitGraph.describeWait(waiter.thread())));

        waitForTheHeldLock(); // which two looks have shown

        CallReport report = busy.report();
        assertTrue(report.running().get(0).atLeast().compareTo(Duration.ZERO) > 0, report.toString());
        busy.closeNow();
    }

    @Test
    void aLockThatComesFreeInTimeIsNone() throws Exception {
        CallQueue queue = threads.owner("owner");
        Gate gate = threads.gate();
        var holder = threads.start("holder", () -> {
            synchronized (monitor) {
                gate.pass();
            }
        });
        gate.awaitArrival();

        Call<Integer> call = queue.submit(() -> {
            enterMonitor();
            return 1;
        });
        assertThrows(CallTimeoutException.class, () -> call.result(Duration.ofMillis(300)));
        gate.open();

        assertEquals(1, call.result());
        holder.result();
    }

    @Test
    void aLockForWhichTheTargetWaitsALimitedTimeIsNone() throws Exception {
        CallQueue queue = threads.owner("owner");

        lock.lock();
        try {
            assertEquals(false, queue.call(() -> lock.tryLock(300, TimeUnit.MILLISECONDS)));
        } finally {
            lock.unlock();
        }
    }

    private void enterMonitor() {
        synchronized (monitor) {
            assertTrue(Thread.holdsLock(monitor));
        }
    }

    private void enterLock() {
        lock.lock();
        lock.unlock();
    }
}
