package dev.callqueue.soak;

import dev.callqueue.CallDeadlockException;
import dev.callqueue.CallInterruptedException;
import dev.callqueue.CallTimeoutException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that begin at the same time to wait for each other, and what each of them is told. */
final class Cycle {
    /** What a wait gives that did not end by itself. */
    static final int CUT_OFF = -1;

    private final CyclicBarrier together;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Latencies untilTold = new Latencies();
    private final AtomicInteger timedOut = new AtomicInteger();
    private volatile long begunNanos;

    /** A cycle of so many threads, besides the one that has arranged it. */
    Cycle(int threads) {
        together = new CyclicBarrier(threads + 1, () -> begunNanos = System.nanoTime());
    }

    /** Waits, on a thread of the cycle, as soon as all are ready to. */
    int await(Callable<Integer> wait) throws Exception {
        threads.add(Thread.currentThread());
        together.await();
        try {
            return wait.call();
        } catch (CallDeadlockException e) {
            untilTold.addSince(begunNanos);
            told.add(String.valueOf(e.getMessage()));
        } catch (CallTimeoutException e) {
            timedOut.incrementAndGet();
        } catch (CallInterruptedException e) {
            Thread.interrupted();
        }
        return CUT_OFF;
    }

    /** Lets all begin to wait, as soon as they are ready to. */
    void begin() throws Exception {
        together.await();
    }

    /** Ends the waits that nobody has ended. */
    void cut() {
        threads.forEach(Thread::interrupt);
    }

    /** The messages of those who were told. */
    List<String> told() {
        return told;
    }

    Latencies untilTold() {
        return untilTold;
    }

    /** How many waits ended by their limit. */
    int timedOut() {
        return timedOut.get();
    }

    List<Thread> threads() {
        return threads;
    }
}
