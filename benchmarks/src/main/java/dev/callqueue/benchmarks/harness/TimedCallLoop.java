package dev.callqueue.benchmarks.harness;

import dev.callqueue.benchmarks.contender.Contender;
import dev.callqueue.benchmarks.contender.Op;

/** Calls one after the other, and times each. */
final class TimedCallLoop implements TimedLoop {
    @Override
    public int run(Contender contender, Op op, long[] nanos, long pauseNanos, long deadline) throws Exception {
        int count = 0;
        long begun = System.nanoTime();
        while (count < nanos.length && begun - deadline < 0) {
            if (pauseNanos > 0) {
                begun = workUntil(begun + pauseNanos);
            }
            contender.call(op);
            long ended = System.nanoTime();
            nanos[count++] = ended - begun;
            begun = ended;
        }
        return count;
    }

    private static long workUntil(long then) {
        long now = System.nanoTime();
        while (now - then < 0) {
            Thread.onSpinWait();
            now = System.nanoTime();
        }
        return now;
    }
}
