package dev.callqueue;

import static dev.callqueue.Delays.LONG;
import static dev.callqueue.Eventually.awaitCollected;
import static dev.callqueue.Eventually.awaitSize;
import static dev.callqueue.Eventually.eventually;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What becomes of calls when whoever should have run them is gone. */
class OwnerGoneTest {
    @AutoClose
    private final Threads threads = new Threads();

    /** A queue whose owner does this and ends. */
    private CallQueue ownedBy(Threads.Body life) {
        var made = new CompletableFuture<CallQueue>();
        threads.start("owner", () -> {
            made.complete(CallQueue.forCurrentThread());
            life.run();
        });
        return threads.closing(made.join());
    }

    private static void awaitOwnerGone(CallQueue queue) {
        eventually(() -> assertThrows(OwnerGoneException.class, () -> queue.execute(() -> {})));
    }

    @Test
    void aQueueWhoseOwnerHasEndedRefusesEveryCall() {
        CallQueue queue = ownedBy(() -> {});
        awaitOwnerGone(queue);

        assertThrows(OwnerGoneException.class, () -> queue.call(() -> 1));
        assertThrows(OwnerGoneException.class, () -> queue.submit(() -> 1));
        assertThrows(RejectedExecutionException.class, () -> queue.execute(() -> {}));
        assertEquals("alternative", queue.callOrElse("alternative", () -> "never"));
    }

    @Test
    void whoWaitsForAPlaceWhenTheOwnerEndsIsTold() {
        var made = new CompletableFuture<CallQueue>();
        Gate gate = threads.gate();
        threads.start("owner", () -> {
            made.complete(CallQueue.builder()
                    .owner(Thread.currentThread())
                    .capacity(1)
                    .whenFull(WhenFull.WAIT)
                    .build());
            gate.pass();
        });
        CallQueue queue = threads.closing(made.join());
        queue.execute(() -> {});
        List<Threads.Started<Call<Integer>>> callers = IntStream.range(0, 3)
                .mapToObj(i -> threads.start("caller " + i, () -> queue.submit(() -> i))
                        .awaitParked())
                .toList();

        gate.open();

        callers.forEach(caller ->
                assertEquals(OwnerGoneException.class, caller.failure().getClass()));
    }

    @Test
    void aLimitedExecuteThatHasRunLeavesNothingToWatch() {
        CallQueue queue = threads.closing(CallQueue.withConsumers(1));
        Threads.awaitNoWatch();

        queue.within(Duration.ofHours(1)).execute(() -> {});
        queue.call(() -> {});
        queue.close();

        Threads.awaitNoWatch();
    }

    @Test
    void theExceptionReportsOnTheQueue() {
        CallQueue queue = ownedBy(() -> {});
        awaitOwnerGone(queue);

        assertNotNull(assertThrows(OwnerGoneException.class, () -> queue.call(() -> 1))
                .report());
    }

    @Test
    void aCallerIsReleasedWhenTheOwnerEnds() {
        Gate life = threads.gate();
        CallQueue queue = ownedBy(life::pass);
        var caller = threads.start("caller", () -> queue.call(() -> 1));
        var pumping = threads.start(
                "pumping caller", () -> queue.pumping(Thread::onSpinWait).call(() -> 1));
        var limited = threads.start(
                "limited caller", () -> queue.within(LONG.multipliedBy(2)).call(() -> 1));
        awaitSize(queue, 3);

        life.open();

        assertEquals(OwnerGoneException.class, caller.failure().getClass());
        assertEquals(OwnerGoneException.class, pumping.failure().getClass());
        assertEquals(OwnerGoneException.class, limited.failure().getClass());
        assertEquals(0, queue.size());
    }

    @Test
    void aSubmittedCallFailsWhenTheOwnerEndsThoughNobodyWaits() {
        Gate life = threads.gate();
        CallQueue queue = ownedBy(life::pass);
        CompletableFuture<Integer> dependent = queue.submit(() -> 1).thenApply(value -> value + 1);

        life.open();

        var failure = assertThrows(
                CompletionException.class,
                () -> dependent.orTimeout(LONG.toMillis(), MILLISECONDS).join());
        assertEquals(OwnerGoneException.class, failure.getCause().getClass());
    }

    @Test
    void aCallOfAGoneOwnerHasFailed() {
        Gate life = threads.gate();
        CallQueue queue = ownedBy(life::pass);
        Call<Integer> call = queue.submit(() -> 1);

        life.open();

        assertThrows(OwnerGoneException.class, call::result);
        assertEquals(Call.Phase.FAILED, call.phase());
    }

    @Test
    void whatWaitsBehindACallThatEndsItsOwnerFails() {
        Gate life = threads.gate();
        var made = new CompletableFuture<CallQueue>();
        var owner = threads.start("owner", () -> {
            var queue = CallQueue.forCurrentThread();
            made.complete(queue);
            life.pass();
            queue.receiveUntilClosed();
        });
        CallQueue queue = threads.closing(made.join());
        queue.raising(Raise.RECEIVER).execute(() -> {
            throw new IllegalStateException("the end");
        });
        Call<Integer> behind = queue.submit(() -> 1);

        life.open();

        assertEquals(IllegalStateException.class, owner.failure().getClass());
        assertThrows(OwnerGoneException.class, behind::result);
    }

    @Test
    void aCallWhoseOwnerWasInterruptedOutOfItsLoopFails() {
        var owned = new CompletableFuture<CallQueue>();
        var owner = threads.start("owner", () -> {
            owned.complete(CallQueue.forCurrentThread());
            owned.join().receiveUntilClosed();
        });
        CallQueue queue = threads.closing(owned.join());
        owner.awaitParked().thread().interrupt();
        assertEquals(InterruptedException.class, owner.failure().getClass());
        awaitOwnerGone(queue);

        assertFalse(queue.isClosed());
        assertThrows(OwnerGoneException.class, () -> queue.call(() -> 1));
    }

    @Test
    void anOwnerThatHasNotBegunIsNotGone() {
        var made = new CompletableFuture<CallQueue>();
        var owner = new Thread(() -> {
            try {
                made.join().receiveUntilClosed();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        CallQueue queue = threads.closing(CallQueue.builder().owner(owner).build());
        made.complete(queue);
        Call<Thread> submitted = queue.submit(Thread::currentThread);
        var caller = threads.start("caller", () -> queue.call(() -> 1)).awaitParked();
        assertFalse(submitted.isDone());

        owner.start();

        assertEquals(owner, submitted.result());
        assertEquals(1, caller.result());
    }

    @Test
    void theThreadThatWatchesOverOwnersLivesOnlyWhileThereIsSomethingToWatch() {
        CallQueue queue = ownedBy(threads.gate()::pass);
        threads.start("caller", () -> assertThrows(QueueClosedException.class, () -> queue.call(() -> 1)))
                .awaitParked();

        queue.closeNow();

        Threads.awaitNoWatch();
    }

    @Test
    void whoRunsTheCallsIsLookedAtAgainAndAgainWhileOneWaits() {
        Gate looks = threads.gate();
        looks.open(); // it only counts
        var ended = new AtomicBoolean();
        var loop = new ThreadPoolExecutor(1, 1, 0, SECONDS, new LinkedBlockingQueue<>()) {
            @Override
            public void execute(Runnable task) {}

            @Override
            public boolean isTerminated() {
                if (Thread.currentThread().getName().startsWith(Threads.WATCH)) {
                    looks.pass();
                }
                return ended.get();
            }
        };
        CallQueue queue = threads.closing(CallQueue.on(loop, () -> false));
        Call<Integer> call = queue.submit(() -> 1);
        looks.awaitArrivals(3);

        ended.set(true);

        assertThrows(OwnerGoneException.class, () -> call.result(LONG));
    }

    @Test
    void aQueueWhoseOwnerHasEndedIsWatchedNoLonger() {
        WeakReference<Core> core = useAndOutlive();

        awaitCollected(core);
    }

    private WeakReference<Core> useAndOutlive() {
        Gate life = threads.gate();
        var owner = threads.start("owner", life::pass); // which keeps no queue
        CallQueue queue = CallQueue.builder().owner(owner.thread()).build();
        Call<Integer> call = queue.submit(() -> 1);
        life.open();
        assertThrows(OwnerGoneException.class, call::result);
        return new WeakReference<>(queue.core());
    }

    // queues that nobody refers to any more

    @Test
    void whatWaitsInAQueueThatNobodyRefersToFails() {
        var dependent = submitAndForget();

        Throwable[] seen = new Throwable[1];
        eventually(() -> {
            System.gc();
            assertTrue(dependent.isDone());
            seen[0] = dependent.join();
        });

        assertEquals(OwnerGoneException.class, seen[0].getClass());
    }

    private static CompletableFuture<Throwable> submitAndForget() {
        return CallQueue.create().submit(() -> 1).handle((value, thrown) -> thrown);
    }

    @Test
    void aCallOfAHarvestDoesNotKeepAQueueThatNobodyRefersTo() {
        Call<Integer> submitted = new Harvest<Integer, Integer>(CallQueue.create()).submit(1, n -> n);
        Call<Integer> read = callOfHarvestedInput();

        for (Call<Integer> call : List.of(submitted, read)) {
            eventually(() -> {
                System.gc();
                assertTrue(call.isDone());
            });
            assertThrows(OwnerGoneException.class, call::result);
            assertEquals(Call.Phase.FAILED, call.phase());
        }
    }

    /** The call that a harvest makes of its input, without the harvest. */
    private static Call<Integer> callOfHarvestedInput() {
        CallQueue queue = CallQueue.create();
        Harvest<Integer, Integer> harvest = queue.harvest(List.of(1), n -> n);
        @SuppressWarnings("unchecked") // it is the only one
        Call<Integer> call = (Call<Integer>) queue.core().head(1).get(0);
        assertFalse(harvest.isDone());
        return call;
    }

    @Test
    void aQueueThatNobodyRefersToIsCollectedThoughItsOwnerLives() {
        WeakReference<CallQueue> queue = makeUseAndForget();

        awaitCollected(queue);
    }

    private static WeakReference<CallQueue> makeUseAndForget() {
        CallQueue queue = CallQueue.forCurrentThread();
        queue.execute(() -> {});
        queue.receive();
        return new WeakReference<>(queue);
    }
}
