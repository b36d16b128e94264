package dev.callqueue.benchmarks.contender;

import java.util.concurrent.Future;

/** One way to have something run on another thread, open and ready. Any thread may use it. */
public interface Contender extends AutoCloseable {
    /** Runs the op on the other thread and waits for what it returns. */
    Object call(Op op) throws Exception;

    /** Has the op run on the other thread; its outcome can be waited for. */
    default Future<?> submit(Op op) throws Exception {
        throw new UnsupportedOperationException("no submit: " + this);
    }

    /** Has the op run on the other thread; nobody waits for it. */
    default void execute(Op op) throws Exception {
        throw new UnsupportedOperationException("no execute: " + this);
    }

    /** Ends its threads, and returns when they have ended or will without further ado. */
    @Override
    void close();
}
