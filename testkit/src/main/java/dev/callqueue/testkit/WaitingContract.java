package dev.callqueue.testkit;

import static dev.callqueue.testkit.Delays.SHORT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.callqueue.Call;
import dev.callqueue.CallInterruptedException;
import dev.callqueue.CallTimeoutException;
import dev.callqueue.QueueClosedException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A target that lets callers wait for a place when it is full. */
public abstract class WaitingContract extends BoundedContract {
    /** For subclasses. */
    protected WaitingContract() {}

    @Test
    void whoFindsTheQueueFullWaitsForAPlace() {
        List<Call<Integer>> calls = fill();
        var caller = threads.start("caller", () -> target.submit(() -> 1)).awaitParked();

        calls.get(0).withdraw();

        assertEquals(Call.Phase.WAITING, caller.result().phase());
    }

    @Test
    void everyoneWhoWaitsForAPlaceGetsOne() {
        List<Call<Integer>> calls = fill();
        var callers = IntStream.range(0, 5)
                .mapToObj(i -> threads.start("caller", () -> target.call(() -> i)).awaitParked())
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

        assertTrue(assertThrows(CallTimeoutException.class, () -> target.within(SHORT).call(() -> 1))
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
    void anInterruptEndsTheWaitForAPlace() {
        fill();
        var caller = threads.start("caller", () -> {
                    assertThrows(CallInterruptedException.class, () -> target.submit(() -> 1));
                    return Thread.currentThread().isInterrupted();
                })
                .awaitParked();

        caller.thread().interrupt();

        assertTrue(caller.result());
        assertEquals(kind().capacity(), queue.size());
    }

    @Test
    void closingReleasesWhoWaitsForAPlace() {
        fill();
        var callers = IntStream.range(0, 3)
                .mapToObj(i -> threads.start("caller", () -> target.submit(() -> 1)).awaitParked())
                .toList();

        queue.close();

        callers.forEach(caller ->
                assertEquals(QueueClosedException.class, caller.failure().getClass()));
    }

    /** A bounded queue whose owner posts to itself must never block. */
    @Test
    void theTargetsOwnCallsNeverWaitForAPlace() {
        Gate gate = threads.gate();
        Call<Call<Integer>> own = target.submit(() -> {
            gate.pass();
            return target.submit(() -> 1);
        });
        gate.awaitArrival();
        leaveOneThread();
        List<Call<Integer>> calls = IntStream.range(0, kind().capacity())
                .mapToObj(i -> target.submit(() -> i))
                .toList();

        gate.open();

        assertEquals(1, own.result().result());
        calls.forEach(Call::result);
    }
}
