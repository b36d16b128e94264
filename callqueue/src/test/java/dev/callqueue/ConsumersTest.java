package dev.callqueue;

import static dev.callqueue.Delays.LONG;
import static dev.callqueue.Eventually.awaitCollected;
import static dev.callqueue.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Threads of the queue's own: started as calls come, replaced when they end, gone when the queue is. */
class ConsumersTest {
    @AutoClose
    private final Threads threads = new Threads();

    private final List<Thread> made = new CopyOnWriteArrayList<>();

    private Thread make(Runnable body) {
        var thread = new Thread(body, "consumer " + made.size());
        made.add(thread);
        return thread;
    }

    private CallQueue consumers(int max, ThreadFactory factory) {
        return threads.closing(
                CallQueue.builder().consumers(max).consumerThreads(factory).build());
    }

    private CallQueue consumers(int max) {
        return consumers(max, this::make);
    }

    // starting

    @Test
    void noThreadIsMadeBeforeTheFirstCall() {
        CallQueue queue = consumers(3);

        assertEquals(0, made.size());
        queue.call(() -> {});
        assertFalse(made.isEmpty());
    }

    @Test
    void thereAreAsManyThreadsAsCallsThatRunAtTheSameTime() {
        CallQueue queue = consumers(3);

        for (int running = 1; running <= 3; running++) {
            threads.hold(queue, 1);
            assertTrue(made.size() >= running);
        }
        assertEquals(3, made.size());
    }

    @Test
    void whileAConsumerIsIdleNoOtherIsStarted() {
        CallQueue queue = threads.closing(CallQueue.builder()
                .consumers(2)
                .consumerThreads(this::make)
                .waiting(Waiting.SPIN)
                .build());
        queue.call(() -> {});
        Threads.awaitNoWatch(); // which starts one more if the first one is slow to begin
        int before = made.size();
        awaitIdle(queue, before);

        queue.call(() -> {});

        assertEquals(before, made.size());
    }

    private static void awaitIdle(CallQueue queue, int consumers) {
        Core core = queue.core();
        eventually(() -> assertEquals(consumers, core.locked(core::countIdleConsumers)));
    }

    @Test
    void thereAreNeverMoreThreadsThanAllowed() {
        CallQueue queue = consumers(3);
        var running = new AtomicInteger();
        var most = new AtomicInteger();

        List<Call<Integer>> calls = IntStream.range(0, 1_000)
                .mapToObj(i -> queue.submit(() -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    Thread.yield();
                    return running.decrementAndGet();
                }))
                .toList();
        calls.forEach(Call::result);

        assertTrue(most.get() <= 3, "at the same time: " + most);
        assertTrue(made.size() <= 3, "threads: " + made);
    }

    @Test
    void defaultThreadsAreDaemonsNamedAfterTheQueue() {
        CallQueue queue = threads.closing(
                CallQueue.builder().name("downloads").consumers(1).build());

        Thread thread = queue.call(Thread::currentThread);

        assertTrue(thread.isDaemon());
        assertTrue(thread.getName().contains("downloads"), thread.getName());
    }

    @Test
    void consumersCanBeVirtualThreadsWhereThereAreSome() {
        CallQueue queue = consumers(2, VirtualThreads.exist() ? VirtualThreads.factory() : Thread::new);

        Thread consumer = queue.call(Thread::currentThread);

        assertEquals(VirtualThreads.exist(), VirtualThreads.exist() && VirtualThreads.isVirtual(consumer));
        assertNotSame(Thread.currentThread(), consumer);
    }

    @Test
    void consumersRunCallsAtTheSameTime() {
        CallQueue queue = threads.closing(CallQueue.withConsumers(4));

        threads.hold(queue, 4);

        assertEquals(0, queue.size());
    }

    // factories that fail

    private CallQueue consumersWhoseFactoryFailsAtFirst(Runnable failing) {
        var asked = new AtomicInteger();
        return consumers(2, body -> {
            if (asked.getAndIncrement() == 0) {
                failing.run();
                return null;
            }
            return make(body);
        });
    }

    /** Nobody can serve the first call: it is refused or ends, and the next one is served. */
    private static void assertRecovers(CallQueue queue) {
        try {
            Call<Integer> first = queue.submit(() -> 1);
            eventually(() -> assertTrue(first.isDone()));
        } catch (RejectedExecutionException refused) {
            assertEquals(0, queue.size(), "a refused call is not queued");
        }
        assertEquals(2, queue.call(() -> 2));
    }

    @Test
    void aFactoryThatThrowsStrandsNobody() {
        assertRecovers(consumersWhoseFactoryFailsAtFirst(() -> {
            throw new IllegalStateException("no thread today");
        }));
    }

    @Test
    void aFactoryThatThrowsAnErrorStrandsNobody() {
        assertRecovers(consumersWhoseFactoryFailsAtFirst(() -> {
            throw new OutOfMemoryError("unable to create native thread");
        }));
    }

    @Test
    void aFactoryThatReturnsNullStrandsNobody() {
        assertRecovers(consumersWhoseFactoryFailsAtFirst(() -> {}));
    }

    @Test
    void aFactoryThatReturnsAStartedThreadStrandsNobody() {
        CallQueue queue = consumers(1, body -> {
            Thread thread = make(() -> {});
            thread.start();
            return thread;
        });

        assertThrows(RejectedExecutionException.class, () -> queue.call(() -> 1));
        assertEquals(0, queue.size());
    }

    @Test
    void aFactoryWhoseThreadsRunNothingStrandsNobodyHoweverOftenItIsAsked() {
        CallQueue queue = consumers(1, ignored -> make(() -> {}));

        for (int asked = 1; asked <= 2; asked++) {
            Call<Integer> call = queue.submit(() -> 1);
            assertThrows(OwnerGoneException.class, () -> call.result(LONG));
            assertEquals(asked, made.size());
        }
    }

    @Test
    void whereAFurtherThreadCannotBeMadeTheOthersServeItsCall() {
        CallQueue queue = consumers(2, body -> made.isEmpty() ? make(body) : null);
        Gate gate = threads.hold(queue, 1);

        Call<Integer> call = queue.submit(() -> 1);
        gate.open();

        assertEquals(1, call.result());
    }

    // ending and replacing

    @Test
    void aConsumerThatEndsByARaiseInTheReceiverIsReplaced() {
        CallQueue queue = consumers(1);
        var failure = new IllegalStateException("ends the consumer");
        Thread first = queue.call(Thread::currentThread);
        BlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();
        first.setUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));

        queue.raising(Raise.RECEIVER).execute(() -> {
            throw failure;
        });

        assertNotSame(first, queue.call(Thread::currentThread));
        eventually(() -> assertFalse(first.isAlive()));
        assertSame(failure, uncaught.poll());
    }

    @Test
    void aPoolDoesNotShrinkByRaisesInTheReceiver() {
        CallQueue queue = consumers(2, body -> {
            Thread thread = make(body);
            thread.setUncaughtExceptionHandler((which, thrown) -> {});
            return thread;
        });
        for (int i = 0; i < 20; i++) {
            queue.raising(Raise.RECEIVER).execute(() -> {
                throw new IllegalStateException("ends the consumer");
            });
        }

        threads.hold(queue, 2);

        assertTrue(made.size() > 2);
    }

    @Test
    void aConsumerThatHasEndedMakesRoomForOneOnly() {
        CallQueue queue = consumers(1, body -> {
            Thread thread = make(body);
            thread.setUncaughtExceptionHandler((which, thrown) -> {});
            return thread;
        });
        queue.raising(Raise.RECEIVER).execute(() -> {
            throw new IllegalStateException("ends the consumer");
        });
        eventually(() -> assertFalse(made.get(0).isAlive()));
        awaitUnwatched(queue);
        threads.hold(queue, 1);

        queue.execute(() -> {});

        assertEquals(2, made.size());
    }

    private static void awaitUnwatched(CallQueue queue) {
        Core core = queue.core();
        eventually(() -> assertFalse(core.locked(core.summons()::isWatched)));
    }

    @Test
    void whatWaitsBehindARaiseInTheReceiverIsRunByTheReplacement() {
        CallQueue queue = consumers(1, body -> {
            Thread thread = make(body);
            thread.setUncaughtExceptionHandler((which, thrown) -> {});
            return thread;
        });
        Gate gate = threads.hold(queue, 1);
        queue.raising(Raise.RECEIVER).execute(() -> {
            throw new IllegalStateException("ends the consumer");
        });
        Call<Integer> behind = queue.submit(() -> 1);

        gate.open();

        assertEquals(1, behind.result());
    }

    @Test
    void aFailedCallDoesNotEndItsConsumer() {
        CallQueue queue = consumers(1);
        Thread first = queue.call(Thread::currentThread);
        first.setUncaughtExceptionHandler((thread, thrown) -> {});

        assertThrows(
                AssertionError.class,
                () -> queue.call(() -> {
                    throw new AssertionError();
                }));
        queue.execute(() -> {
            throw new IllegalStateException("nobody waits");
        });

        assertSame(first, queue.call(Thread::currentThread));
    }

    @Test
    void consumersEndWhenTheQueueIsClosed() {
        CallQueue queue = consumers(3);
        threads.hold(queue, 3).open();

        queue.close();

        eventually(() -> assertTrue(made.stream().noneMatch(Thread::isAlive), made.toString()));
    }

    @Test
    void consumersRunWhatWaitsBeforeTheyEnd() {
        CallQueue queue = consumers(2);
        Gate gate = threads.hold(queue, 2);
        List<Call<Integer>> calls =
                IntStream.range(0, 50).mapToObj(i -> queue.submit(() -> i)).toList();

        queue.close();
        gate.open();

        calls.forEach(call -> assertEquals(Call.Phase.SUCCEEDED, succeeded(call)));
    }

    private static Call.Phase succeeded(Call<?> call) {
        call.result();
        return call.phase();
    }

    // queues that nobody refers to any more

    @Test
    void idleConsumersEndWhenNobodyRefersToTheirQueue() {
        useAndForget(3);

        awaitConsumersEndWithTheirQueue();
        assertEquals(3, made.size());
    }

    private void awaitConsumersEndWithTheirQueue() {
        eventually(() -> {
            System.gc();
            assertTrue(made.stream().noneMatch(Thread::isAlive), made.toString());
        });
    }

    private void useAndForget(int calls) {
        CallQueue queue =
                CallQueue.builder().consumers(calls).consumerThreads(this::make).build();
        threads.hold(queue, calls).open();
    }

    @Test
    void consumersRunTheCallsOfAQueueThatNobodyRefersTo() throws Exception {
        var ran = new LinkedBlockingQueue<Integer>();
        Gate gate = threads.gate();

        WeakReference<CallQueue> queue = submitAndForget(gate, ran);
        awaitCollected(queue);
        gate.open();

        for (int i = 0; i < 5; i++) {
            assertEquals(i, ran.poll(LONG.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    private WeakReference<CallQueue> submitAndForget(Gate gate, BlockingQueue<Integer> ran) {
        CallQueue queue =
                CallQueue.builder().consumers(1).consumerThreads(this::make).build();
        queue.execute(gate::pass);
        for (int i = 0; i < 5; i++) {
            int number = i;
            queue.execute(() -> ran.add(number));
        }
        return new WeakReference<>(queue);
    }

    @Test
    void aCallerThatWaitsInAQueueThatNobodyElseRefersToIsServed() {
        Gate gate = threads.gate();
        var caller = threads.start(
                "caller",
                () -> CallQueue.builder()
                        .consumers(1)
                        .consumerThreads(this::make)
                        .build()
                        .call(() -> {
                            gate.pass();
                            return 1;
                        }));
        gate.awaitArrival();

        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        gate.open();

        assertEquals(1, caller.result());
        awaitConsumersEndWithTheirQueue();
    }

    @Test
    void aCallKeepsNoQueueInMemory() {
        var queues = new CopyOnWriteArrayList<WeakReference<CallQueue>>();

        Call<Integer> call = callOfAForgottenQueue(queues);

        assertEquals(1, call.result());
        awaitCollected(queues.get(0));
        assertEquals(1, call.result());
    }

    private static Call<Integer> callOfAForgottenQueue(List<WeakReference<CallQueue>> queues) {
        CallQueue queue = CallQueue.withConsumers(1);
        queues.add(new WeakReference<>(queue));
        return queue.submit(() -> 1);
    }

    // interrupts

    @Test
    void aConsumerDropsTheInterruptFlagThatACallLeft() {
        CallQueue queue = consumers(1);
        Gate gate = threads.hold(queue, 1);
        queue.execute(() -> Thread.currentThread().interrupt());
        Call<Boolean> next = queue.submit(() -> Thread.currentThread().isInterrupted());
        gate.open();

        assertFalse(next.result());
        queue.call(() -> Thread.currentThread().interrupt());
        assertFalse(queue.call(() -> Thread.currentThread().isInterrupted()));
        assertEquals(1, made.size());
    }

    @Test
    void anInterruptOfAnIdleConsumerDoesNotEndIt() {
        CallQueue queue = consumers(1);
        queue.call(() -> {});

        made.get(0).interrupt();

        assertEquals(1, queue.call(() -> 1));
    }

    // class loaders

    @Test
    void aConsumerDoesNotHoldTheClassLoaderOfWhoMadeTheFirstCall() {
        CallQueue queue = threads.closing(CallQueue.withConsumers(1));
        var loader = new CompletableFuture<WeakReference<ClassLoader>>();
        threads.start("plugin", () -> {
                    var mine = new ClassLoader(getClass().getClassLoader()) {};
                    Thread.currentThread().setContextClassLoader(mine);
                    queue.call(() -> {});
                    Thread.currentThread().setContextClassLoader(null);
                    loader.complete(new WeakReference<>(mine));
                })
                .result();

        awaitCollected(loader.join());
    }
}
