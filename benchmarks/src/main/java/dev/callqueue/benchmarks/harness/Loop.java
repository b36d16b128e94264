package dev.callqueue.benchmarks.harness;

import dev.callqueue.benchmarks.contender.Contender;
import dev.callqueue.benchmarks.contender.Op;

/** The innermost loop of a throughput benchmark. */
interface Loop {
    /** Makes so many calls, and returns when the last has ended. */
    void run(Contender contender, Op op, int times) throws Exception;
}
