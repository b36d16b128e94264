package dev.callqueue.examples.museum.contenders;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.callqueue.examples.museum.Contender;
import dev.callqueue.examples.museum.Target;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jetlang.core.RunnableExecutorImpl;
import org.jetlang.fibers.Fiber;
import org.jetlang.fibers.PoolFiberFactory;
import org.jetlang.fibers.ThreadFiber;

/** Fibers of Jetlang, which run what they are given and return nothing: a future carries the outcome back. */
public final class JetlangFiber implements Contender {
    @Override
    public String name() {
        return "Jetlang";
    }

    @Override
    public String version() {
        return Versions.of("jetlang");
    }

    @Override
    public String usage() {
        return "`fiber.execute(() -> …)` that completes a future; the pool is a `PoolFiberFactory`";
    }

    @Override
    public Target owner(String name) {
        var fiber = new ThreadFiber(new RunnableExecutorImpl(), name, true);
        fiber.start();
        return new Fibers(() -> fiber, fiber::dispose);
    }

    @Override
    public Target pool(int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(threads, DaemonThreads.named("pool"));
        var factory = new PoolFiberFactory(pool);
        return new Fibers(
                () -> {
                    Fiber fiber = factory.create();
                    fiber.start();
                    return fiber;
                },
                () -> {
                    factory.dispose();
                    pool.shutdownNow();
                });
    }

    /** Takes a fiber for each call: always the same one for an owner, a new one for a pool. */
    private record Fibers(Supplier<Fiber> next, Runnable dispose) implements Target {
        @Override
        public <T> T call(Callable<T> op) throws Exception {
            return ask(op).get();
        }

        @Override
        public <T> T callWithin(Duration limit, Callable<T> op) throws Exception {
            return ask(op).get(limit.toNanos(), NANOSECONDS);
        }

        private <T> CompletableFuture<T> ask(Callable<T> op) {
            var reply = new CompletableFuture<T>();
            next.get().execute(() -> {
                try {
                    reply.complete(op.call());
                } catch (Throwable failure) {
                    reply.completeExceptionally(failure);
                }
            });
            return reply;
        }

        @Override
        public void doOwnWork(Runnable work) {
            next.get().execute(work);
        }

        @Override
        public void stopNow() {
            dispose.run();
        }

        @Override
        public void close() {
            dispose.run();
        }
    }
}
