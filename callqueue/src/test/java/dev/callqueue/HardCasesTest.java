package dev.callqueue;

import static dev.callqueue.Delays.LONG;
import static dev.callqueue.Delays.SHORT;
import static dev.callqueue.Eventually.eventually;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Promises at places where they are hard to keep; each of these has been broken once. */
class HardCasesTest {
    @AutoClose
    private final Threads threads = new Threads();

    @Test
    void anIteratorThatFailsLosesNoItem() {
        CallQueue queue = threads.closing(CallQueue.create());
        Iterator<Integer> failing = new Iterator<>() {
            private int read;

            @Override
            public boolean hasNext() {
                if (read == 2) {
                    throw new IllegalStateException("the third row cannot be read");
                }
                return true;
            }

            @Override
            public Integer next() {
                return ++read;
            }
        };
        Harvest<Integer, Integer> harvest = queue.harvest(() -> failing, n -> n);
        assertEquals(2, queue.receive(), "what was read before is submitted");
        assertEquals(1, harvest.take().result());
        assertEquals(2, harvest.take().result());
        assertThrows(IllegalStateException.class, harvest::take);
    }

    @Test
    void aRefusedInputLosesNoItemThatHasEnded() {
        CallQueue queue = threads.closing(CallQueue.builder().capacity(1).build());
        Harvest<Integer, Integer> harvest = queue.harvest(List.of(1, 2, 3), n -> n);
        queue.closeAndReceive();

        assertEquals(1, harvest.take().result());
        assertThrows(QueueClosedException.class, harvest::take);
        assertEquals(1, harvest.harvested());
    }

    @Test
    void lookingForItemsNeverWaitsForAPlace() {
        CallQueue queue = threads.closing(
                CallQueue.builder().capacity(1).whenFull(WhenFull.WAIT).build());
        queue.execute(() -> {});

        Harvest<Integer, Integer> harvest = queue.harvest(List.of(1, 2), n -> n);

        assertEquals(List.of(), harvest.next());
        assertFalse(harvest.isDone());
        queue.receive();
        harvest.next();
        assertEquals(1, queue.size());
    }

    @Test
    void whoLooksForItemsForALimitedTimeWaitsForAPlaceNoLonger() {
        var told = new Told();
        CallQueue queue = threads.closing(CallQueue.builder()
                .capacity(1)
                .whenFull(WhenFull.WAIT)
                .listener(told)
                .build());
        queue.execute(() -> {});
        Harvest<Integer, Integer> harvest = queue.harvest(List.of(1), n -> n);

        assertEquals(List.of(), harvest.next(Duration.ZERO));
        assertEquals(List.of(), harvest.next(SHORT));

        assertEquals(List.of(), told.unrun, "the input is only kept");
        queue.receive();
        harvest.next();
        queue.receive();
        assertEquals(1, harvest.take().input(), "nothing was lost");
    }

    @Test
    void anItemThatWasTakenIsHandedOutThoughTheNextInputIsRefused() {
        CallQueue queue = CallQueue.builder()
                .owner(Thread.currentThread())
                .capacity(2) // one call of a harvest at a time
                .build();
        Harvest<Integer, Integer> harvest = queue.harvest(List.of(1, 2), n -> n);
        queue.receive();
        queue.close();

        List<Harvest.Item<Integer, Integer>> items = harvest.next(LONG);

        assertEquals(List.of(1), items.stream().map(Harvest.Item::input).toList());
        assertThrows(QueueClosedException.class, () -> harvest.next(LONG));
    }

    @Test
    void theOwnLimitOfAHarvestsCallsIsKeptWhileItWaitsForAPlace() {
        CallQueue queue = threads.closing(
                CallQueue.builder().capacity(1).whenFull(WhenFull.WAIT).build());
        queue.execute(() -> {});
        Harvest<Integer, Integer> harvest = queue.within(SHORT).harvest(List.of(1), n -> n);

        assertThrows(CallTimeoutException.class, () -> harvest.next(LONG));
    }

    @Test
    void aStageThatBlocksHoldsUpNoOtherTimeLimit() {
        CallQueue queue = threads.closing(CallQueue.create());
        Gate gate = threads.gate();
        Call<Integer> blocking = queue.submit(() -> 1);
        blocking.whenComplete((value, failure) -> gate.pass());
        Watch.limit(blocking, 1);
        gate.awaitArrival();

        Call<Integer> other = queue.within(Duration.ofMillis(1)).submit(() -> 2);

        eventually(() -> assertEquals(Call.Phase.WITHDRAWN, other.phase()));
        gate.open();
    }

    @Test
    void aCallCompletedByAnExecutorNeverRunsAndWakesWhoWaits() {
        CallQueue queue = threads.closing(CallQueue.create());
        var ran = new AtomicInteger();
        Call<Integer> call = queue.submit(ran::incrementAndGet);
        var waiter = threads.start("waiter", () -> call.result()).awaitParked();

        call.completeAsync(() -> 7);

        assertEquals(7, waiter.result());
        assertEquals(0, queue.receive());
        assertEquals(0, ran.get());
    }

    @Test
    void anObtrudedOutcomeWakesWhoWaits() {
        CallQueue queue = threads.closing(CallQueue.create());
        Call<Integer> call = queue.submit(() -> 1);
        var waiter = threads.start("waiter", () -> call.result()).awaitParked();

        call.obtrudeValue(7);

        assertEquals(7, waiter.result());
        assertEquals(0, queue.size());
    }

    @Test
    void aCallWhoseExecutorHasNoValueForItFails() {
        Call<Integer> call = threads.closing(CallQueue.create()).submit(() -> 1);
        var failure = new IllegalStateException("no value");

        call.completeAsync(
                () -> {
                    throw failure;
                },
                Runnable::run);

        assertSame(failure, assertThrows(IllegalStateException.class, call::result));
        assertEquals(Call.Phase.WITHDRAWN, call.phase());
    }

    @Test
    void anObtrudedValueReplacesTheOutcome() {
        CallQueue queue = threads.closing(CallQueue.create());
        Call<Integer> ended = queue.submit(() -> 1);
        queue.receive();

        ended.obtrudeValue(7);

        assertEquals(7, ended.result());
    }

    @Test
    void anObtrudedFailureReplacesTheOutcome() {
        CallQueue queue = threads.closing(CallQueue.create());
        Call<Integer> ended = queue.submit(() -> 1);
        queue.receive();
        Call<Integer> waiting = queue.submit(() -> 2);
        var failure = new IllegalStateException("obtruded");

        ended.obtrudeException(failure);
        waiting.obtrudeException(failure);

        assertSame(failure, assertThrows(IllegalStateException.class, ended::result));
        assertSame(failure, assertThrows(IllegalStateException.class, waiting::result));
        assertEquals(0, queue.receive(), "what was ended by hand never runs");
    }

    @Test
    void whatHasNotFailedHasNoException() {
        CallQueue queue = threads.closing(CallQueue.create());
        Call<Integer> ended = queue.submit(() -> 1);
        queue.receive();
        Call<Integer> waiting = queue.submit(() -> 2);

        assertThrows(IllegalStateException.class, ended::exceptionNow);
        assertThrows(IllegalStateException.class, waiting::exceptionNow);
        waiting.cancel(false);
        assertThrows(IllegalStateException.class, waiting::exceptionNow);
    }

    @Test
    void theExceptionOfACallIsTheCauseOfACompletionException() {
        CallQueue queue = threads.closing(CallQueue.create());
        var cause = new IOException();
        var withoutCause = new CompletionException("by itself", null);
        Call<Integer> wrapped = queue.submit(() -> {
            throw new CompletionException(cause);
        });
        Call<Integer> bare = queue.submit(() -> {
            throw withoutCause;
        });
        queue.receive();

        assertSame(cause, wrapped.exceptionNow());
        assertSame(withoutCause, bare.exceptionNow());
    }

    @Test
    void aCallIsFailedWhenTheLoopEndsAfterAnEarlierOneWasWithdrawn() throws Exception {
        ExecutorService loop = Executors.newSingleThreadExecutor();
        CallQueue queue = threads.closing(CallQueue.on(loop, () -> false));
        Gate gate = threads.gate();
        loop.execute(gate::pass);
        gate.awaitArrival();
        queue.submit(() -> 1).withdraw();
        Call<Integer> call = queue.submit(() -> 2);

        loop.shutdownNow();
        gate.open();
        assertTrue(loop.awaitTermination(LONG.toMillis(), MILLISECONDS));

        assertThrows(OwnerGoneException.class, () -> call.result(LONG));
        queue.close();
        assertTrue(queue.asExecutorService().awaitTermination(LONG.toMillis(), MILLISECONDS));
    }

    @Test
    void aLoopWithAnotherFreeThreadIsNoDeadlock() {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        var inPool = ThreadLocal.withInitial(() -> false);
        CallQueue queue = threads.closing(CallQueue.on(
                task -> pool.execute(() -> {
                    inPool.set(true);
                    task.run();
                }),
                inPool::get));
        CallQueue other = threads.owner("other");
        queue.call(() -> {}); // makes one thread known

        var chain = new CompletableFuture<Integer>();
        pool.execute(() -> chain.complete(other.call(() -> queue.call(() -> 1))));

        assertEquals(1, chain.join());
        pool.shutdown();
    }

    @Test
    void anOwnerThatIsBeingStartedIsNotGone() {
        for (int i = 0; i < 500; i++) {
            var owner = new AtomicReference<CallQueue>();
            var thread = new Thread(() -> owner.get().receive());
            owner.set(CallQueue.builder().owner(thread).build());
            thread.start();
            try {
                owner.get().submit(() -> 1).withdraw();
            } catch (OwnerGoneException gone) {
                assertEquals(Thread.State.TERMINATED, thread.getState());
            }
        }
    }

    @Test
    void aRecursionThroughTwoQueuesEndsWithAnException() {
        CallQueue a = threads.closing(CallQueue.withConsumers(1));
        CallQueue b = threads.closing(CallQueue.withConsumers(1));

        var failure = assertThrows(CallException.class, () -> callBackAndForth(a, b));

        assertTrue(failure.getMessage().contains("nested more than 64 deep"), failure.getMessage());
        assertEquals(1, a.call(() -> b.call(() -> 1)), "both go on");
    }

    private static int callBackAndForth(CallQueue a, CallQueue b) {
        return a.call(() -> callBackAndForth(b, a));
    }

    @Test
    void anInterruptThatComesToAnIdleReceiverIsSeenByNoCall() {
        CallQueue queue = threads.closing(CallQueue.withConsumers(1));
        Thread consumer = queue.call(Thread::currentThread);
        for (int i = 0; i < 1_000; i++) {
            consumer.interrupt();
            assertFalse(queue.call(() -> Thread.currentThread().isInterrupted()));
        }
    }

    @Test
    void aCallIsWithdrawnInTimeAlthoughItsLoopCannotBeDescribed() {
        var loop = new Executor() {
            @Override
            public void execute(Runnable task) {}

            @Override
            public String toString() {
                throw new IllegalStateException("no name");
            }
        };
        CallQueue queue = CallQueue.on(loop, () -> false);

        Call<Integer> call = queue.within(SHORT).submit(() -> 1);

        assertTrue(assertThrows(CallTimeoutException.class, () -> call.result(LONG))
                .withdrawn());
        queue.closeNow();
    }

    @Test
    void interruptedTasksOfInvokeAllNeverRun() {
        CallQueue queue = threads.closing(CallQueue.create());
        List<Callable<Integer>> tasks = List.of(() -> 1, () -> 2);
        var caller = threads.start("caller", () -> queue.asExecutorService().invokeAll(tasks))
                .awaitParked();

        caller.thread().interrupt();

        assertEquals(InterruptedException.class, caller.failure().getClass());
        assertEquals(0, queue.size());
    }

    @Test
    void theLeastTimeoutMeansNotToWait() throws Exception {
        CallQueue queue = threads.closing(CallQueue.create());
        List<Callable<Integer>> tasks = List.of(() -> 1);

        assertTrue(queue.asExecutorService()
                .invokeAll(tasks, Long.MIN_VALUE, MILLISECONDS)
                .get(0)
                .isCancelled());
    }

    @Test
    void aLoopThatRunsAtOnceWhatItIsGivenRunsLongChainsOfCalls() {
        CallQueue direct = threads.closing(CallQueue.on(Runnable::run, () -> false));
        var left = new AtomicInteger(100_000);

        direct.execute(new Runnable() {
            @Override
            public void run() {
                if (left.decrementAndGet() > 0) {
                    direct.execute(this);
                }
            }
        });

        assertEquals(0, left.get());
    }

    @Test
    void anExceptionRaisedOutsideOfAReceiveLeavesTheClosingOneToo() {
        CallQueue mine = threads.closing(CallQueue.forCurrentThread());
        assertNull(mine.raising(Raise.RECEIVER).call(() -> {
            throw new IllegalStateException("stop");
        }));

        assertThrows(IllegalStateException.class, mine::closeAndReceive);
    }

    @Test
    void aLoopThatWaitsOutsideOfACallIsPartOfADeadlock() throws Exception {
        Threads.Loop loop = threads.loop("events");
        CallQueue events = threads.closing(CallQueue.on(loop.executor()::execute, loop::inLoop));
        CallQueue worker = threads.owner("worker");
        events.call(() -> {}); // so that the loop's thread is known
        Gate gate = threads.gate();
        Call<String> fromWorker = worker.submit(() -> {
            gate.pass();
            return events.call(() -> "of the loop");
        });
        gate.awaitArrival();
        var fromLoop = new CompletableFuture<String>();
        loop.executor().execute(() -> {
            try {
                fromLoop.complete(worker.call(() -> "of the worker"));
            } catch (CallDeadlockException deadlock) {
                fromLoop.complete("deadlock");
            }
        });
        eventually(() -> assertEquals(1, worker.size()));
        gate.open();

        String workers;
        try {
            workers = fromWorker.result();
        } catch (CallDeadlockException deadlock) {
            workers = "deadlock";
        }
        List<String> outcomes = List.of(workers, fromLoop.get(10, SECONDS));
        assertEquals(1, outcomes.stream().filter("deadlock"::equals).count(), outcomes.toString());
    }

    @Test
    void aStageThatBlocksDoesNotHoldUpTheHarvest() {
        CallQueue queue = threads.closing(CallQueue.withConsumers(2));
        Gate gate = threads.gate();
        var harvest = new Harvest<Integer, Integer>(queue);
        Gate begin = threads.hold(queue, 2);
        harvest.submit(1, input -> 1).thenRun(gate::pass);
        harvest.submit(2, input -> 2);
        begin.open();

        assertEquals(3, harvest.take().result() + harvest.take().result());
        gate.open();
    }

    @Test
    void whatAHarvestSubmitsAfterItsCloseIsWithdrawn() {
        var harvest = new Harvest<Integer, Integer>(threads.closing(CallQueue.create()));
        harvest.close();

        assertEquals(Call.Phase.WITHDRAWN, harvest.submit(1, input -> input).phase());
        assertTrue(harvest.take().call().isCancelled());
    }

    @Test
    void aFactoryWhoseThreadsDoNotRunWhatTheyAreGivenStrandsNobody() {
        CallQueue queue = threads.closing(CallQueue.builder()
                .consumers(2)
                .consumerThreads(ignored -> new Thread(() -> {}))
                .build());

        var gone = assertThrows(OwnerGoneException.class, () -> queue.call(() -> 1));

        assertTrue(gone.getMessage().contains("do not run what they are given"), gone.getMessage());
    }

    @Test
    void aCallBackToAThreadThatHasJustBegunToWaitNeedsNoPlaceInAFullQueue() {
        CallQueue full = threads.receiving(
                "full",
                () -> CallQueue.builder()
                        .owner(Thread.currentThread())
                        .capacity(1)
                        .waiting(Waiting.SPIN)
                        .build());
        CallQueue other = threads.owner("other");
        Gate gate = threads.gate();
        var onward = new CompletableFuture<Call<Integer>>();
        Call<Integer> chain = full.submit(() -> {
            Call<Integer> call = other.submit(() -> {
                gate.pass();
                full.execute(() -> {}); // fills it
                return full.call(() -> 7);
            });
            onward.complete(call);
            return call.result();
        });

        eventually(() -> assertEquals(1, Wait.waitingFor(onward.join()).size()));
        gate.open();

        assertEquals(7, chain.result());
    }

    @Test
    void tasksThatNeverBeganAreGivenBackAsTheyWere() {
        ExecutorService executor = threads.closing(CallQueue.create()).asExecutorService();
        Runnable task = () -> {};
        executor.execute(task);

        assertSame(task, executor.shutdownNow().get(0));
    }

    @Test
    void theDepthOfNestedCallsCanBeChosen() {
        CallQueue one = threads.receiving(
                "one",
                () -> CallQueue.builder()
                        .owner(Thread.currentThread())
                        .maxDepth(3)
                        .build());
        CallQueue other = threads.owner("other");

        var tooDeep = assertThrows(CallDepthException.class, () -> one.call(() -> pingPong(one, other)));

        assertTrue(tooDeep.getMessage().contains("more than 3 deep in thread 'one'"), tooDeep.getMessage());
    }

    private static int pingPong(CallQueue here, CallQueue there) {
        return there.call(() -> here.call(() -> pingPong(here, there)));
    }

    /** Fails once, in the middle of the end of a call, as anything may that needs memory. */
    private static final class OutOfMemory extends Follower {
        @Override
        void ended() {
            throw new OutOfMemoryError("of the test");
        }
    }

    @Test
    void aWithdrawnCallEndsThoughThereWasNoMemoryForItAtFirst() {
        CallQueue queue = threads.closing(CallQueue.create());
        Call<Integer> call = queue.submit(() -> 1);
        call.follow(new OutOfMemory());

        assertThrows(OutOfMemoryError.class, call::withdraw);

        assertThrows(CancellationException.class, () -> call.result(LONG));
        assertEquals(Call.Phase.WITHDRAWN, call.phase());
    }

    @Test
    void refusedCallsEndThoughThereWasNoMemoryForOneAtFirst() {
        CallQueue queue = threads.closing(CallQueue.create());
        List<Call<Integer>> calls = List.of(queue.submit(() -> 1), queue.submit(() -> 2));
        calls.get(0).follow(new OutOfMemory());

        assertThrows(OutOfMemoryError.class, queue::closeNow);

        for (Call<Integer> call : calls) {
            assertThrows(QueueClosedException.class, () -> call.result(LONG));
        }
    }

    @Test
    void aCallWhoseTimeIsOverEndsThoughThereWasNoMemoryForItAtFirst() {
        CallQueue queue = threads.closing(CallQueue.create());
        Call<Integer> call = queue.within(SHORT).submit(() -> 1);
        call.follow(new OutOfMemory());

        CallTimeoutException timeout = assertThrows(CallTimeoutException.class, () -> call.result(LONG));

        assertTrue(timeout.withdrawn());
        assertEquals(Call.Phase.WITHDRAWN, call.phase());
    }

    @Test
    void aCallThatIsNestedTooDeepEndsThoughThereWasNoMemoryForItAtFirst() {
        CallQueue queue =
                CallQueue.builder().owner(Thread.currentThread()).maxDepth(1).build();
        var tooDeep = new AtomicReference<Call<Integer>>();
        queue.execute(() -> {
            Call<Integer> call = queue.submit(() -> 1);
            tooDeep.set(call);
            call.follow(new OutOfMemory());
            assertThrows(OutOfMemoryError.class, call::result);
        });

        queue.receive();

        Call<Integer> call = tooDeep.get();
        assertThrows(CallDepthException.class, () -> call.result(LONG));
        assertEquals(0, queue.size());
    }

    @Test
    void theListenerIsToldOnceOfACallThatCouldNotBeEndedAtFirst() throws Exception {
        var told = new Told();
        CallQueue queue = threads.closing(CallQueue.builder().listener(told).build());
        Call<Integer> call = queue.submit(() -> 1);
        call.follow(new OutOfMemory());

        assertThrows(OutOfMemoryError.class, call::withdraw);

        eventually(() -> assertFalse(told.unrun.isEmpty()));
        assertEquals(1, told.unrun.size());
    }

    @Test
    void aCallThatIsCutOffIsWithdrawnThoughThereWasNoMemoryForItAtFirst() {
        CallQueue queue = threads.closing(CallQueue.create());
        Call<Integer> call = queue.submit(() -> 1);
        call.follow(new OutOfMemory());
        var reason = new CallInterruptedException("of the test", null);

        assertThrows(OutOfMemoryError.class, () -> call.cutOff(true).because(reason));

        assertSame(reason, assertThrows(CallInterruptedException.class, () -> call.result(LONG)));
        assertEquals(Call.Phase.WITHDRAWN, call.phase());
        assertEquals(0, queue.size());
    }

    @Test
    void theOutcomeOfACallThatIsCutOffIsALateOneThoughThereWasNoMemoryForItAtFirst() throws Exception {
        var late = new LinkedBlockingQueue<Object>();
        Gate gate = threads.gate();
        CallQueue queue = threads.closing(
                CallQueue.builder().consumers(1).onLateResult(late::add).build());
        Call<String> call = queue.submit(() -> {
            gate.pass();
            return "late";
        });
        gate.awaitArrival();
        call.follow(new OutOfMemory());
        var reason = new CallInterruptedException("of the test", null);

        assertThrows(OutOfMemoryError.class, () -> call.cutOff(true).because(reason));

        assertSame(reason, assertThrows(CallInterruptedException.class, () -> call.result(LONG)));
        gate.open();
        assertEquals("late", late.poll(LONG.toMillis(), MILLISECONDS));
    }

    /** Makes calls that nobody receives, where the stack ends, and on the way back from there. */
    private static final class Descent implements Runnable {
        private static final int STACK_BYTES = 256 * 1024;

        private final CallTarget target;
        private final CallTarget.Op<Integer, RuntimeException> op = () -> 1;
        private int inTime;
        int overflows;

        /** Makes a first call, as a class that cannot be initialized where the stack ends is lost for ever. */
        Descent(CallTarget target) {
            this.target = target;
            assertThrows(CallTimeoutException.class, () -> target.call(op));
        }

        @Override
        @SuppressWarnings("InfiniteRecursion") // that is the point
        public void run() {
            try {
                run();
            } catch (StackOverflowError end) {
                overflows++;
            }
            if (inTime < 10) {
                try {
                    target.call(op);
                } catch (StackOverflowError end) {
                    overflows++;
                } catch (CallTimeoutException e) {
                    inTime++;
                }
            }
        }
    }

    /** There is but a little room where a call can be let in, and then nothing can be done about it. */
    @Test
    void aCallerWhoseStackIsUsedUpLeavesHardlyACallBehind() throws Exception {
        CallQueue queue = threads.closing(CallQueue.create());
        Descent descent = new Descent(queue.within(Duration.ofMillis(1)));
        Thread thread = new Thread(null, descent, "small stack", Descent.STACK_BYTES);

        thread.start();
        thread.join();

        assertTrue(descent.overflows > 10, descent.overflows + " overflows");
        eventually(() -> assertTrue(queue.size() <= 20, queue.size() + " of " + descent.overflows));
    }

    /** Fails so often before it succeeds. */
    private static final class Failing extends Ending {
        final CountDownLatch ended = new CountDownLatch(1);
        private final AtomicInteger failures;

        Failing(int failures) {
            this.failures = new AtomicInteger(failures);
        }

        @Override
        void attempt() {
            if (failures.getAndDecrement() > 0) {
                throw new OutOfMemoryError("of the test");
            }
            ended.countDown();
        }
    }

    @Test
    void endingsThatFailAreAttemptedUntilTheyDoNot() throws Exception {
        List<Failing> endings = List.of(new Failing(1), new Failing(3), new Failing(2));

        for (Failing each : endings) {
            assertThrows(OutOfMemoryError.class, each::run);
        }

        for (Failing each : endings) {
            assertTrue(each.ended.await(LONG.toMillis(), MILLISECONDS));
            assertEquals(-1, each.failures.get(), "and not once more");
        }
    }

    @Test
    void anEndingThatBlocksHoldsUpNoOther() throws Exception {
        Gate gate = threads.gate();
        AtomicInteger attempts = new AtomicInteger();
        Ending blocking = new Ending() {
            @Override
            void attempt() {
                if (attempts.getAndIncrement() == 0) {
                    throw new OutOfMemoryError("of the test");
                }
                gate.pass();
            }
        };
        assertThrows(OutOfMemoryError.class, blocking::run);
        gate.awaitArrival();
        Failing other = new Failing(1);

        assertThrows(OutOfMemoryError.class, other::run);

        assertTrue(other.ended.await(LONG.toMillis(), MILLISECONDS));
        gate.open();
    }
}
