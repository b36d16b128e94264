package dev.callqueue;

import static dev.callqueue.Call.Phase.WITHDRAWN;
import static dev.callqueue.Delays.LONG;
import static dev.callqueue.Eventually.eventually;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.callqueue.Harvest.Item;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Many calls, taken as they end. */
class HarvestTest {
    @AutoClose
    private final Threads threads = new Threads();

    private final CallQueue consumers = threads.closing(CallQueue.withConsumers(3));

    static <I> List<I> inputs(List<? extends Harvest.Item<I, ?>> items) {
        return items.stream().<I>map(Harvest.Item::input).toList();
    }

    /** Calls submitted one by one, to a queue that the test itself receives from. */
    @Nested
    class SubmittedOneByOne {
        /** More than those of which a harvest does not care whether they were taken. */
        private static final int MANY = 300;

        private final CallQueue queue = threads.closing(CallQueue.create());
        private final Harvest<Integer, Integer> harvest = new Harvest<>(queue);

        private Call<Integer> submit(int input) {
            return harvest.submit(input, n -> n * n);
        }

        @Test
        void nothingHasEndedBeforeAnythingRan() {
            submit(1);

            assertEquals(List.of(), harvest.next());
            assertFalse(harvest.isDone());
        }

        @Test
        void nextTellsWhatEndedSinceTheLastLook() {
            submit(1);
            submit(2);
            submit(3);
            queue.receive(2);

            assertEquals(List.of(1, 2), inputs(harvest.next()));
            assertEquals(List.of(), harvest.next());
            queue.receive();
            assertEquals(List.of(3), inputs(harvest.next()));
        }

        @Test
        void whatWasTakenIsNotKept() {
            var boxes = new Harvest<Object, Object>(queue);
            boxes.submit(new Object(), input -> List.of(input));
            queue.receive();
            Item<Object, Object> item = boxes.take();
            var taken = List.of(
                    new WeakReference<>(item), new WeakReference<>(item.input()), new WeakReference<>(item.result()));
            item = null;

            taken.forEach(Eventually::awaitCollected);
            assertTrue(boxes.isDone());
        }

        @Test
        void ofVeryManyThoseThatEndLateAreNotLost() {
            List<Call<Integer>> calls =
                    IntStream.range(0, MANY).mapToObj(this::submit).toList();
            for (int i = 1; i < MANY; i += 2) {
                calls.get(i).withdraw();
            }

            assertEquals(MANY / 2, harvest.next().size());
            assertEquals(MANY / 2, queue.receive());
            assertEquals(
                    IntStream.range(0, MANY).filter(i -> i % 2 == 0).boxed().toList(), inputs(harvest.next()));
            assertTrue(harvest.isDone());
        }

        @Test
        void closingWithdrawsWhatIsLeftOfVeryMany() {
            List<Call<Integer>> calls =
                    IntStream.range(0, MANY).mapToObj(this::submit).toList();
            queue.receive(MANY - 3);
            harvest.next();

            harvest.close();

            assertEquals(
                    List.of(WITHDRAWN, WITHDRAWN, WITHDRAWN),
                    calls.subList(MANY - 3, MANY).stream().map(Call::phase).toList());
            assertEquals(Set.of(MANY - 3, MANY - 2, MANY - 1), Set.copyOf(inputs(harvest.next())));
        }

        @Test
        void nextWaitsForAFirstOneIfItIsTold() {
            submit(1);
            submit(2);
            threads.start("receiver", () -> queue.receive(1));

            assertEquals(List.of(1), inputs(harvest.next(Delays.LONG)));
            assertEquals(List.of(), harvest.next(Delays.SHORT), "the time was over");
            queue.receive();
            assertEquals(List.of(2), inputs(harvest.next(Delays.LONG)));
            assertEquals(List.of(), harvest.next(Delays.LONG), "all are harvested");
        }

        @Test
        void anItemHasItsInputItsCallAndItsResult() {
            Call<Integer> call = submit(3);
            queue.receive();

            Harvest.Item<Integer, Integer> item = harvest.take();

            assertEquals(3, item.input());
            assertSame(call, item.call());
            assertEquals(9, item.result());
        }

        @Test
        void progressIsCounted() {
            submit(1);
            submit(2);
            queue.receive();
            harvest.take();

            assertEquals(2, harvest.submitted());
            assertEquals(1, harvest.harvested());
        }

        @Test
        void itIsDoneWhenEverythingHasEndedAndWasHarvested() {
            submit(1);
            assertFalse(harvest.isDone(), "not run");
            queue.receive();
            assertFalse(harvest.isDone(), "not harvested");
            harvest.take();
            assertTrue(harvest.isDone());
            submit(2);
            assertFalse(harvest.isDone(), "another one");
        }

        @Test
        void itIsNotDoneWhileTheLastCallRuns() {
            var seen = new ArrayList<Boolean>();
            harvest.submit(1, n -> {
                seen.add(harvest.isDone());
                return n;
            });

            queue.receive();

            assertEquals(List.of(false), seen);
        }

        @Test
        void anEmptyHarvestIsDone() {
            assertTrue(harvest.isDone());
            assertEquals(List.of(), harvest.next());
            assertThrows(NoSuchElementException.class, harvest::take);
            assertFalse(harvest.iterator().hasNext());
        }

        @Test
        void takeHasNothingMoreWhenEverythingIsHarvested() {
            submit(1);
            queue.receive();
            harvest.take();

            assertThrows(NoSuchElementException.class, harvest::take);
        }

        @Test
        void takeWaitsForTheNextCallToEnd() {
            submit(2);
            var taker = threads.start("taker", () -> harvest.take().result()).awaitParked();

            queue.receive();

            assertEquals(4, taker.result());
        }

        @Test
        void anInterruptEndsTheWaitOfATake() {
            submit(1);
            var taker = threads.start("taker", () -> {
                        assertThrows(CallInterruptedException.class, harvest::take);
                        return Thread.currentThread().isInterrupted();
                    })
                    .awaitParked();

            taker.thread().interrupt();

            assertTrue(taker.result());
            queue.receive();
            assertEquals(1, harvest.take().result());
        }

        @Test
        void anItemWhoseCallFailedThrowsTheOpsOwnException() {
            var failure = new IOException("from the call");
            harvest.submit(1, n -> {
                throw failure;
            });
            submit(2);
            queue.receive();

            Harvest.Item<Integer, Integer> failed = harvest.take();

            assertSame(failure, assertThrows(IOException.class, failed::result));
            assertSame(failure, assertThrows(IOException.class, failed::result));
            assertEquals(4, harvest.take().result());
        }

        @Test
        void aWithdrawnCallIsHarvestedToo() {
            submit(1).withdraw();

            assertEquals(WITHDRAWN, harvest.take().call().phase());
            assertTrue(harvest.isDone());
        }

        @Test
        void nullIsAnInputAndAValue() {
            var nulls = new Harvest<String, String>(queue);
            nulls.submit(null, input -> input);
            queue.receive();

            Harvest.Item<String, String> item = nulls.take();

            assertNull(item.input());
            assertNull(item.result());
        }

        @Test
        void closingWithdrawsWhatHasNotBegun() {
            Call<Integer> ended = submit(1);
            queue.receive();
            Call<Integer> waiting = submit(2);

            harvest.close();
            harvest.close();

            assertEquals(WITHDRAWN, waiting.phase());
            assertEquals(1, ended.result());
            assertEquals(0, queue.size());
        }

        @Test
        void aCallThatWasRefusedIsNotSubmitted() {
            queue.close();

            assertThrows(QueueClosedException.class, () -> submit(1));
            assertEquals(0, harvest.submitted());
            assertTrue(harvest.isDone());
        }

        @Test
        void closingTheQueueEndsAWaitingHarvest() {
            submit(1);
            submit(2);
            var taker = threads.start("taker", () -> {
                        var phases = new ArrayList<Call.Phase>();
                        harvest.forEach(item -> phases.add(item.call().phase()));
                        return phases;
                    })
                    .awaitParked();

            queue.closeNow();

            assertEquals(List.of(Call.Phase.FAILED, Call.Phase.FAILED), taker.result());
        }
    }

    @Test
    void aTargetOfTheUsersOwnCanBeHarvested() {
        CallTarget own = HarvestWaitTest.routed(new AtomicReference<>(consumers));
        var harvest = new Harvest<Integer, Integer>(own);
        harvest.submit(3, n -> n * n);

        assertEquals(9, harvest.take().result());
        assertTrue(harvest.isDone());
    }

    @Test
    void whoWaitsForAnItemRunsWhatIsSubmittedMeanwhileIfItIsForHim() {
        CallQueue anyThread = threads.closing(CallQueue.create());
        var harvest = new Harvest<Integer, Integer>(anyThread);
        Gate gate = threads.gate();
        harvest.submit(1, n -> {
            gate.pass();
            return n;
        });
        threads.start("other receiver", () -> anyThread.receive());
        gate.awaitArrival();
        Call<Integer> taken = anyThread.submit(() -> harvest.take().input());
        threads.start("taker", () -> anyThread.receive()).awaitParked();

        harvest.submit(2, n -> n);

        assertEquals(2, taken.result(LONG));
    }

    @Test
    void aHarvestWhoseNextItemWouldNeverComeSaysWhichCallsAreLeft() {
        CallQueue harvesting = threads.owner("harvesting");
        CallQueue calling = threads.owner("calling");
        var together = new CyclicBarrier(2);
        Call<String> harvester = harvesting.submit(() -> {
            var harvest = new Harvest<Integer, String>(calling.named("left over"));
            together.await(LONG.toMillis(), MILLISECONDS);
            harvest.submit(1, n -> "served");
            return orDeadlock(() -> harvest.take().result());
        });
        Call<String> caller = calling.submit(() -> {
            together.await(LONG.toMillis(), MILLISECONDS);
            return orDeadlock(() -> harvesting.call(() -> "served"));
        });

        List<String> outcomes = new ArrayList<>(List.of(harvester.result(LONG), caller.result(LONG)));
        assertTrue(outcomes.remove("served"), outcomes.toString());
        assertTrue(
                outcomes.get(0)
                        .contains("waits for the next item of a harvest of 1 calls, 0 harvested: call 'left over'"),
                outcomes.toString());
    }

    private static String orDeadlock(Callable<String> wait) throws Exception {
        try {
            return wait.call();
        } catch (CallDeadlockException deadlock) {
            return deadlock.getMessage();
        }
    }

    /** All inputs at once. */
    @Nested
    class OfInputs {
        @Test
        void everyInputIsHarvestedOnce() {
            var sum = new AtomicInteger();
            var seen = new HashSet<Integer>();

            for (var item : consumers.harvest(IntStream.range(0, 1_000).boxed().toList(), n -> n * 2)) {
                assertTrue(seen.add(item.input()));
                sum.addAndGet(item.result());
            }

            assertEquals(1_000, seen.size());
            assertEquals(999_000, sum.get());
        }

        @Test
        void whatEndsFirstIsHarvestedFirst() {
            List<Gate> gates = List.of(threads.gate(), threads.gate(), threads.gate());
            Harvest<Integer, Integer> harvest = consumers.harvest(List.of(0, 1, 2), n -> {
                gates.get(n).pass();
                return n;
            });
            var order = new ArrayList<Integer>();

            for (int next : List.of(2, 0, 1)) {
                gates.get(next).open();
                order.add(harvest.take().input());
            }

            assertEquals(List.of(2, 0, 1), order);
        }

        @Test
        void inputsAreReadLazilyAndOnlySoManyAreInFlight() {
            var read = new AtomicInteger();
            Harvest<Integer, Integer> harvest = consumers.harvest(endless(read), n -> n);

            for (int taken = 1; taken <= 5_000; taken++) {
                harvest.take();
                int ahead = read.get() - taken;
                assertTrue(ahead <= 2_000, "read " + ahead + " inputs ahead");
            }
            harvest.close();
        }

        /** How many calls are in flight at most, if so many of those that wait are run whenever the taker has to wait. */
        private int mostInFlight(int runAtATime) {
            CallQueue queue = threads.closing(CallQueue.create());
            Harvest<Integer, Integer> harvest = queue.harvest(endless(new AtomicInteger()), n -> n);
            Threads.Started<QueueClosedException> taker = threads.start(
                    "taker", () -> assertThrows(QueueClosedException.class, () -> harvest.forEach(item -> {})));
            int most = 0;
            int run = 0;
            for (int round = 0; round < 100; round++) {
                int hasRun = run;
                eventually(() -> assertEquals(hasRun, harvest.harvested()));
                taker.awaitParked();
                most = Math.max(most, harvest.submitted() - harvest.harvested());
                run += queue.receive(runAtATime);
            }
            queue.closeNow();
            taker.result();
            return most;
        }

        @Test
        void whoCanTakeManyAtOneGoHasMoreInFlight() {
            int most = mostInFlight(Integer.MAX_VALUE);

            assertTrue(most > 64 && most <= 256, most + " in flight");
        }

        @Test
        void whoTakesTheItemsOneByOneHasFewInFlight() {
            int most = mostInFlight(1);

            assertTrue(most <= 64, most + " in flight");
        }

        @Test
        void nothingMoreIsReadWhileNobodyHarvests() {
            var read = new AtomicInteger();
            Harvest<Integer, Integer> harvest = consumers.harvest(endless(read), n -> n);
            harvest.take();

            eventually(() -> assertEquals(0, consumers.size()));
            consumers.call(() -> {});
            int before = read.get();
            consumers.call(() -> {});

            assertEquals(before, read.get());
            harvest.close();
        }

        /** 0, 1, 2, … */
        private static Iterable<Integer> endless(AtomicInteger read) {
            return () -> new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public Integer next() {
                    return read.getAndIncrement();
                }
            };
        }

        @Test
        void closingStopsAnEndlessHarvest() {
            var read = new AtomicInteger();
            Harvest<Integer, Integer> harvest = consumers.harvest(endless(read), n -> n);
            harvest.take();

            harvest.close();

            eventually(() -> assertEquals(0, consumers.size()));
            int before = read.get();
            consumers.call(() -> {});
            assertEquals(before, read.get());
        }

        @Test
        void aClosedHarvestReadsNothingMore() {
            CallQueue queue = threads.closing(CallQueue.create());
            var read = new AtomicInteger();
            Harvest<Integer, Integer> harvest = queue.harvest(endless(read), n -> n);
            int before = read.get();

            harvest.close();

            assertEquals(before, harvest.next().size());
            assertEquals(List.of(), harvest.next());
            assertFalse(harvest.iterator().hasNext());
            assertTrue(harvest.isDone());
            assertEquals(before, read.get());
        }

        @Test
        void inputsAreReadByOneThreadAtATime() {
            Gate gate = threads.gate();
            var reading = new AtomicInteger();
            Iterator<Integer> slow = new Iterator<>() {
                @Override
                public boolean hasNext() {
                    if (reading.incrementAndGet() > 1) {
                        gate.pass();
                    }
                    return true;
                }

                @Override
                public Integer next() {
                    return 1;
                }
            };
            CallQueue queue = threads.closing(CallQueue.builder().capacity(1).build());
            Harvest<Integer, Integer> harvest = queue.harvest(() -> slow, n -> n);
            queue.receive();
            assertEquals(1, harvest.take().result());
            var reader = threads.start("reader", () -> harvest.next());
            gate.awaitArrival();

            assertEquals(List.of(), harvest.next());
            assertEquals(2, reading.get());
            gate.open();
            assertEquals(List.of(), reader.result());
        }

        @Test
        void whatHasEndedIsTakenBeforeARefusedInputFailsTheHarvest() {
            CallQueue queue = threads.closing(CallQueue.create());
            Harvest<Integer, Integer> harvest =
                    queue.harvest(IntStream.range(0, 100).boxed().toList(), n -> n);
            int underWay = queue.closeAndReceive();

            for (int i = 0; i < underWay; i++) {
                assertEquals(i, harvest.take().result());
            }
            assertThrows(QueueClosedException.class, harvest::take);
            assertEquals(underWay, harvest.harvested());
        }

        @Test
        void aHarvestOfNothingIsDone() {
            Harvest<Integer, Integer> harvest = consumers.harvest(List.<Integer>of(), n -> n);

            assertTrue(harvest.isDone());
            assertThrows(NoSuchElementException.class, harvest::take);
        }

        @Test
        void failuresDoNotStopAHarvest() {
            int failed = 0;
            for (var item : consumers.harvest(List.of(1, 0, 2, 0), n -> 6 / n)) {
                if (item.input() == 0) {
                    assertThrows(ArithmeticException.class, item::result);
                    failed++;
                }
            }

            assertEquals(2, failed);
        }

        @Test
        void nullsAreInputs() {
            int items = 0;
            for (var item : consumers.harvest(Arrays.asList("a", null), input -> input)) {
                assertEquals(item.input(), item.result());
                items++;
            }

            assertEquals(2, items);
        }

        @Test
        void theIteratorEndsLikeEveryIterator() {
            Iterator<Harvest.Item<Integer, Integer>> items =
                    consumers.harvest(List.of(1), n -> n).iterator();

            assertTrue(items.hasNext());
            assertTrue(items.hasNext(), "looking does not take");
            assertEquals(1, items.next().result());
            assertFalse(items.hasNext());
            assertThrows(NoSuchElementException.class, items::next);
        }

        @Test
        void lookingAgainAndAgainHarvestsEverythingToo() {
            Harvest<Integer, Integer> harvest =
                    consumers.harvest(IntStream.range(0, 100).boxed().toList(), n -> n);
            var seen = new HashSet<Integer>();

            while (!harvest.isDone()) {
                seen.addAll(inputs(harvest.next()));
                Thread.onSpinWait();
            }

            assertEquals(100, seen.size());
            assertEquals(100, harvest.submitted());
            assertEquals(100, harvest.harvested());
        }

        @Test
        void aHarvestKeepsToTheRoomOfABoundedQueue() {
            CallQueue bounded =
                    threads.closing(CallQueue.builder().consumers(1).capacity(2).build());
            int items = 0;

            for (var item : bounded.harvest(IntStream.range(0, 100).boxed().toList(), n -> n)) {
                assertEquals(item.input(), item.result());
                items++;
            }

            assertEquals(100, items);
        }

        @Test
        void aHarvestWithNothingUnderWayWaitsForAPlaceInAFullQueue() {
            CallQueue full = threads.closing(
                    CallQueue.builder().capacity(1).whenFull(WhenFull.WAIT).build());
            full.execute(() -> {});
            Harvest<Integer, Integer> harvest = full.harvest(List.of(1, 2), n -> n);
            var taker = threads.start("taker", () -> harvest.take().result()).awaitParked();
            assertEquals(0, harvest.submitted());

            threads.start("receiver", full::receiveUntilClosed);

            assertEquals(1, taker.result());
            assertEquals(2, harvest.take().result());
            assertTrue(harvest.isDone());
        }

        @Test
        void anInputThatIsRefusedIsSubmittedLater() {
            CallQueue full = threads.closing(CallQueue.builder().capacity(1).build());
            full.execute(() -> {});
            Harvest<Integer, Integer> harvest = full.harvest(List.of(1), n -> n);

            assertThrows(QueueFullException.class, harvest::take);

            assertFalse(harvest.isDone());
            full.receive();
            assertEquals(List.of(), harvest.next());
            full.receive();
            assertEquals(1, harvest.take().result());
            assertTrue(harvest.isDone());
        }

        @Test
        void inputsThatFailFailTheHarvestAndStrandNobody() {
            var failure = new IllegalStateException("from the inputs");
            Iterable<Integer> inputs = () -> IntStream.range(0, 10)
                    .peek(n -> {
                        if (n == 5) {
                            throw failure;
                        }
                    })
                    .iterator();

            assertSame(failure, assertThrows(IllegalStateException.class, () -> {
                for (var item : consumers.harvest(inputs, n -> n)) {
                    assertEquals(item.input(), item.result());
                }
            }));
        }

        @Test
        void whatHasEndedIsTakenBeforeInputsThatFailFailTheHarvest() {
            var failure = new IllegalStateException("from the inputs");
            var read = new AtomicInteger();
            Iterator<Integer> failingOnce = new Iterator<>() {
                @Override
                public boolean hasNext() {
                    if (read.get() == 5) {
                        read.incrementAndGet();
                        throw failure;
                    }
                    return read.get() < 5;
                }

                @Override
                public Integer next() {
                    return read.getAndIncrement();
                }
            };
            Harvest<Integer, Integer> harvest = consumers.harvest(() -> failingOnce, n -> n);

            Set<Integer> taken = new HashSet<>();
            for (int i = 0; i < 5; i++) {
                taken.add(harvest.take().result());
            }

            assertEquals(Set.of(0, 1, 2, 3, 4), taken);
            assertFalse(harvest.isDone());
            assertSame(failure, assertThrows(IllegalStateException.class, harvest::take));
            assertTrue(harvest.isDone());
        }

        @Test
        void closingTheQueueEndsAHarvestWithInputsLeft() {
            Harvest<Integer, Integer> harvest = consumers.harvest(endless(new AtomicInteger()), n -> n);
            harvest.take();

            consumers.closeNow();

            assertThrows(QueueClosedException.class, () -> harvest.forEach(item -> {}));
        }

        @Test
        void anOwnerCanHarvestItsOwnQueue() {
            try (var owned = CallQueue.forCurrentThread()) {
                int sum = 0;
                for (var item : owned.harvest(List.of(1, 2, 3), n -> n)) {
                    sum += item.result();
                }

                assertEquals(6, sum);
            }
        }
    }
}
