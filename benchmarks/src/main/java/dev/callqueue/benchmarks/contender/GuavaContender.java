package dev.callqueue.benchmarks.contender;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Guava: a {@code SequentialExecutor} over a pool of one thread. */
final class GuavaContender implements Contender {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Executor sequential = MoreExecutors.newSequentialExecutor(thread);

    @Override
    public Object call(Op op) throws Exception {
        return submit(op).get();
    }

    @Override
    public Future<?> submit(Op op) {
        return Futures.submit((Callable<Object>) op, sequential);
    }

    @Override
    public void execute(Op op) {
        sequential.execute(op);
    }

    @Override
    public void close() {
        if (!MoreExecutors.shutdownAndAwaitTermination(thread, 10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("does not end: " + thread);
        }
    }
}
