package dev.callqueue;

import static dev.callqueue.Delays.LONG;
import static dev.callqueue.Eventually.awaitSize;
import static dev.callqueue.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The ends of a queue: nothing new enters, nothing in it is forgotten, nobody is left waiting. */
class ClosingTest {
    @AutoClose
    private final Threads threads = new Threads();

    private final CallQueue queue = threads.closing(CallQueue.create());

    private static List<Call<Integer>> submit(CallTarget target, int calls) {
        return IntStream.range(0, calls).mapToObj(i -> target.submit(() -> i)).toList();
    }

    private static void assertClosed(Call<?> call) {
        assertThrows(QueueClosedException.class, call::result);
        assertEquals(
                QueueClosedException.class,
                assertThrows(ExecutionException.class, call::get).getCause().getClass());
        assertEquals(Call.Phase.FAILED, call.phase());
    }

    // where nobody is there to run what waits

    @Test
    void whatNobodyWillRunFails() {
        List<Call<Integer>> calls = submit(queue, 3);

        queue.close();

        calls.forEach(ClosingTest::assertClosed);
        assertEquals(0, queue.size());
        assertEquals(0, queue.receive());
    }

    @Test
    void whoWaitsForWhatNobodyWillRunIsReleased() {
        var caller = threads.start("caller", () -> queue.call(() -> 1));
        var pumping = threads.start(
                "pumping caller", () -> queue.pumping(Thread::onSpinWait).call(() -> 1));
        awaitSize(queue, 2);

        queue.close();

        assertEquals(QueueClosedException.class, caller.failure().getClass());
        assertEquals(QueueClosedException.class, pumping.failure().getClass());
    }

    @Test
    void anOwnerThatClosesOutsideOfReceiveFailsWhatWaits() {
        CallQueue owned = threads.closing(CallQueue.forCurrentThread());
        List<Call<Integer>> calls = submit(owned, 3);

        owned.close();

        calls.forEach(ClosingTest::assertClosed);
    }

    /** What the stage finds out of the other call. */
    private static Class<?> failureOf(Call<?> call) {
        return assertThrows(Throwable.class, call::result).getClass();
    }

    @Test
    void aStageOfARefusedCallMayWaitForAnotherOne() {
        List<Call<Integer>> calls = submit(queue, 3);
        List<Class<?>> seen = new CopyOnWriteArrayList<>();
        calls.get(0).whenComplete((value, failure) -> seen.add(failureOf(calls.get(2))));
        calls.get(2).whenComplete((value, failure) -> seen.add(failureOf(calls.get(1))));

        threads.start("closer", queue::close).result();

        calls.forEach(ClosingTest::assertClosed);
        eventually(() -> assertEquals(List.of(QueueClosedException.class, QueueClosedException.class), seen));
    }

    @Test
    void aStageOfARefusedCallMayWaitForWhoWaitsForAnotherOne() {
        List<Call<Integer>> calls = submit(queue, 2);
        var waiter = threads.start("waiter", () -> calls.get(1).result()).awaitParked();
        var caller = threads.start("caller", () -> queue.call(() -> 3)).awaitParked();
        List<Class<?>> seen = new CopyOnWriteArrayList<>();
        calls.get(0).whenComplete((value, failure) -> {
            seen.add(waiter.failure().getClass());
            seen.add(caller.failure().getClass());
        });

        threads.start("closer", queue::close).result();

        assertEquals(List.of(QueueClosedException.class, QueueClosedException.class), seen);
    }

    @Test
    void aStageOfARefusedCallMayWaitForWhoHarvestsAnotherOne() {
        Call<Integer> first = queue.submit(() -> 1);
        var harvest = new Harvest<Integer, Integer>(queue);
        Call<Integer> second = harvest.submit(2, input -> input);
        var taker = threads.start("taker", () -> harvest.take().call()).awaitParked();
        List<Call<?>> taken = new ArrayList<>();
        first.whenComplete((value, failure) -> taken.add(taker.result()));

        threads.start("closer", queue::close).result();

        assertEquals(List.of(second), taken);
    }

    @Test
    void aStageOfARefusedCallMayHarvestAnotherOne() {
        Call<Integer> first = queue.submit(() -> 1);
        var harvest = new Harvest<Integer, Integer>(queue);
        Call<Integer> second = harvest.submit(2, input -> input);
        List<Call<?>> taken = new ArrayList<>();
        first.whenComplete((value, failure) -> taken.add(harvest.take().call()));

        threads.start("closer", queue::close).result();

        assertEquals(List.of(second), taken);
        assertClosed(second);
    }

    @Test
    void aStageOfARefusedCallMayWaitForWhoWaitsForThatCall() {
        List<Call<Integer>> calls = submit(queue, 2);
        var waiter = threads.start("waiter", () -> calls.get(1).result()).awaitParked();
        calls.get(0).whenComplete((value, failure) -> waiter.failure());
        calls.get(1).whenComplete((value, failure) -> waiter.failure());

        threads.start("closer", queue::close).result();

        assertEquals(QueueClosedException.class, waiter.failure().getClass());
    }

    @Test
    void theTimeLimitOfARefusedCallEndsIt() {
        Call<Integer> first = queue.submit(() -> 1);
        Call<Integer> limited = queue.within(Duration.ofMillis(100)).submit(() -> 2);
        first.whenComplete((value, failure) -> CompletableFuture.allOf(limited) // a wait that is not ours
                .exceptionally(thrown -> null)
                .orTimeout(LONG.toMillis(), TimeUnit.MILLISECONDS)
                .join());

        threads.start("closer", queue::close).result();

        assertTrue(limited.isDone());
        assertTrue(first.isDone());
    }

    /** Neither by an owner that waits for it inside of the end of an earlier one, nor in a receive. */
    @Test
    void noneRunsAfterAnEarlierOneWasRefused() {
        CallQueue owned = threads.closing(CallQueue.forCurrentThread());
        List<Call<Integer>> calls = submit(owned, 4);
        owned.receive(1);
        List<Object> seen = new ArrayList<>();
        calls.get(1).whenComplete((value, failure) -> {
            seen.add(owned.size());
            seen.add(owned.receive());
            seen.add(failureOf(calls.get(3)));
        });

        owned.close();

        assertEquals(List.of(0, 0, QueueClosedException.class), seen);
        calls.subList(1, 4).forEach(ClosingTest::assertClosed);
    }

    @Test
    void aQueueHasNotEndedAsLongAsARefusedCallIsToBeEnded() throws InterruptedException {
        List<Call<Integer>> calls = submit(queue, 2);
        Gate gate = threads.gate();
        calls.get(0).whenComplete((value, failure) -> gate.pass());
        var closer = threads.start("closer", queue::close);
        gate.awaitArrival();

        assertFalse(queue.asExecutorService().isTerminated());
        assertFalse(queue.asExecutorService().awaitTermination(1, TimeUnit.MILLISECONDS));
        assertFalse(calls.get(1).complete(7), "it was refused");
        assertClosed(calls.get(1));
        assertTrue(queue.asExecutorService().isTerminated());

        gate.open();
        closer.result();
    }

    @Test
    void whatWaitsIsRunByAThreadInsideReceive() {
        Gate gate = threads.gate();
        queue.execute(gate::pass);
        List<Call<Integer>> calls = submit(queue, 3);
        var receiver = threads.start("receiver", () -> queue.receive());
        gate.awaitArrival();

        queue.close();
        gate.open();

        assertEquals(4, receiver.result());
        assertEquals(2, calls.get(2).result());
    }

    @Test
    void aRefusedCallWasRejectedAsAnExecutorSaysIt() {
        queue.close();

        assertThrows(RejectedExecutionException.class, () -> queue.execute(() -> {}));
    }

    @Test
    void whatAReceiveLeavesBehindInAClosedQueueEnds() {
        Gate gate = threads.gate();
        queue.execute(gate::pass);
        submit(queue, 2);
        var receiver = threads.start("receiver", () -> queue.receive(1));
        gate.awaitArrival();
        Call<Integer> arrivedMeanwhile = queue.submit(() -> 1);

        queue.close();
        gate.open();
        receiver.result();

        eventually(() -> assertTrue(arrivedMeanwhile.isDone()));
        assertEquals(0, queue.size());
    }

    @Test
    void whatIsLeftBehindByARaiseInAClosedQueueEnds() {
        Gate gate = threads.gate();
        queue.raising(Raise.RECEIVER).execute(() -> {
            gate.pass();
            throw new IllegalStateException("leaves receive");
        });
        Call<Integer> behind = queue.submit(() -> 1);
        var receiver = threads.start("receiver", () -> queue.receive());
        gate.awaitArrival();

        queue.close();
        gate.open();

        assertEquals(IllegalStateException.class, receiver.failure().getClass());
        assertClosed(behind);
    }

    // closeAndReceive

    @Test
    void closeAndReceiveRunsWhatWaitsOnTheCallingThread() {
        var ran = new AtomicInteger();
        Call<Thread> call = queue.submit(Thread::currentThread);
        queue.execute(ran::incrementAndGet);

        assertEquals(2, queue.closeAndReceive());
        assertEquals(Thread.currentThread(), call.result());
        assertEquals(1, ran.get());
        assertTrue(queue.isClosed());
    }

    @Test
    void closeAndReceiveRefusesTheCallsOfWhatItRuns() {
        Call<?> call = queue.submit(() -> queue.submit(() -> 1));

        assertEquals(1, queue.closeAndReceive());
        assertThrows(QueueClosedException.class, call::result);
    }

    @Test
    void closeAndReceiveFindsNothingTheSecondTime() {
        submit(queue, 1);

        assertEquals(1, queue.closeAndReceive());
        assertEquals(0, queue.closeAndReceive());
    }

    // receivers

    @Test
    void closingWakesWaitingReceivers() {
        var timed = threads.start("timed", () -> queue.receive(LONG)).awaitParked();
        var endless = threads.start("endless", queue::receiveUntilClosed).awaitParked();

        queue.close();

        assertEquals(0, timed.result());
        assertNull(endless.result());
    }

    @Test
    void closeNowWakesWaitingReceivers() {
        var timed = threads.start("timed", () -> queue.receive(LONG)).awaitParked();
        var endless = threads.start("endless", queue::receiveUntilClosed).awaitParked();

        queue.closeNow();

        assertEquals(0, timed.result());
        assertNull(endless.result());
    }

    @Test
    void closeAndReceiveWakesTheOtherReceivers() {
        var timed = threads.start("timed", () -> queue.receive(LONG)).awaitParked();
        var endless = threads.start("endless", queue::receiveUntilClosed).awaitParked();

        assertEquals(0, queue.closeAndReceive());

        assertEquals(0, timed.result());
        assertNull(endless.result());
    }

    // callers that wait for a place

    @Test
    void closingEndsTheWaitForAPlaceThoughWhatTakesItIsStillToBeRun() {
        CallQueue full = threads.receiving(
                "receiver",
                () -> CallQueue.builder().capacity(1).whenFull(WhenFull.WAIT).build());
        Gate gate = threads.hold(full, 1);
        Call<Integer> call = full.submit(() -> 1);
        var caller = threads.start("caller", () -> full.submit(() -> 2)).awaitParked();

        full.close();

        assertEquals(QueueClosedException.class, caller.failure().getClass());
        gate.open();
        assertEquals(1, call.result());
    }

    @Test
    void aQueueIsOpenUntilItIsClosed() {
        assertFalse(queue.isClosed());
    }
}
