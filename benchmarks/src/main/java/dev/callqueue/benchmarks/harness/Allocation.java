package dev.callqueue.benchmarks.harness;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts the bytes that all threads together allocate for a call; virtual threads are not counted. */
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /** The bytes per call of the contender, which has to be awake, over so many calls at least. */
    public static double bytesPerCall(Lane lane, Kind kind, int calls) throws Exception {
        Loop loop = kind.loopOf(lane);
        int batches = Math.max(1, calls / kind.batch());
        long before = allocated();
        for (int i = 0; i < batches; i++) {
            lane.run(loop, kind.batch());
        }
        return (double) (allocated() - before) / ((long) batches * kind.batch());
    }

    private static long allocated() {
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }
}
