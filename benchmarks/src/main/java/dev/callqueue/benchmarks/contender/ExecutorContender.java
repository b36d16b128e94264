package dev.callqueue.benchmarks.contender;

import com.google.common.util.concurrent.MoreExecutors;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Any {@code ExecutorService}: {@code submit(op).get()}. */
final class ExecutorContender implements Contender {
    private final ExecutorService executor;

    ExecutorContender(ExecutorService executor) {
        this.executor = executor;
    }

    @Override
    public Object call(Op op) throws Exception {
        return executor.submit((Callable<Object>) op).get();
    }

    @Override
    public Future<?> submit(Op op) {
        return executor.submit((Callable<Object>) op);
    }

    @Override
    public void execute(Op op) {
        executor.execute(op);
    }

    @Override
    public void close() {
        if (!MoreExecutors.shutdownAndAwaitTermination(executor, 10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("does not end: " + executor);
        }
    }
}
