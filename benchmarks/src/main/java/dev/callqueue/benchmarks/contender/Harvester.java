package dev.callqueue.benchmarks.contender;

import dev.callqueue.CallTarget;
import java.util.List;

/** A few threads that work off many jobs, whose results are wanted in the order in which they come. */
public interface Harvester extends AutoCloseable {
    /** Has the function applied to all inputs, and sums up the results as they come. */
    long harvest(List<Integer> inputs, CallTarget.Fn<Integer, Integer> fn) throws Exception;

    /** Ends the threads. */
    @Override
    void close();
}
