package dev.callqueue;

import static dev.callqueue.Call.Phase.WITHDRAWN;
import static dev.callqueue.Delays.LONG;
import static dev.callqueue.Delays.SHORT;
import static dev.callqueue.Eventually.awaitSize;
import static dev.callqueue.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queues with room for so many calls and no more. */
class BoundedQueueTest {
    @AutoClose
    private final Threads threads = new Threads();

    private final AtomicInteger ran = new AtomicInteger();

    private CallQueue room(int calls) {
        return threads.closing(CallQueue.builder().capacity(calls).build());
    }

    private CallQueue roomToWaitFor(int calls) {
        return threads.closing(
                CallQueue.builder().capacity(calls).whenFull(WhenFull.WAIT).build());
    }

    private void fill(CallQueue queue, int calls) {
        for (int i = 0; i < calls; i++) {
            queue.execute(ran::incrementAndGet);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 100})
    void thereIsRoomForExactlySoManyCallsAgainAndAgain(int capacity) {
        CallQueue queue = room(capacity);

        for (int round = 0; round < 20; round++) {
            fill(queue, capacity);
            assertThrows(QueueFullException.class, () -> queue.execute(ran::incrementAndGet));
            assertEquals(capacity, queue.size());
            assertEquals(capacity, queue.receive());
        }
        assertEquals(20 * capacity, ran.get());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 64})
    void manyCallersTogetherGetExactlySoManyCallsIn(int capacity) {
        CallQueue queue = room(capacity);

        int accepted =
                IntStream.range(0, 4)
                        .mapToObj(i -> threads.start("caller " + i, () -> enter(queue, capacity)))
                        .toList()
                        .stream()
                        .mapToInt(Threads.Started::result)
                        .sum();

        assertEquals(capacity, accepted);
        assertEquals(capacity, queue.receive());
    }

    private int enter(CallQueue queue, int attempts) {
        int accepted = 0;
        for (int i = 0; i < attempts; i++) {
            try {
                queue.execute(ran::incrementAndGet);
                accepted++;
            } catch (QueueFullException full) {
                // counted by its absence
            }
        }
        return accepted;
    }

    @Test
    void aFullQueueRefusesEveryWayOfCalling() {
        CallQueue queue = room(1);
        fill(queue, 1);

        assertThrows(QueueFullException.class, () -> queue.call(() -> 1));
        assertThrows(QueueFullException.class, () -> queue.submit(() -> 1));
        assertThrows(RejectedExecutionException.class, () -> queue.execute(() -> {}));
        assertEquals("alternative", queue.callOrElse("alternative", () -> "never"));
    }

    @Test
    void aCallThatRunsTakesNoRoom() {
        CallQueue queue = threads.receiving(
                "owner",
                () -> CallQueue.builder()
                        .owner(Thread.currentThread())
                        .capacity(1)
                        .build());
        Gate gate = threads.gate();
        queue.execute(gate::pass);
        gate.awaitArrival();

        fill(queue, 1);

        assertThrows(QueueFullException.class, () -> queue.execute(() -> {}));
    }

    @Test
    void whoSeesThatACallRunsFindsItsRoomFree() {
        CallQueue queue =
                threads.closing(CallQueue.builder().capacity(1).consumers(1).build());

        for (int i = 0; i < 20_000; i++) {
            Call<Integer> first = queue.submit(ran::incrementAndGet);
            while (first.phase() == Call.Phase.WAITING) {
                Thread.onSpinWait();
            }
            queue.submit(ran::incrementAndGet).result();
        }
        assertEquals(40_000, ran.get());
    }

    @Test
    void nobodySeesMoreCallsThanThereIsRoomForWhileTheyComeAndGo() {
        int capacity = 3;
        CallQueue queue = threads.closing(
                CallQueue.builder().capacity(capacity).consumers(1).build());
        var over = new AtomicBoolean();
        var looker = threads.start("looker", () -> {
            while (!over.get()) {
                int size = queue.size();
                assertTrue(size >= 0 && size <= capacity, size + " calls");
            }
        });
        int accepted =
                IntStream.range(0, 2)
                        .mapToObj(i -> threads.start("caller " + i, () -> enter(queue, 100_000)))
                        .toList()
                        .stream()
                        .mapToInt(Threads.Started::result)
                        .sum();
        over.set(true);

        looker.result();
        eventually(() -> assertEquals(accepted, ran.get()));
    }

    @Nested
    class ARoomIsFreeAtOnce {
        private final CallQueue queue = room(1);
        private final Call<Integer> call = queue.submit(() -> 1);

        private void forAnother() {
            assertEquals(WITHDRAWN, call.phase());
            Call<Integer> another = queue.submit(() -> 2);
            assertEquals(1, queue.receive());
            assertEquals(2, another.result());
        }

        @Test
        void afterAWithdraw() {
            call.withdraw();
            forAnother();
        }

        @Test
        void afterACancel() {
            call.cancel(false);
            forAnother();
        }

        @Test
        void afterACompletionByHand() {
            call.complete(0);
            forAnother();
        }
    }

    @Test
    void aRoomIsFreeAfterATimeout() {
        CallQueue queue = room(1);

        assertThrows(CallTimeoutException.class, () -> queue.within(SHORT).call(() -> 1));

        fill(queue, 1);
        assertEquals(1, queue.receive());
    }

    @Test
    void aRoomIsFreeAfterTheLimitOfASubmit() {
        CallQueue queue = room(1);
        Call<Integer> call = queue.within(SHORT).submit(() -> 1);
        assertThrows(CallTimeoutException.class, call::result);

        fill(queue, 1);

        assertEquals(1, queue.receive());
    }

    @Test
    void aRoomIsFreeAfterAnInterrupt() {
        CallQueue queue = room(1);
        var caller = threads.start("caller", () -> queue.call(() -> 1));
        awaitSize(queue, 1);
        caller.thread().interrupt();
        assertEquals(CallInterruptedException.class, caller.failure().getClass());

        fill(queue, 1);

        assertEquals(1, queue.receive());
    }

    @Nested
    class WaitingForRoom {
        private final CallQueue queue = roomToWaitFor(1);

        WaitingForRoom() {
            fill(queue, 1);
        }

        @Test
        void aCallerWaitsUntilACallHasBegun() {
            var caller = threads.start("caller", () -> queue.submit(() -> 2)).awaitParked();

            assertEquals(1, queue.receive(1));

            Call<Integer> call = caller.result();
            assertEquals(1, queue.receive());
            assertEquals(2, call.result());
        }

        @Test
        void aCallerWaitsUntilACallIsWithdrawn() {
            assertEquals(1, queue.receive());
            Call<Integer> first = queue.submit(() -> 1);
            var caller = threads.start("caller", () -> queue.submit(() -> 2)).awaitParked();

            first.withdraw();

            assertEquals(Call.Phase.WAITING, caller.result().phase());
            assertEquals(1, queue.size());
        }

        @Test
        void everyWayOfCallingWaits() {
            var callers = List.of(
                    threads.start("call", () -> queue.call(ran::incrementAndGet)),
                    threads.start("submit", () -> queue.submit(ran::incrementAndGet)),
                    threads.start("execute", () -> queue.execute(ran::incrementAndGet)));
            callers.forEach(Threads.Started::awaitParked);
            threads.start("receiver", queue::receiveUntilClosed);

            callers.forEach(Threads.Started::result);
            queue.call(() -> {});
            assertEquals(4, ran.get());
        }

        @Test
        void aCallerWaitsNoLongerThanItsLimit() {
            CallTarget limited = queue.within(SHORT);

            assertTrue(assertThrows(CallTimeoutException.class, () -> limited.call(() -> 1))
                    .withdrawn());
            assertThrows(
                    CallTimeoutException.class, () -> limited.submit(() -> 1).result());
            assertEquals("alternative", limited.callOrElse("alternative", () -> "never"));
            assertEquals(1, queue.size());
        }

        @Test
        void aCallerWithoutTimeDoesNotWait() {
            assertThrows(
                    CallTimeoutException.class,
                    () -> queue.within(Duration.ZERO).call(() -> 1));
        }

        @Test
        void anInterruptEndsTheWait() {
            var caller = threads.start("caller", () -> {
                        assertThrows(CallInterruptedException.class, () -> queue.submit(() -> 1));
                        return Thread.currentThread().isInterrupted();
                    })
                    .awaitParked();

            caller.thread().interrupt();

            assertTrue(caller.result());
            assertEquals(1, queue.size());
        }

        @Test
        void closingEndsTheWaitOfEverybody() {
            var callers = IntStream.range(0, 3)
                    .mapToObj(i -> threads.start("caller " + i, () -> queue.submit(() -> 1))
                            .awaitParked())
                    .toList();

            queue.close();

            callers.forEach(caller ->
                    assertEquals(QueueClosedException.class, caller.failure().getClass()));
        }

        @Test
        void everyRoomThatComesFreeIsUsed() {
            var callers = IntStream.range(0, 3)
                    .mapToObj(i -> threads.start("caller " + i, () -> {
                        for (int n = 0; n < 200; n++) {
                            queue.execute(ran::incrementAndGet);
                        }
                    }))
                    .toList();
            threads.start("receiver", queue::receiveUntilClosed);

            callers.forEach(Threads.Started::result);
            queue.call(() -> {});
            assertEquals(601, ran.get());
        }
    }

    @Test
    void nobodyOvertakesThoseWhoWait() {
        CallQueue queue = roomToWaitFor(2);
        CallTarget atOnce = queue.within(Duration.ZERO);
        fill(queue, 2);
        for (int i = 0; i < 100; i++) {
            var callers = List.of(
                    threads.start("first", () -> queue.submit(() -> 1)).awaitParked(),
                    threads.start("second", () -> queue.submit(() -> 2)).awaitParked());
            assertEquals(2, queue.receive(2));

            do {
                assertThrows(CallTimeoutException.class, () -> atOnce.execute(ran::incrementAndGet));
            } while (callers.stream().anyMatch(caller -> caller.thread().isAlive()));
            callers.forEach(
                    caller -> assertEquals(Call.Phase.WAITING, caller.result().phase()));
        }
    }

    @Test
    void theRoomOfACallThatFollowsAnotherAtOnceIsUsedWhileItRuns() {
        CallQueue queue = threads.closing(CallQueue.builder()
                .capacity(1)
                .whenFull(WhenFull.WAIT)
                .consumers(1)
                .build());
        Gate first = threads.hold(queue, 1);
        Gate second = threads.gate();
        queue.execute(second::pass);
        var caller = threads.start("caller", () -> queue.submit(() -> 2)).awaitParked();

        first.open();
        second.awaitArrival();

        Call<Integer> call = caller.result();
        assertEquals(Call.Phase.WAITING, call.phase());
        second.open();
        assertEquals(2, call.result());
    }

    @ParameterizedTest
    @EnumSource
    void anOwnerNeverWaitsForRoomInItsOwnQueue(WhenFull whenFull) {
        CallQueue queue = threads.receiving(
                "owner",
                () -> CallQueue.builder()
                        .owner(Thread.currentThread())
                        .capacity(1)
                        .whenFull(whenFull)
                        .build());

        queue.call(() -> {
            fill(queue, 1);
            assertThrows(QueueFullException.class, () -> queue.submit(() -> 2));
            assertEquals(3, queue.call(() -> 3), "a nested call needs no room");
        });
    }

    @ParameterizedTest
    @EnumSource
    void aChainThatComesBackToAFullQueueRunsLikeANestedCall(WhenFull whenFull) {
        CallQueue queue = threads.receiving(
                "owner",
                () -> CallQueue.builder()
                        .owner(Thread.currentThread())
                        .capacity(1)
                        .whenFull(whenFull)
                        .build());

        assertEquals(1, comesBackFull(queue, List.of(threads.owner("other"))));
    }

    @Test
    void aChainComesBackToAFullQueueWhoeverServesIt() {
        Threads.Loop loop = threads.loop("loop");
        var one = CallQueue.builder().capacity(1);
        var two = CallQueue.builder().capacity(1).consumers(1);
        var three = CallQueue.builder().capacity(1).on(loop.executor(), loop::inLoop);
        List<CallQueue> other = List.of(threads.owner("other"));

        assertEquals(1, comesBackFull(threads.receiving("any thread", one::build), other));
        assertEquals(1, comesBackFull(threads.closing(two.build()), other));
        assertEquals(1, comesBackFull(threads.closing(three.build()), other));
    }

    @Test
    void aLongChainComesBackToAFullQueue() {
        CallQueue queue = threads.receiving("any thread", () -> room(1));

        assertEquals(1, comesBackFull(queue, List.of(threads.owner("a"), threads.owner("b"), threads.owner("c"))));
    }

    @Test
    void aChainComesBackToAFullQueueWhoseThreadHasReceivedFromAnotherOne() {
        CallQueue queue = threads.receiving("any thread", () -> room(1));
        CallQueue inside = threads.closing(CallQueue.create());
        CallQueue other = threads.owner("other");
        Gate gate = threads.gate();
        Call<Integer> chain = queue.submit(() -> {
            inside.execute(() -> {});
            inside.receive();
            return other.call(() -> {
                gate.pass();
                return queue.call(() -> 1);
            });
        });
        gate.awaitArrival();
        fill(queue, 1);
        gate.open();

        assertEquals(1, chain.result(LONG));
    }

    @Test
    void aChainComesBackToAFullQueueOutOfACallThatRunsInsideOfAnother() {
        CallQueue queue = threads.receiving("any thread", () -> room(1));
        CallQueue middle = threads.owner("middle");

        assertEquals(1, comesBackFull(queue, List.of(middle, threads.owner("far"), middle, threads.owner("last"))));
    }

    @Test
    void aCallThatDoesNotComeBackIsRefusedThoughItIsMadeInACall() {
        CallQueue full = room(1);
        fill(full, 1);
        CallQueue other = threads.owner("other");
        CallQueue another = threads.owner("another");

        assertThrows(QueueFullException.class, () -> other.call(() -> another.call(() -> full.call(() -> 1))));
        assertEquals(1, full.size());
    }

    @Test
    void aCallThatComesBackTooDeepToAFullQueueTakesNoPlace() {
        CallQueue queue = threads.receiving(
                "owner",
                () -> CallQueue.builder()
                        .owner(Thread.currentThread())
                        .capacity(1)
                        .maxDepth(1)
                        .build());
        CallQueue other = threads.owner("other");

        assertThrows(CallDepthException.class, () -> comesBackFull(queue, List.of(other)));
        awaitSize(queue, 0);

        Gate gate = threads.hold(queue, 1);
        fill(queue, 1);
        assertEquals(1, queue.size());
        assertThrows(QueueFullException.class, () -> queue.execute(() -> {}));
        gate.open();
    }

    @Test
    void aCallThatHasComeBackToAFullQueueGoesOnThoughThatIsClosed() {
        CallQueue queue = threads.receiving("any thread", () -> room(1));
        CallQueue other = threads.owner("other");
        Gate gate = threads.gate();
        Call<Integer> chain = queue.submit(() -> other.call(() -> {
            gate.pass();
            return queue.call(() -> {
                queue.close();
                return 1;
            });
        }));
        gate.awaitArrival();
        fill(queue, 1);
        gate.open();

        assertEquals(1, chain.result(LONG));
    }

    @Test
    void whatAPumpSubmitsDoesNotOvertakeTheCallThatItsThreadWantsAPlaceFor() throws Exception {
        CallQueue queue = threads.closing(
                CallQueue.builder().capacity(1).whenFull(WhenFull.WAIT).build());
        fill(queue, 1);
        List<Integer> order = new ArrayList<>();
        Gate gate = threads.gate();
        var pumped = new AtomicBoolean();
        var caller = threads.start(
                "caller",
                () -> queue.pumping(() -> {
                            if (pumped.compareAndSet(false, true)) {
                                gate.pass();
                                queue.execute(() -> order.add(2));
                            }
                        })
                        .call(() -> order.add(1)));
        gate.awaitArrival();

        queue.receive(1);
        gate.open();
        queue.receive(LONG);
        queue.receive(LONG);

        assertTrue(caller.result());
        assertEquals(List.of(1, 2), order);
    }

    @Test
    void whatComesBackFromAPumpDoesNotOvertakeTheCallThatItsThreadWantsAPlaceForEither() {
        CallQueue full = threads.receiving(
                "owner",
                () -> CallQueue.builder()
                        .owner(Thread.currentThread())
                        .capacity(1)
                        .whenFull(WhenFull.WAIT)
                        .build());
        CallQueue other = threads.owner("other");
        Thread owner = full.call(Thread::currentThread);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        Gate filled = threads.gate();
        Gate pumping = threads.gate();
        var pumped = new AtomicBoolean();
        CallTarget submitsInPump = full.pumping(() -> {
            if (pumped.compareAndSet(false, true)) {
                pumping.open();
                Threads.awaitSettled(owner);
                full.call(() -> order.add(2));
            }
        });
        Call<Boolean> chain = full.submit(() -> {
            filled.pass();
            Call<Boolean> comesBack = other.submit(() -> submitsInPump.call(() -> order.add(1)));
            pumping.pass();
            return comesBack.result();
        });
        filled.awaitArrival();
        fill(full, 1);
        filled.open();

        assertTrue(chain.result());
        assertEquals(List.of(1, 2), order);
    }

    @Test
    void whatIsLetInBeforeALaterCallOfItsThreadIsRunThoughThatOneFindsNoPlace() {
        CallQueue queue = threads.closing(CallQueue.builder()
                .consumers(1)
                .capacity(1)
                .whenFull(WhenFull.WAIT)
                .build());
        Gate running = threads.hold(queue, 1);
        fill(queue, 1);
        List<Integer> order = new ArrayList<>();
        Gate pumping = threads.gate();
        var pumped = new AtomicBoolean();
        var caller = threads.start(
                "caller",
                () -> queue.pumping(() -> {
                            if (pumped.compareAndSet(false, true)) {
                                pumping.pass();
                                queue.submit(() -> order.add(2)).result();
                            }
                        })
                        .call(() -> order.add(1)));
        pumping.awaitArrival();
        running.open();
        awaitSize(queue, 0);

        pumping.open();

        assertTrue(caller.result());
        assertEquals(List.of(1, 2), order);
    }

    /** What a call gets that comes back to the queue, by way of those others, when it is full. */
    private int comesBackFull(CallQueue queue, List<CallQueue> others) {
        Gate gate = threads.gate();
        Call<Integer> chain = queue.submit(() -> around(others, () -> {
            gate.pass();
            return queue.call(() -> 1);
        }));
        gate.awaitArrival();
        fill(queue, 1);
        gate.open();
        int result = chain.result(LONG);
        awaitSize(queue, 0);
        return result;
    }

    private static int around(List<CallQueue> others, CallTarget.Op<Integer, RuntimeException> last) {
        return others.isEmpty()
                ? last.call()
                : others.get(0).call(() -> around(others.subList(1, others.size()), last));
    }
}
