package dev.callqueue.benchmarks.harness;

import dev.callqueue.benchmarks.contender.Contender;
import dev.callqueue.benchmarks.contender.Op;

/** The innermost loop of a latency benchmark. */
interface TimedLoop {
    /**
     * Calls until the deadline or until the array is full of their times, with a pause before each in which this thread is
     * busy; says how many.
     */
    int run(Contender contender, Op op, long[] nanos, long pauseNanos, long deadline) throws Exception;
}
