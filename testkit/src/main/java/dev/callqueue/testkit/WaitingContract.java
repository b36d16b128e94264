package dev.callqueue.testkit;

import static dev.callqueue.testkit.Delays.SHORT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.callqueue.Call;
import dev.callqueue.CallInterruptedException;
import dev.callqueue.CallTarget;
import dev.callqueue.CallTimeoutException;
import dev.callqueue.QueueClosedException;
import dev.callqueue.QueueFullException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A target that lets callers wait for a place when it is full. */
public abstract class WaitingContract extends BoundedContract {
    /** For subclasses. */
    protected WaitingContract() {}

    @Test
    void whoFindsTheQueueFullWaitsForAPlace() {
        List<Call<Integer>> calls = fill();
        var caller = threads.start("caller", () -> target.submit(() -> 1)).awaitWaiting();

        calls.get(0).withdraw();

        assertEquals(Call.Phase.WAITING, caller.result().phase());
    }

    @Test
    void everyoneWhoWaitsForAPlaceGetsOne() {
        List<Call<Integer>> calls = fill();
        var callers = IntStream.range(0, 5)
                .mapToObj(
                        i -> threads.start("caller", () -> target.call(() -> i)).awaitWaiting())
                .toList();

        calls.forEach(Call::withdraw);
        threads.gates().forEach(Gate::open);

        for (int i = 0; i < 5; i++) {
            assertEquals(i, callers.get(i).result());
        }
    }

    @Test
    void whoWaitsForAPlaceWaitsWithinTheTimeLimit() {
        fill();

        assertTrue(assertThrows(
                        CallTimeoutException.class, () -> target.within(SHORT).call(() -> 1))
                .withdrawn());
        assertThrows(CallTimeoutException.class, () -> target.within(SHORT).submit(() -> 1));
        assertThrows(CallTimeoutException.class, () -> target.within(SHORT).execute(() -> {}));
        assertEquals(kind().capacity(), queue.size());
    }

    @Test
    void theAlternativeStandsForAPlaceThatDoesNotComeInTime() {
        fill();

        assertEquals("alternative", target.within(SHORT).callOrElse("alternative", () -> "never"));
    }

    @Test
    void aPumpRunsWhileItsCallWaitsForAPlace() {
        List<Call<Integer>> calls = fill();
        var pumped = new AtomicInteger();
        CallTarget pumping = target.pumping(() -> {
            if (pumped.incrementAndGet() == 3) {
                calls.get(0).withdraw();
                threads.gates().forEach(Gate::open);
            }
        });

        assertEquals(1, pumping.call(() -> 1));
        assertFalse(pumped.get() < 3);
    }

    /** Whose turn it is would otherwise wait for himself. */
    @Test
    void aPumpMayWaitForAPlaceInTheSameQueue() {
        fill();
        List<Call<Integer>> made = new ArrayList<>();
        CallTarget pumping = target.pumping(() -> {
            if (made.isEmpty()) {
                threads.gates().forEach(Gate::open);
                made.add(target.submit(() -> 2));
            }
        });

        assertEquals(1, pumping.call(() -> 1));
        assertEquals(2, made.get(0).result());
    }

    @Test
    void whileAPumpRunsOthersGetThePlacesThatAreFree() {
        List<Call<Integer>> calls = fill();
        Gate pump = threads.gate();
        var pumping = threads.start("pumping", () -> target.pumping(pump::pass).call(() -> 1));
        pump.awaitArrival();

        calls.get(0).withdraw();

        assertEquals(Call.Phase.WAITING, target.submit(() -> 2).phase());
        threads.gates().forEach(Gate::open);
        assertEquals(1, pumping.result());
    }

    @Test
    void whatAPumpThrowsEndsTheWaitForAPlace() {
        fill();
        QueueClosedException failure = refusalOfAnother();
        CallTarget pumping = pumpingFails(failure);

        assertThrowsThis(failure, () -> pumping.call(() -> 1));
        assertThrowsThis(failure, () -> pumping.callOrElse(2, () -> 1));
        assertEquals(kind().capacity(), queue.size());
    }

    @Test
    void anInterruptEndsTheWaitForAPlace() {
        fill();
        var caller = threads.start("caller", () -> {
                    assertThrows(CallInterruptedException.class, () -> target.submit(() -> 1));
                    return Thread.currentThread().isInterrupted();
                })
                .awaitWaiting();

        caller.thread().interrupt();

        assertTrue(caller.result());
        assertEquals(kind().capacity(), queue.size());
    }

    @Test
    void closingReleasesWhoWaitsForAPlace() {
        fill();
        var callers = IntStream.range(0, 3)
                .mapToObj(i ->
                        threads.start("caller", () -> target.submit(() -> 1)).awaitWaiting())
                .toList();

        queue.close();

        callers.forEach(caller ->
                assertEquals(QueueClosedException.class, caller.failure().getClass()));
    }

    /** A bounded queue whose owner posts to itself must never block: it is refused. */
    @Test
    void theTargetsOwnSubmitsNeverWaitForAPlace() {
        Gate gate = threads.gate();
        Call<Class<?>> own = target.submit(() -> {
            gate.pass();
            return assertThrows(RuntimeException.class, () -> target.submit(() -> 1))
                    .getClass();
        });
        gate.awaitArrival();
        leaveOneThread();
        List<Call<Integer>> calls = IntStream.range(0, kind().capacity())
                .mapToObj(i -> target.submit(() -> i))
                .toList();

        gate.open();

        assertEquals(QueueFullException.class, own.result());
        calls.forEach(Call::result);
    }
}
