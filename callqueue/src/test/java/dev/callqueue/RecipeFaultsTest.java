package dev.callqueue;

import static dev.callqueue.Delays.SHORT;
import static dev.callqueue.Eventually.awaitSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The faults of the Python recipes this library comes from, none of which it has. */
class RecipeFaultsTest {
    @AutoClose
    private final Threads threads = new Threads();

    // "waiting is polling (0.5–50 ms late, CPU when idle)"

    @Test
    void whoWaitsIsWokenAtOnce() {
        CallQueue queue = threads.owner("owner");
        long[] nanos = new long[51];
        for (int i = 0; i < nanos.length; i++) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos()); // until a polling receiver would look rarely
            long began = System.nanoTime();
            queue.call(() -> {});
            nanos[i] = System.nanoTime() - began;
        }

        Arrays.sort(nanos);
        long median = nanos[nanos.length / 2];
        assertTrue(median < SHORT.toNanos() / 20, "a call took " + median + " ns in the median");
    }

    @Test
    void whoWaitsCostsNoCpu() {
        CallQueue idle = threads.closing(CallQueue.create());
        CallQueue consumers = threads.closing(CallQueue.withConsumers(1));
        Thread consumer = consumers.call(Thread::currentThread);
        var waiting = List.of(
                threads.start("receiver", idle::receiveUntilClosed),
                threads.start("timed receiver", () -> idle.receive(Duration.ofHours(1))),
                callerOf(threads.closing(CallQueue.create())),
                getterOf(threads.closing(CallQueue.create())));
        waiting.forEach(Threads.Started::awaitParked);

        long before = cpuNanos(waiting, consumer);
        long until = System.nanoTime() + 3 * SHORT.toNanos();
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
        long spent = cpuNanos(waiting, consumer) - before;

        assertTrue(spent < SHORT.toNanos() / 5, "five waiting threads used " + spent + " ns of CPU");
        idle.close();
    }

    private Threads.Started<?> callerOf(CallQueue queue) {
        return threads.start("caller", () -> assertThrows(QueueClosedException.class, () -> queue.call(() -> 1)));
    }

    private Threads.Started<?> getterOf(CallQueue queue) {
        return threads.start("getter", () -> assertThrows(QueueClosedException.class, queue.submit(() -> 1)::result));
    }

    private static long cpuNanos(List<? extends Threads.Started<?>> waiting, Thread consumer) {
        var bean = ManagementFactory.getThreadMXBean();
        return waiting.stream()
                        .mapToLong(each -> bean.getThreadCpuTime(each.thread().getId()))
                        .sum()
                + bean.getThreadCpuTime(consumer.getId());
    }

    // "a timed-out call still runs later"

    @Test
    void aTimedOutCallNeverRuns() {
        CallQueue queue = threads.owner("owner");
        Gate gate = threads.hold(queue, 1);
        var ran = new AtomicBoolean();

        assertThrows(CallTimeoutException.class, () -> queue.within(SHORT).call(() -> ran.set(true)));

        gate.open();
        queue.call(() -> {});
        assertFalse(ran.get());
    }

    // "close never wakes a waiter"

    @Test
    void closingWakesWhoWaits() {
        CallQueue queue = threads.closing(CallQueue.create());
        var caller = threads.start("caller", () -> queue.call(() -> 1)).awaitParked();

        queue.close();

        assertEquals(QueueClosedException.class, caller.failure().getClass());
    }

    // "a default consumer that dies from a raise-in-receiver is never replaced, so the pool shrinks to nothing"

    @Test
    void aPoolDoesNotShrink() {
        CallQueue queue = threads.closing(CallQueue.builder()
                .consumers(2)
                .consumerThreads(RecipeFaultsTest::quietThread)
                .build());
        for (int i = 0; i < 6; i++) {
            queue.raising(Raise.RECEIVER).execute(() -> {
                throw new IllegalStateException("ends the consumer");
            });
        }

        threads.hold(queue, 2);

        assertEquals(0, queue.size());
    }

    /** A thread whose end by an exception is no news. */
    private static Thread quietThread(Runnable body) {
        var thread = new Thread(body, "consumer");
        thread.setUncaughtExceptionHandler((which, thrown) -> {});
        return thread;
    }

    // "a synchronous call from the target thread to itself spins for ever"

    @Test
    void aCallFromTheTargetThreadToItselfRunsAtOnce() {
        CallQueue queue = threads.owner("owner");

        assertEquals(1, queue.call(() -> queue.call(() -> 1)));
    }

    // "receive() never returns under a fast producer"

    @Test
    void receiveReturnsHoweverFastCallsCome() {
        CallQueue queue = threads.closing(CallQueue.create());
        var stop = new AtomicBoolean();
        queue.execute(() -> again(queue, stop));
        var producer = threads.start("producer", () -> {
            while (!stop.get()) {
                queue.submit(() -> 1);
                while (queue.size() > 10_000 && !stop.get()) {
                    Thread.yield();
                }
            }
        });

        for (int i = 0; i < 100; i++) {
            queue.receive();
        }

        stop.set(true);
        producer.result();
    }

    private static void again(CallQueue queue, AtomicBoolean stop) {
        if (!stop.get()) {
            queue.execute(() -> again(queue, stop));
        }
    }

    // "is_done() is true while the last call is still running, so a harvest loop ends early"

    @Test
    void aHarvestIsNotDoneWhileItsLastCallRuns() {
        CallQueue queue = threads.closing(CallQueue.withConsumers(1));
        Gate gate = threads.gate();
        Harvest<Integer, Integer> harvest = queue.harvest(List.of(1), n -> {
            gate.pass();
            return n;
        });
        gate.awaitArrival();
        awaitSize(queue, 0);

        assertFalse(harvest.isDone());
        gate.open();
        assertEquals(1, harvest.take().result());
        assertTrue(harvest.isDone());
    }

    // "reading the exception a second time fails"

    @Test
    void anExceptionCanBeReadTwice() {
        CallQueue queue = threads.owner("owner");
        var failure = new IOException("from the call");
        Call<Integer> call = queue.submit(() -> {
            throw failure;
        });

        assertSame(failure, assertThrows(IOException.class, call::result));
        assertSame(failure, assertThrows(IOException.class, call::result));
    }

    // "maxsize is approximate"

    @Test
    void aCapacityIsExactHoweverManyThreadsCall() {
        CallQueue queue = threads.closing(CallQueue.builder().capacity(10).build());

        int accepted =
                IntStream.range(0, 4).mapToObj(i -> threads.start("caller " + i, () -> enter(queue))).toList().stream()
                        .mapToInt(Threads.Started::result)
                        .sum();

        assertEquals(10, accepted);
        assertEquals(10, queue.size());
    }

    private static int enter(CallQueue queue) {
        int accepted = 0;
        for (int i = 0; i < 100; i++) {
            try {
                queue.execute(() -> {});
                accepted++;
            } catch (QueueFullException full) {
                return accepted;
            }
        }
        return accepted;
    }
}
