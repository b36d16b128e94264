package dev.callqueue.examples.museum.contenders;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.callqueue.examples.museum.Contender;
import dev.callqueue.examples.museum.Retreat;
import dev.callqueue.examples.museum.Target;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The executors of the JDK. */
public final class JdkExecutor implements Contender {
    @Override
    public String name() {
        return "JDK executor";
    }

    @Override
    public String version() {
        return Versions.ofJdk();
    }

    @Override
    public String usage() {
        return "`newSingleThreadExecutor()`, and `executor.submit(op).get()`";
    }

    @Override
    public Target owner(String name) {
        return new Service(Executors.newSingleThreadExecutor(DaemonThreads.named(name)));
    }

    @Override
    public Target pool(int threads) {
        return new Service(Executors.newFixedThreadPool(threads, DaemonThreads.named("pool")));
    }

    private record Service(ExecutorService executor) implements Target {
        @Override
        public <T> T call(Callable<T> op) throws Exception {
            return executor.submit(op).get();
        }

        @Override
        public <T> T callWithin(Duration limit, Callable<T> op) throws Exception {
            return executor.submit(op).get(limit.toNanos(), NANOSECONDS);
        }

        @Override
        public Retreat start(Callable<?> op) {
            Future<?> future = executor.submit(op);
            return new Retreat("`future.cancel(true)`", () -> future.cancel(true));
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
