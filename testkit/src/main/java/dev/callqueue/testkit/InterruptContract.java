package dev.callqueue.testkit;

import static dev.callqueue.testkit.Delays.LONG;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.callqueue.Call;
import dev.callqueue.CallInterruptedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Interrupts stay with those for whom they were meant. */
public abstract class InterruptContract extends Contract {
    private final AtomicBoolean ran = new AtomicBoolean();
    private final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();

    /** For subclasses. */
    protected InterruptContract() {}

    /** An op that stops at the gate and then tells whether it was interrupted. */
    private Threads.Body telling(Gate gate) {
        return () -> {
            gate.pass();
            interrupted.complete(Thread.interrupted());
        };
    }

    private void assertNotInterrupted() {
        assertFalse(interrupted.orTimeout(LONG.toNanos(), NANOSECONDS).join());
    }

    // the caller's

    @Test
    void anInterruptedCallerWaitsNoLongerAndItsFlagIsSetAgain() {
        holdTarget();
        var caller = threads.start("caller", () -> {
            assertThrows(CallInterruptedException.class, () -> target.call(() -> 1));
            return Thread.currentThread().isInterrupted();
        });
        awaitWaiting(1);

        caller.thread().interrupt();

        assertTrue(caller.result());
    }

    @Test
    void theCallOfAnInterruptedCallerNeverRuns() {
        Gate gate = holdTarget();
        var caller = threads.start("caller", () -> target.call(() -> ran.set(true)));
        awaitWaiting(1);

        caller.thread().interrupt();

        assertEquals(CallInterruptedException.class, caller.failure().getClass());
        assertEquals(0, queue.size());
        gate.open();
        letAllThreadsPass();
        assertFalse(ran.get());
    }

    @Test
    void anInterruptOfTheCallerNeverReachesTheTarget() {
        Gate gate = threads.gate();
        var caller = threads.start("caller", () -> target.call(telling(gate)::run));
        gate.awaitArrival();

        caller.thread().interrupt();

        assertEquals(CallInterruptedException.class, caller.failure().getClass());
        gate.open();
        assertNotInterrupted();
    }

    @Test
    void anInterruptBeforeTheCallIsSeenToo() {
        holdTarget();
        var caller = threads.start("caller", () -> {
            Thread.currentThread().interrupt();
            assertThrows(CallInterruptedException.class, () -> target.call(() -> 1));
            return Thread.interrupted();
        });

        assertTrue(caller.result());
        assertEquals(0, queue.size());
    }

    @Test
    void thereIsNoAlternativeToAnInterrupt() {
        holdTarget();
        var caller = threads.start("caller", () -> target.callOrElse("alternative", () -> "late"));
        awaitWaiting(1);

        caller.thread().interrupt();

        assertEquals(CallInterruptedException.class, caller.failure().getClass());
    }

    @Test
    void submitAndExecuteDoNotAskForInterrupts() {
        Gate gate = holdTarget(); // or Swing may start anew, and that takes the interrupt
        Thread.currentThread().interrupt();
        Call<Integer> call = target.submit(() -> 1);
        target.execute(() -> ran.set(true));
        assertTrue(Thread.interrupted());
        gate.open();

        assertEquals(1, call.result());
        letAllThreadsPass();
        assertTrue(ran.get());
    }

    // of who looks

    @Test
    void anInterruptEndsAResultAndLeavesTheCallAlone() {
        Gate gate = holdTarget();
        Call<Integer> call = target.submit(() -> 1);
        var waiter = threads.start("waiter", () -> {
                    assertThrows(CallInterruptedException.class, call::result);
                    return Thread.currentThread().isInterrupted();
                })
                .awaitWaiting();

        waiter.thread().interrupt();

        assertTrue(waiter.result());
        gate.open();
        assertEquals(1, call.result());
    }

    @Test
    void anInterruptEndsAGetAsAFutureDefinesIt() {
        Gate gate = holdTarget();
        Call<Integer> call = target.submit(() -> 1);
        var waiter = threads.start("waiter", () -> {
                    assertThrows(InterruptedException.class, call::get);
                    return Thread.currentThread().isInterrupted();
                })
                .awaitWaiting();

        waiter.thread().interrupt();

        assertFalse(waiter.result());
        gate.open();
        assertEquals(1, call.result());
    }

    @Test
    void anInterruptDoesNotEndAJoin() {
        Gate gate = holdTarget();
        Call<Integer> call = target.submit(() -> 1);
        var waiter = threads.start("waiter", () -> {
                    int value = call.join();
                    return Thread.currentThread().isInterrupted() ? value : -1;
                })
                .awaitWaiting();

        waiter.thread().interrupt();
        gate.open();

        assertEquals(1, waiter.result());
    }

    // what never interrupts the target

    @Test
    void aTimeoutNeverInterruptsTheTarget() {
        Gate gate = threads.gate();

        giveUpRunning(target, telling(gate)::run);
        gate.awaitArrival();
        gate.open();

        assertNotInterrupted();
    }

    @Test
    void aCancelNeverInterruptsTheTarget() {
        Gate gate = threads.gate();
        Call<?> call = target.submit(telling(gate)::run);
        gate.awaitArrival();

        assertTrue(call.cancel(true));
        gate.open();

        assertNotInterrupted();
    }

    @Test
    void closeNowNeverInterruptsTheTarget() {
        Gate gate = threads.gate();
        target.execute(() -> {
            gate.pass();
            interrupted.complete(Thread.interrupted());
        });
        gate.awaitArrival();

        queue.closeNow();
        gate.open();

        assertNotInterrupted();
    }

    // the target's

    @Test
    void theFlagThatACallLeavesSetIsNotSeenByTheNext() {
        leaveOneThread();
        for (int i = 0; i < 20; i++) {
            target.call(() -> Thread.currentThread().interrupt());

            assertFalse(target.call(() -> Thread.currentThread().isInterrupted()));
        }
    }

    @Test
    void theFlagThatACallLeavesSetIsNotSeenByTheOneBehind() {
        leaveOneThread();
        Gate gate = threads.hold(target, 1);
        target.execute(() -> Thread.currentThread().interrupt());
        Call<Boolean> behind = target.submit(() -> Thread.currentThread().isInterrupted());

        gate.open();

        assertFalse(behind.result());
    }

    /** A call to itself is a normal call. */
    @Test
    void theFlagThatACallOfTheTargetToItselfSetsIsSeenByItsCaller() {
        assertTrue(target.call(() -> {
            target.call(() -> Thread.currentThread().interrupt());
            return Thread.interrupted();
        }));
    }
}
