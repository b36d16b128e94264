package dev.callqueue;

import static dev.callqueue.Delays.LONG;
import static dev.callqueue.Delays.SHORT;
import static dev.callqueue.Eventually.awaitCollected;
import static dev.callqueue.Eventually.awaitSize;
import static dev.callqueue.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Queues whose calls run on a loop of somebody else, which knows Runnables only. */
class LoopTest {
    @AutoClose
    private final Threads threads = new Threads();

    private final Threads.Loop loop = threads.loop("loop");
    private final CallQueue queue = threads.closing(CallQueue.on(loop.executor(), loop::inLoop));

    @Test
    void callsRunInTheLoop() {
        assertTrue(queue.call(loop::inLoop));
        assertTrue(queue.call(queue::isTargetThread));
        assertFalse(queue.isTargetThread());
    }

    @Test
    void aCallFromTheLoopsOwnWorkRunsAtOnce() throws Exception {
        Thread ran =
                loop.executor().submit(() -> queue.call(Thread::currentThread)).get();

        assertSame(queue.call(Thread::currentThread), ran);
    }

    @Test
    void aLoopMayRefuseWithAnExceptionThatDoesNotTellWhatItIs() {
        var failure = new RejectedExecutionException() {
            @Override
            public String toString() {
                throw new UnsupportedOperationException("not told");
            }
        };
        CallQueue other = threads.closing(CallQueue.on(
                task -> {
                    throw failure;
                },
                () -> false));

        assertSame(
                failure,
                assertThrows(OwnerGoneException.class, () -> other.call(() -> 7))
                        .getCause());
        assertEquals(0, other.size());
    }

    /** A queue where a call waits, on a loop that has run nothing yet and has refused to be given more, for a moment. */
    private CallQueue onLoopThatCouldNotBeAskedOnce(List<Runnable> given) {
        var full = new AtomicBoolean();
        CallQueue other = threads.closing(CallQueue.on(
                task -> {
                    if (full.get()) {
                        throw new RejectedExecutionException("full");
                    }
                    given.add(task);
                },
                () -> false));
        other.execute(() -> {});
        assertEquals(1, given.size());

        full.set(true);
        assertNotNull(other.core().servers().start());
        full.set(false);
        return other;
    }

    @Test
    void aLoopIsAskedAgainForWhatWaitsThoughNoOtherCallComes() {
        List<Runnable> given = new CopyOnWriteArrayList<>();
        CallQueue other = onLoopThatCouldNotBeAskedOnce(given);

        other.core().summons().later();

        eventually(() -> assertEquals(2, given.size()));
        Servers servers = other.core().servers();
        assertFalse(other.core().locked(servers::needsWatch), "it would not tell that it has ended");
    }

    @Test
    void aPoolMayMakeASecretOfItsQueue() {
        ExecutorService secretive = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
            @Override
            public LinkedBlockingQueue<Runnable> getQueue() {
                throw new UnsupportedOperationException("a secret");
            }
        };
        CallQueue other = threads.closing(CallQueue.on(secretive, () -> false));

        assertEquals(7, other.within(LONG).call(() -> 7));

        other.close();
        secretive.shutdownNow();
    }

    @Test
    void aLoopThatCouldNotBeAskedOnceIsAskedForTheNextCall() {
        List<Runnable> given = new ArrayList<>();
        CallQueue other = onLoopThatCouldNotBeAskedOnce(given);

        other.execute(() -> {});

        assertEquals(2, given.size());
    }

    @Test
    void theLoopsOwnWorkCanWaitForItsSubmits() throws Exception {
        assertEquals(
                1, loop.executor().submit(() -> queue.submit(() -> 1).result()).get());
    }

    @Test
    void theLoopGetsToItsOwnWorkHoweverManyCallsCome() throws Exception {
        var stop = new AtomicBoolean();
        queue.execute(() -> again(stop));

        assertEquals(1, loop.executor().submit(() -> 1).get());
        stop.set(true);
    }

    private void again(AtomicBoolean stop) {
        if (!stop.get()) {
            queue.execute(() -> again(stop));
        }
    }

    @Test
    void closingTheQueueRunsWhatWaitsAndLeavesTheLoopAlone() throws Exception {
        Gate gate = threads.hold(queue, 1);
        List<Call<Integer>> calls =
                IntStream.range(0, 5).mapToObj(i -> queue.submit(() -> i)).toList();

        queue.close();
        gate.open();

        for (int i = 0; i < 5; i++) {
            assertEquals(i, calls.get(i).result());
        }
        assertEquals(1, loop.executor().submit(() -> 1).get());
    }

    @Test
    void aFailureNobodyCanSeeDoesNotEndTheLoop() {
        Thread thread = queue.call(Thread::currentThread);
        var reported = new CompletableFuture<Throwable>();
        thread.setUncaughtExceptionHandler((which, thrown) -> reported.complete(thrown));
        var failure = new IllegalStateException("nobody waits");

        queue.execute(() -> {
            throw failure;
        });

        assertSame(failure, reported.join());
        assertSame(thread, queue.call(Thread::currentThread));
    }

    // loops that refuse

    @Test
    void aLoopThatHasEndedRefusesEveryCall() {
        loop.executor().shutdown();

        assertThrows(OwnerGoneException.class, () -> queue.call(() -> 1));
        assertThrows(OwnerGoneException.class, () -> queue.submit(() -> 1));
        assertThrows(OwnerGoneException.class, () -> queue.execute(() -> {}));
        assertEquals(0, queue.size());
    }

    @Test
    void aLoopThatEndsWithCallsStillToRunFailsThem() {
        Gate gate = threads.gate();
        loop.executor().execute(gate::pass);
        Call<Integer> call = queue.submit(() -> 1);
        var caller = threads.start("caller", () -> queue.call(() -> 2));
        awaitSize(queue, 2);

        loop.executor().shutdownNow();
        gate.open();

        assertThrows(OwnerGoneException.class, () -> call.result(LONG));
        assertEquals(OwnerGoneException.class, caller.failure().getClass());
    }

    @Test
    void aLoopThatRefusesOnceServesTheNextCall() {
        var refusing = new AtomicBoolean(true);
        CallQueue moody = threads.closing(CallQueue.on(
                task -> {
                    if (refusing.getAndSet(false)) {
                        throw new RejectedExecutionException("not now");
                    }
                    loop.executor().execute(task);
                },
                loop::inLoop));

        assertThrows(RejectedExecutionException.class, () -> moody.call(() -> 1));
        assertEquals(0, moody.size());
        assertEquals(2, moody.call(() -> 2));
    }

    @Test
    void aCallThatItsLoopRefusesIsRefusedHoweverItIsMade() {
        CallQueue refused = threads.closing(CallQueue.on(
                task -> {
                    throw new RejectedExecutionException("never");
                },
                () -> false));

        assertThrows(OwnerGoneException.class, () -> refused.call(() -> 1));
        assertThrows(OwnerGoneException.class, () -> refused.submit(() -> 1));
        assertThrows(OwnerGoneException.class, () -> refused.execute(() -> {}));
        assertEquals(0, refused.size());
    }

    // loops of unusual kinds

    @Test
    void aLoopThatRunsEverythingAtOnceWorks() {
        CallQueue direct = threads.closing(CallQueue.on(Runnable::run, () -> false));

        assertSame(Thread.currentThread(), direct.call(Thread::currentThread));
        assertEquals(1, direct.submit(() -> 1).result());
        assertEquals(2, direct.call(() -> direct.submit(() -> 2).result()));
    }

    @Test
    void aThreadThatIsItsOwnLoopRunsCallsAtOnce() {
        CallQueue mine = threads.closing(CallQueue.on(Runnable::run, () -> true));

        assertSame(Thread.currentThread(), mine.call(Thread::currentThread));
        assertEquals(2, mine.call(() -> mine.submit(() -> 2).result()));
    }

    @Test
    void aThreadThatIsItsOwnLoopDoesNotWaitForOneThatReceivesBeside() {
        CallQueue mine = threads.closing(CallQueue.on(Runnable::run, () -> true));
        var beside = threads.start("beside", () -> mine.receive(LONG)).awaitParked();
        Gate gate = threads.gate();
        Call<?> held = mine.submit(gate::pass);
        gate.awaitArrival();

        assertTrue(mine.submit(() -> 2).isDone());

        gate.open();
        held.result(); // which fails if it stood there for too long
        assertEquals(1, beside.result());
    }

    @Test
    void aLoopTurnedByHandRunsCallsWhenItIsTurned() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        CallQueue turned = threads.closing(CallQueue.on(tasks::add, () -> true));
        var order = new ArrayList<Integer>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            turned.execute(() -> order.add(number));
        }

        assertEquals(List.of(), order);
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
        assertEquals(List.of(0, 1, 2, 3, 4), order);
        assertEquals(0, turned.size());
    }

    @Test
    void anExceptionRaisedInTheReceiverReachesTheLoopAndTheCallsBehindAreRun() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        CallQueue turned = threads.closing(CallQueue.on(tasks::add, () -> true));
        var failure = new IllegalStateException("raised in the loop");
        var ran = new AtomicInteger();
        turned.raising(Raise.RECEIVER).execute(() -> {
            throw failure;
        });
        turned.execute(ran::incrementAndGet);

        assertSame(
                failure,
                assertThrows(IllegalStateException.class, () -> tasks.remove().run()));
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
        assertEquals(1, ran.get());
    }

    @Test
    void aLoopOfSeveralThreadsWorks() {
        Set<Thread> members = ConcurrentHashMap.newKeySet();
        ExecutorService pool = Executors.newFixedThreadPool(2, body -> {
            var thread = new Thread(body, "one of the loop");
            members.add(thread);
            return thread;
        });
        CallQueue pooled = threads.closing(CallQueue.on(pool, () -> members.contains(Thread.currentThread())));

        List<Call<Integer>> calls = IntStream.range(0, 100)
                .mapToObj(i -> pooled.submit(() -> pooled.submit(() -> i).result()))
                .toList();

        for (int i = 0; i < 100; i++) {
            assertEquals(i, calls.get(i).result());
        }
        pool.shutdown();
    }

    @Test
    void onlyTheLoopReceives() throws Exception {
        Gate gate = threads.gate();
        loop.executor().execute(gate::pass);
        queue.execute(() -> {});

        assertThrows(IllegalStateException.class, queue::receive);
        assertThrows(IllegalStateException.class, () -> queue.receive(SHORT));
        assertThrows(IllegalStateException.class, queue::receiveUntilClosed);
        assertThrows(IllegalStateException.class, queue::closeAndReceive);
        assertEquals(1, queue.size());
        assertFalse(queue.isClosed());
        gate.open();
        assertEquals(0, loop.executor().submit(() -> queue.receive()).get());
    }

    @Test
    void whatTheLoopsOwnWorkRaisesLeavesTheLoopByTheNextThingItRuns() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        CallQueue turned = threads.closing(CallQueue.on(tasks::add, () -> true));
        CallTarget raising = turned.raising(Raise.RECEIVER);
        var first = new IllegalStateException("first");
        var second = new IllegalStateException("second");
        for (var failure : List.of(first, second)) {
            raising.call(() -> {
                throw failure;
            });
        }

        assertEquals(1, tasks.size());
        assertSame(
                first,
                assertThrows(IllegalStateException.class, () -> tasks.remove().run()));
        assertEquals(List.of(second), List.of(first.getSuppressed()));
        tasks.forEach(Runnable::run);
    }

    @Test
    void aLoopIsAskedToRunSomethingSoonThatTheRaisedCanLeave() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        CallQueue turned = threads.closing(CallQueue.on(tasks::add, () -> true));
        var failure = new IllegalStateException("raised outside of any receive");

        turned.raising(Raise.RECEIVER).call(() -> {
            throw failure;
        });

        assertEquals(1, tasks.size());
        assertSame(
                failure,
                assertThrows(IllegalStateException.class, () -> tasks.remove().run()));
    }

    @Test
    void whatIsRaisedInALoopThatRunsEverythingAtOnceIsNoConcernOfTheCaller() {
        CallQueue direct = threads.closing(CallQueue.on(Runnable::run, () -> false));
        var failure = new IllegalStateException("raised in the receiver");
        var reported = new CompletableFuture<Throwable>();
        var caller = threads.start("caller", () -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> reported.complete(thrown));
            direct.raising(Raise.RECEIVER).execute(() -> {
                throw failure;
            });
            return direct.call(() -> "goes on");
        });

        assertEquals("goes on", caller.result());
        assertSame(failure, reported.getNow(null));
    }

    /** As a modal dialog does. */
    @Test
    void aCallMayRunALoopInsideOfTheLoop() {
        var tasks = new LinkedBlockingQueue<Runnable>();
        var ended = new AtomicBoolean();
        var screen = threads.start("screen", () -> {
            while (!ended.get()) {
                tasks.take().run();
            }
        });
        CallQueue ui = threads.closing(CallQueue.on(tasks::add, () -> Thread.currentThread() == screen.thread()));
        var disposed = new AtomicBoolean();
        Call<Void> modal = ui.submit(() -> {
            while (!disposed.get()) {
                tasks.take().run();
            }
        });

        assertEquals(50, ui.within(LONG).call(() -> 50));
        assertFalse(modal.isDone());
        ui.execute(() -> disposed.set(true));

        modal.result(LONG);
        assertEquals(1, ui.within(LONG).call(() -> 1), "goes on");
        ui.execute(() -> ended.set(true));
        screen.result();
    }

    @Test
    void whoComesWhileAQueueIsClosedAndItsLoopEndsIsToldThatItIsClosed() {
        var queue = new AtomicReference<CallQueue>();
        ExecutorService ending = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
            @Override
            public boolean isTerminated() {
                queue.get().close();
                return true;
            }
        };
        queue.set(CallQueue.on(ending, () -> false));

        assertThrows(QueueClosedException.class, () -> queue.get().submit(() -> 1));
    }

    /** A user interface that was ended and started again, say. */
    @Test
    void aChainComesBackToTheThreadThatHasTakenThePlaceOfTheLoopsFirst() throws Exception {
        var tasks = new LinkedBlockingQueue<Runnable>();
        var inLoop = ThreadLocal.withInitial(() -> false);
        CallQueue ui = threads.closing(CallQueue.on(tasks::add, inLoop::get));
        CallQueue other = threads.owner("other");
        ui.execute(() -> {});
        var first = threads.start("first", () -> {
            inLoop.set(true);
            tasks.take().run();
        });
        first.result();

        var second = threads.start("second", () -> {
            inLoop.set(true);
            return other.call(() -> ui.call(Thread::currentThread));
        });

        assertSame(second.thread(), second.result());
    }

    @Test
    void whatALoopRunsAtOnceDoesNotNestThoughItIsRaised() {
        CallQueue direct = threads.closing(CallQueue.on(Runnable::run, () -> false));
        int calls = 10_000;
        var ran = new AtomicInteger();
        Gate gate = threads.gate();
        var runner = threads.start("runner", () -> {
            direct.execute(gate::pass);
            return "goes on";
        });
        gate.awaitArrival();
        for (int i = 0; i < calls; i++) {
            direct.raising(Raise.RECEIVER).execute(() -> {
                ran.incrementAndGet();
                throw new IllegalStateException("raised");
            });
        }
        runner.thread().setUncaughtExceptionHandler((thread, failure) -> {});

        gate.open();

        assertEquals("goes on", runner.result());
        assertEquals(calls, ran.get());
    }

    @Test
    void aDrainThatWillFindNothingNeedNotBeAwaitedByTheEndOfTheQueue() throws Exception {
        Gate busy = threads.gate();
        CallQueue queue = threads.closing(CallQueue.on(loop.executor()::execute, loop::inLoop));
        loop.executor().execute(busy::pass);
        busy.awaitArrival();
        Call<Integer> first = queue.submit(() -> 1);
        Call<Integer> second = queue.submit(() -> 2);
        var terminated = new CompletableFuture<Boolean>();
        loop.executor().execute(() -> {
            queue.close();
            try {
                terminated.complete(queue.asExecutorService().awaitTermination(LONG.toMillis(), TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                terminated.completeExceptionally(e);
            }
        });
        busy.open();

        assertTrue(terminated.join());
        assertEquals(3, first.result() + second.result());
    }

    /** As deep as that, calls that come back would be refused. */
    @Test
    void callsThatRunTheLoopOfTheLoopDoNotNestForEver() {
        var tasks = new LinkedBlockingQueue<Runnable>();
        CallQueue ui = threads.closing(
                CallQueue.builder().on(tasks::add, () -> true).maxDepth(8).build());
        var depth = new AtomicInteger();
        var deepest = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            threads.start(
                            "caller",
                            () -> ui.execute(() -> {
                                deepest.accumulateAndGet(depth.incrementAndGet(), Math::max);
                                for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
                                    next.run();
                                }
                                depth.decrementAndGet();
                            }))
                    .result();
        }
        for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
            next.run();
        }

        assertEquals(0, ui.size());
        assertTrue(deepest.get() > 1 && deepest.get() <= 8, "as deep as " + deepest);
    }

    @Test
    void aLoopThatRunsAtOnceWhatItsOwnThreadGivesItQueuesASubmitAllTheSame() {
        CallQueue direct = threads.closing(CallQueue.on(
                task -> {
                    if (loop.inLoop()) {
                        task.run();
                    } else {
                        loop.executor().execute(task);
                    }
                },
                loop::inLoop));

        Call<Integer> inside = direct.call(() -> {
            Call<Integer> submitted = direct.submit(() -> 1);
            assertFalse(submitted.isDone());
            return submitted;
        });

        assertEquals(1, inside.result());
    }

    @Test
    void aPoolInDisguiseRunsOneCallAtATimeToo() {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        var inPool = ThreadLocal.withInitial(() -> false);
        CallQueue disguised = threads.closing(CallQueue.on(
                task -> pool.execute(() -> {
                    inPool.set(true);
                    task.run();
                    inPool.remove();
                }),
                inPool::get));
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        for (int i = 0; i < 10_000; i++) {
            disguised.execute(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                Thread.yield();
                running.decrementAndGet();
            });
        }
        disguised.call(() -> {});

        assertEquals(1, most.get());
        pool.shutdown();
    }

    @Test
    void aForkJoinPoolIsALoopToo() {
        var pool = new ForkJoinPool(1);
        CallQueue pooled = threads.closing(CallQueue.on(pool, () -> ForkJoinTask.getPool() == pool));

        assertSame(pool, pooled.call(() -> ForkJoinTask.getPool()));
        assertEquals(1, pooled.call(() -> pooled.submit(() -> 1).result()));
        pool.shutdown();
    }

    @Test
    void aLoopRunsTheCallsOfAQueueThatNobodyRefersTo() {
        Gate gate = threads.gate();
        loop.executor().execute(gate::pass);
        var call = new AtomicReference<Call<Integer>>();
        awaitCollected(submitAndForget(call));

        gate.open();

        assertEquals(1, call.get().result());
    }

    private WeakReference<CallQueue> submitAndForget(AtomicReference<Call<Integer>> call) {
        CallQueue queue = CallQueue.on(loop.executor(), loop::inLoop);
        call.set(queue.submit(() -> 1));
        return new WeakReference<>(queue);
    }
}
