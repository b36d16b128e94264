package dev.callqueue;

import static dev.callqueue.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Who runs a queue's calls: which threads that may be, and whether any is left when some are stuck. */
class ServersTest {
    @AutoClose
    private final Threads threads = new Threads();

    private static boolean canServeThough(CallQueue queue, Thread... stuck) {
        return queue.core().servers().canServeWithout(List.of(stuck)::contains, true);
    }

    private static boolean mayInclude(CallQueue queue, Thread thread) {
        return queue.core().servers().mayInclude(thread);
    }

    private static Set<Thread> candidates(CallQueue queue) {
        return Set.copyOf(queue.core().servers().candidates(Set.of()));
    }

    private static int window(CallQueue.Builder builder) {
        return builder.build().core().window();
    }

    @Test
    void whoMayReceiveReceivesSoonAndIsNoOtherThanWhoDoes() {
        CallQueue queue = threads.closing(CallQueue.create());
        var receiver = threads.start("receiver", queue::receiveUntilClosed);
        Thread inside = queue.call(Thread::currentThread);

        assertSame(receiver.thread(), inside);
        assertTrue(mayInclude(queue, inside));
        assertFalse(mayInclude(queue, Thread.currentThread()));
        assertFalse(mayInclude(queue, null));
        assertEquals(Set.of(inside), candidates(queue));
        assertTrue(canServeThough(queue, inside), "another one may come");
        assertEquals("any thread that receives", queue.report().servedBy());
    }

    @Test
    void anOwnerIsTheOnlyOne() {
        CallQueue queue = threads.owner("the owner");
        Thread owner = queue.call(Thread::currentThread);

        assertTrue(mayInclude(queue, owner));
        assertFalse(mayInclude(queue, Thread.currentThread()));
        assertEquals(Set.of(owner), candidates(queue));
        assertTrue(canServeThough(queue, Thread.currentThread()));
        assertFalse(canServeThough(queue, owner));
        assertTrue(queue.report().servedBy().startsWith("its owner, thread 'the owner' ("));
    }

    @Test
    void consumersAreThereAsLongAsOneIsNotStuckOrCanBeStarted() {
        CallQueue queue = threads.closing(CallQueue.withConsumers(2));
        assertTrue(canServeThough(queue), "none is started");

        Gate firstGate = threads.gate();
        Call<Thread> first = queue.submit(() -> passing(firstGate));
        firstGate.awaitArrival();
        Thread one = candidates(queue).iterator().next();
        assertTrue(mayInclude(queue, one));
        assertFalse(mayInclude(queue, Thread.currentThread()));
        assertFalse(mayInclude(queue, null));
        assertTrue(canServeThough(queue, one), "another one can be started");

        Gate secondGate = threads.gate();
        queue.raising(Raise.RECEIVER).submit(() -> {
            passing(secondGate);
            throw new IllegalStateException("ends its consumer");
        });
        secondGate.awaitArrival();
        Thread[] both = candidates(queue).toArray(Thread[]::new);
        assertEquals(2, both.length);
        assertFalse(canServeThough(queue, both));
        assertTrue(canServeThough(queue, one));

        for (Thread each : both) {
            each.setUncaughtExceptionHandler((thread, expected) -> {});
        }
        secondGate.open();
        eventually(
                () -> assertTrue(canServeThough(queue, both), "another one can be started in the place of the second"));
        firstGate.open();
        assertSame(one, first.result());
    }

    private static Thread passing(Gate gate) {
        gate.pass();
        return Thread.currentThread();
    }

    @Test
    void consumersSayHowManyTheyMayBe() {
        assertEquals(
                "at most 1 consumer",
                threads.closing(CallQueue.withConsumers(1)).report().servedBy());
        assertEquals(
                "at most 2 consumers",
                threads.closing(CallQueue.withConsumers(2)).report().servedBy());
    }

    @Test
    void aLoopIsAnyThreadUntilItWasSeen() {
        Threads.Loop loop = threads.loop("the loop's thread");
        Executor named = new Executor() {
            @Override
            public void execute(Runnable task) {
                loop.executor().execute(task);
            }

            @Override
            public String toString() {
                return "of the screen";
            }
        };
        CallQueue queue = threads.closing(CallQueue.on(named, loop::inLoop));
        assertTrue(mayInclude(queue, Thread.currentThread()));
        assertEquals(Set.of(), candidates(queue));
        assertEquals("the loop of the screen", queue.report().servedBy());

        Thread inside = queue.call(Thread::currentThread);
        assertTrue(mayInclude(queue, inside));
        assertFalse(mayInclude(queue, Thread.currentThread()));
        assertEquals(Set.of(inside), candidates(queue));
        assertEquals(
                "the loop of the screen, thread 'the loop's thread'",
                queue.report().servedBy());
    }

    @Test
    void aLoopThatIsSeenInTwoThreadsIsAnyThreadAgain() {
        Threads.Loop one = threads.loop("one");
        Threads.Loop two = threads.loop("two");
        CallQueue queue = threads.closing(CallQueue.on(one.executor()::execute, () -> one.inLoop() || two.inLoop()));
        Thread first = queue.call(Thread::currentThread);
        assertEquals(Set.of(first), candidates(queue));

        assertTrue(threads.start(
                        "asker",
                        () -> two.executor().submit(queue::isTargetThread).get())
                .result());

        assertEquals(Set.of(), candidates(queue));
        assertTrue(mayInclude(queue, Thread.currentThread()));
    }

    @Test
    void aLoopOfOneThreadIsStuckWithItAsSoonAsItIsToRunSomething() throws Exception {
        assertTrue(isStuckWithItsThread(new ThreadPoolExecutor(1, 1, 1, TimeUnit.DAYS, new LinkedBlockingQueue<>())));
        assertTrue(isStuckWithItsThread(new ThreadPoolExecutor(1, 4, 1, TimeUnit.DAYS, new LinkedBlockingQueue<>())));
        assertTrue(isStuckWithItsThread(new ScheduledThreadPoolExecutor(1)));
        assertFalse(isStuckWithItsThread(new ThreadPoolExecutor(2, 2, 1, TimeUnit.DAYS, new LinkedBlockingQueue<>())));
    }

    private boolean isStuckWithItsThread(ThreadPoolExecutor pool) throws Exception {
        CallQueue queue = threads.closing(CallQueue.on(pool, () -> false));
        Thread thread = queue.call(Thread::currentThread);
        Gate gate = threads.gate();
        for (int busy = 0; busy < pool.getCorePoolSize(); busy++) { // so that the drain does not begin
            pool.execute(gate::pass);
        }
        gate.awaitArrivals(pool.getCorePoolSize());
        assertTrue(canServeThough(queue, thread), "nothing waits for it");

        Call<Integer> waiting = queue.submit(() -> 1);
        boolean stuck = !canServeThough(queue, thread);
        assertTrue(canServeThough(queue), "the thread is not stuck");
        assertTrue(
                queue.core().servers().canServeWithout(Set.of(thread)::contains, false),
                "what was given to it has not had the time to begin");
        gate.open();
        assertEquals(1, waiting.result());
        pool.shutdown();
        return stuck;
    }

    @Test
    void aLoopThatSaysNothingOfItselfIsGivenSomeTime() {
        Threads.Loop loop = threads.loop("loop");
        CallQueue queue = threads.closing(CallQueue.on(loop.executor()::execute, loop::inLoop));
        Thread thread = queue.call(Thread::currentThread);
        Gate gate = threads.gate();
        loop.executor().execute(gate::pass);
        gate.awaitArrival();
        queue.execute(() -> {});

        eventually(() -> assertFalse(canServeThough(queue, thread)));
        gate.open();
        eventually(() -> assertTrue(canServeThough(queue, thread), "it has begun"));
    }

    @Test
    void aServiceThatDoesNotTellItsSizeMayHaveAnotherThread() throws Exception {
        var inPool = ThreadLocal.withInitial(() -> false);
        ExecutorService pool = Executors.unconfigurableExecutorService(Executors.newFixedThreadPool(2));
        CallQueue queue = threads.closing(CallQueue.on(pool, inPool::get));
        Gate busy = threads.gate();
        Gate inCall = threads.gate();
        pool.execute(busy::pass);
        busy.awaitArrival();
        Future<Thread> helpsItself = pool.submit(() -> {
            inPool.set(true);
            return queue.submit(() -> passing(inCall)).result();
        });
        inCall.awaitArrival();
        Thread[] inside = queue.core().receiverThreads().toArray(Thread[]::new);

        assertEquals(1, inside.length);
        assertTrue(canServeThough(queue, inside), "the other one will");
        inCall.open();
        busy.open();
        assertSame(inside[0], helpsItself.get());
        pool.shutdown();
    }

    @Test
    void aThreadInsideOfALoopsDrainIsTheOneThatOthersWaitFor() {
        var pool = new ForkJoinPool(2);
        CallQueue queue = threads.closing(CallQueue.on(pool, () -> ForkJoinTask.getPool() == pool));
        Gate gate = threads.gate();
        Call<Thread> running = queue.submit(() -> passing(gate));
        gate.awaitArrival();
        Thread[] inside = queue.core().receiverThreads().toArray(Thread[]::new);

        assertEquals(1, inside.length);
        assertFalse(canServeThough(queue, inside));
        assertTrue(canServeThough(queue));
        gate.open();
        assertSame(inside[0], running.result());
        pool.shutdown();
    }

    @Test
    void aHarvestKeepsItsThreadsBusyAndLeavesRoomToOthers() {
        assertEquals(64, window(CallQueue.builder()));
        assertEquals(64, window(CallQueue.builder().owner(Thread.currentThread())));
        assertEquals(64, window(CallQueue.builder().on(Runnable::run, () -> true)));
        assertEquals(64, window(CallQueue.builder().consumers(16)));
        assertEquals(400, window(CallQueue.builder().consumers(100)));
        assertEquals(16_384, window(CallQueue.builder().consumers(Integer.MAX_VALUE)));
        assertEquals(5, window(CallQueue.builder().capacity(10)));
        assertEquals(1, window(CallQueue.builder().capacity(1)));
    }
}
