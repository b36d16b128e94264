package dev.callqueue.examples.museum.contenders;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import dev.callqueue.examples.museum.Contender;
import dev.callqueue.examples.museum.Retreat;
import dev.callqueue.examples.museum.Target;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Guava's futures, on its sequential executor. */
public final class GuavaExecutor implements Contender {
    @Override
    public String name() {
        return "Guava";
    }

    @Override
    public String version() {
        return Versions.of("guava");
    }

    @Override
    public String usage() {
        return "`Futures.submit(op, newSequentialExecutor(pool)).get()`; `getChecked` for exceptions, `withTimeout` for time limits";
    }

    @Override
    public Target owner(String name) {
        ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.named(name));
        return new Futured(MoreExecutors.newSequentialExecutor(threads), threads);
    }

    @Override
    public Target pool(int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(threads, DaemonThreads.named("pool"));
        return new Futured(pool, pool);
    }

    private record Futured(Executor executor, ExecutorService threads, ScheduledExecutorService timer)
            implements Target {
        Futured(Executor executor, ExecutorService threads) {
            this(executor, threads, Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("timer")));
        }

        @Override
        public <T> T call(Callable<T> op) throws Exception {
            return Futures.submit(op, executor).get();
        }

        @Override
        public <T, X extends Exception> T callThrowing(Class<X> declared, Callable<T> op) throws X {
            return Futures.getChecked(Futures.submit(op, executor), declared);
        }

        @Override
        public <T> T callWithin(Duration limit, Callable<T> op) throws Exception {
            return Futures.withTimeout(Futures.submit(op, executor), limit, timer)
                    .get();
        }

        @Override
        public Retreat start(Callable<?> op) {
            ListenableFuture<?> future = Futures.submit(op, executor);
            return new Retreat("`future.cancel(true)`", () -> future.cancel(true));
        }

        @Override
        public void doOwnWork(Runnable work) {
            executor.execute(work);
        }

        @Override
        public void stopNow() {
            threads.shutdownNow();
        }

        @Override
        public void close() {
            threads.shutdownNow();
            timer.shutdownNow();
        }
    }
}
