package dev.callqueue;

import static dev.callqueue.Delays.LONG;
import static dev.callqueue.HarvestTest.inputs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Threads that wait for an item of a harvest, and what they are needed for meanwhile. */
class HarvestWaitTest {
    @AutoClose
    private final Threads threads = new Threads();

    /** Two inputs, of which the second one is there after something has been done. */
    private static Iterable<Integer> twoInputs(Runnable beforeTheSecond) {
        return () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                if (next == 1) {
                    beforeTheSecond.run();
                }
                return next < 2;
            }

            @Override
            public Integer next() {
                return next++;
            }
        };
    }

    /** A queue of this thread, whose harvests keep one call in flight. */
    private CallQueue ownWithRoomForTwo(WhenFull whenFull) {
        return threads.closing(CallQueue.builder()
                .owner(Thread.currentThread())
                .capacity(2)
                .whenFull(whenFull)
                .build());
    }

    @Test
    void aCallAddedWhileATakerWaitsComesBackToWhoWaitsForTheTaker() {
        CallQueue own = ownWithRoomForTwo(WhenFull.REFUSE);
        CallQueue other = threads.owner("other");
        Gate gate = threads.gate();
        Harvest<Integer, Integer> harvest = own.harvest(twoInputs(gate::pass), n -> n);
        own.receive();
        assertEquals(0, harvest.take().input());
        threads.start("reader", () -> harvest.iterator().hasNext()); // reads an input, and takes no item
        gate.awaitArrival();
        var taker = new CompletableFuture<Thread>();
        Call<Integer> taken = other.submit(() -> {
            taker.complete(Thread.currentThread());
            return harvest.take().input();
        });
        Threads.awaitParked(taker.join());
        Thread me = Thread.currentThread();
        threads.start("opener", () -> {
            Threads.awaitParked(me);
            gate.open();
        });

        assertEquals(1, taken.result(LONG));
    }

    @Test
    void whoWaitsForAPlaceForTheNextInputWaitsNoLongerThanTheHarvestIsOpen() throws Exception {
        CallQueue own = ownWithRoomForTwo(WhenFull.WAIT);
        Harvest<Integer, Integer> harvest = own.harvest(twoInputs(() -> {}), n -> n);
        own.receive();
        own.execute(() -> {});
        own.execute(() -> {});
        assertEquals(0, harvest.next().get(0).input());
        var taker = threads.start("taker", () -> harvest.take().input()).awaitParked();

        harvest.close();

        assertEquals(NoSuchElementException.class, taker.failure().getClass());
        assertTrue(harvest.isDone());
        assertEquals(2, own.receive());
    }

    @Test
    void whoWaitsForAnItemRunsWhatTheReaderOfTheInputsAsksOfHim() {
        CallQueue own = threads.closing(CallQueue.forCurrentThread());
        CallQueue pool =
                threads.closing(CallQueue.builder().consumers(1).capacity(2).build());
        Harvest<Integer, Integer> harvest = pool.harvest(twoInputs(() -> own.call(() -> {})), n -> n);
        assertEquals(0, harvest.take().input());
        threads.start("reader", harvest::isDone).awaitParked();

        assertEquals(List.of(1), inputs(harvest.next(LONG)));
    }

    @Test
    void whoWaitsForAReaderWhoWaitsForHimIsTold() throws Exception {
        CallQueue own = ownWithRoomForTwo(WhenFull.WAIT);
        Harvest<Integer, Integer> harvest = own.harvest(twoInputs(() -> {}), n -> n);
        own.receive();
        own.execute(() -> {});
        own.execute(() -> {});
        var reader = threads.start("reader", () -> {
            harvest.take();
            return harvest.take().input();
        });
        Threads.awaitSettled(reader.thread());

        assertThrows(CallDeadlockException.class, harvest::take);

        own.receive();
        own.receive(LONG);
        assertEquals(1, reader.result());
    }

    @Test
    void whoHoldsALockThatTheReaderWaitsForIsTold() {
        CallQueue pool =
                threads.closing(CallQueue.builder().consumers(1).capacity(2).build());
        var lock = new ReentrantLock();
        Harvest<Integer, Integer> harvest = pool.harvest(
                twoInputs(() -> {
                    lock.lock();
                    lock.unlock();
                }),
                n -> n);
        assertEquals(0, harvest.take().input());
        lock.lock();
        try {
            threads.start("reader", harvest::isDone).awaitParked();

            assertThrows(CallDeadlockException.class, harvest::take);
        } finally {
            lock.unlock();
        }
    }

    // calls of several queues

    /** A target of the user's own, which passes everything on to the queue that stands there. */
    static CallTarget routed(AtomicReference<CallQueue> to) {
        return (CallTarget) Proxy.newProxyInstance(
                HarvestWaitTest.class.getClassLoader(),
                new Class<?>[] {CallTarget.class},
                (proxy, method, arguments) -> method.invoke(to.get(), arguments));
    }

    @Test
    void ofCallsOfSeveralQueuesATakerRunsHisOwn() {
        var to = new AtomicReference<>(threads.closing(CallQueue.forCurrentThread()));
        var harvest = new Harvest<Integer, Integer>(routed(to));
        harvest.submit(1, n -> n);
        to.set(threads.closing(CallQueue.withConsumers(1)));
        harvest.submit(2, n -> n);

        Set<Integer> taken = new HashSet<>(inputs(harvest.next(LONG)));
        taken.addAll(inputs(harvest.next(LONG)));

        assertEquals(Set.of(1, 2), taken);
    }

    @Test
    void ofCallsOfSeveralQueuesATakerRunsNobodyElses() {
        CallQueue others = threads.owner("owner");
        Thread owner = others.call(Thread::currentThread);
        Gate gate = threads.hold(others, 1);
        var to = new AtomicReference<>(others);
        var harvest = new Harvest<Integer, Thread>(routed(to));
        harvest.submit(1, n -> Thread.currentThread());
        to.set(threads.closing(CallQueue.forCurrentThread()));
        harvest.submit(2, n -> Thread.currentThread());

        assertSame(Thread.currentThread(), harvest.take().result());
        gate.open();
        assertSame(owner, harvest.take().result());
    }
}
