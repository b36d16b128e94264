package dev.callqueue.examples.museum.contenders;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.callqueue.examples.museum.Contender;
import dev.callqueue.examples.museum.Retreat;
import dev.callqueue.examples.museum.Target;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;

/** {@code CompletableFuture}, on an executor of one thread; as a pool, on the kind that it uses by default. */
public final class AsyncSupplier implements Contender {
    @Override
    public String name() {
        return "CompletableFuture";
    }

    @Override
    public String version() {
        return Versions.ofJdk();
    }

    @Override
    public String usage() {
        return "`supplyAsync(op, newSingleThreadExecutor()).join()`; the pool is a `ForkJoinPool`";
    }

    @Override
    public Target owner(String name) {
        return new Async(Executors.newSingleThreadExecutor(DaemonThreads.named(name)));
    }

    @Override
    public Target pool(int threads) {
        return new Async(new ForkJoinPool(threads));
    }

    private record Async(ExecutorService executor) implements Target {
        @Override
        public <T> T call(Callable<T> op) {
            return supply(op).join();
        }

        @Override
        public <T> T callWithin(Duration limit, Callable<T> op) {
            return supply(op).orTimeout(limit.toNanos(), NANOSECONDS).join();
        }

        @Override
        public Retreat start(Callable<?> op) {
            CompletableFuture<?> future = supply(op);
            return new Retreat("`future.cancel(true)`", () -> future.cancel(true));
        }

        private <T> CompletableFuture<T> supply(Callable<T> op) {
            return CompletableFuture.supplyAsync(() -> uncheckedly(op), executor);
        }

        /** A supplier declares no exception; this is how people get one through. */
        private static <T> T uncheckedly(Callable<T> op) {
            try {
                return op.call();
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        }

        @Override
        public void doOwnWork(Runnable work) {
            executor.execute(work);
        }

        @Override
        public void stopNow() {
            executor.shutdownNow();
        }

        @Override
        public void close() {
            executor.shutdownNow();
        }
    }
}
