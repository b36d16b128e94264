package dev.callqueue.benchmarks.harness;

import dev.callqueue.benchmarks.contender.Contender;
import dev.callqueue.benchmarks.contender.Op;
import dev.callqueue.benchmarks.contender.Peer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;

/**
 * What a call costs that waits among others, while the thread that should run them is kept busy.
 *
 * @param fillNanos to queue it
 * @param drainNanos to run it
 * @param bytes to keep it; 0 if that was not measured
 */
public record Stowage(double fillNanos, double drainNanos, double bytes) {
    /** Measures it for so many calls, several times; the last time tells the memory, if that is wanted. */
    public static Stowage measure(Peer peer, int calls, int rounds, boolean withMemory) throws Exception {
        double[] fill = new double[rounds];
        double[] drain = new double[rounds];
        double bytes = 0;
        try (Contender contender = peer.open()) {
            Op op = new Op();
            for (int round = -1; round < rounds; round++) { // the first to warm up
                CountDownLatch busy = new CountDownLatch(1);
                contender.execute(new Op(() -> awaitQuietly(busy)));
                boolean weighed = withMemory && round == rounds - 1;
                long before = weighed ? Heap.used() : 0;
                long begun = System.nanoTime();
                Future<?> end = contender.submit(op);
                for (int i = 1; i < calls; i++) {
                    end = contender.submit(op);
                }
                long full = System.nanoTime();
                bytes = weighed ? (double) (Heap.used() - before) / calls : 0;
                long opened = System.nanoTime();
                busy.countDown();
                end.get();
                long empty = System.nanoTime();
                if (round >= 0) {
                    fill[round] = (double) (full - begun) / calls;
                    drain[round] = (double) (empty - opened) / calls;
                }
            }
        }
        return new Stowage(Spread.of(fill).median(), Spread.of(drain).median(), bytes);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the contender is being closed
        }
    }
}
