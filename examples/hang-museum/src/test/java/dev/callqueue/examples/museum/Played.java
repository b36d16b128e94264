package dev.callqueue.examples.museum;

import java.time.Duration;
import java.util.concurrent.Callable;

/** A contender that runs everything in the caller's thread, and has nothing else. */
record Played(String name) implements Contender {
    @Override
    public String version() {
        return "1.2.3";
    }

    @Override
    public String usage() {
        return "`op.call()`";
    }

    @Override
    public Target owner(String owner) {
        return new Here();
    }

    @Override
    public Target pool(int threads) {
        throw new NoCounterpart("it has no threads");
    }

    private static final class Here implements Target {
        @Override
        public <T> T call(Callable<T> op) throws Exception {
            return op.call();
        }

        @Override
        public <T> T callWithin(Duration limit, Callable<T> op) throws Exception {
            return op.call();
        }

        @Override
        public void doOwnWork(Runnable work) {
            work.run();
        }

        @Override
        public void stopNow() {}

        @Override
        public void close() {}
    }
}
