package dev.callqueue.benchmarks.harness;

/** What a contender does in its turn. */
public interface Burst extends AutoCloseable {
    /** Keeps the contender busy for about so long, and records what that gave. */
    void run(Lane lane, long nanos, Recorder recorder) throws Exception;

    /** Ends its threads, if it has any. */
    @Override
    default void close() {}
}
