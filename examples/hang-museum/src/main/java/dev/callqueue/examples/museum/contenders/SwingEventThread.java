package dev.callqueue.examples.museum.contenders;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.callqueue.examples.museum.Contender;
import dev.callqueue.examples.museum.NoCounterpart;
import dev.callqueue.examples.museum.Target;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;

/** Swing's event dispatch thread, which works without a screen, too. The second owner is a JDK executor, as for workers. */
public final class SwingEventThread implements Contender {
    @Override
    public String name() {
        return "Swing";
    }

    @Override
    public String version() {
        return Versions.ofJdk();
    }

    @Override
    public String usage() {
        return "`SwingUtilities.invokeAndWait(new FutureTask(op))`; owner B is an executor of one thread";
    }

    @Override
    public Target owner(String name) throws Exception {
        SwingUtilities.invokeAndWait(Thread::interrupted); // of what the last trap may have left
        return new EventThread();
    }

    @Override
    public Target otherOwner(String name) {
        return new JdkExecutor().owner(name);
    }

    @Override
    public Target pool(int threads) {
        throw new NoCounterpart("Swing has one thread; its workers run on a JDK executor");
    }

    /** The one that every program has. What hangs in it is interrupted in the end, so that the next trap can be sprung. */
    private static final class EventThread implements Target {
        private volatile @Nullable Thread busy;

        @Override
        public <T> T call(Callable<T> op) throws Exception {
            var task = new FutureTask<>(watched(op));
            SwingUtilities.invokeAndWait(task);
            return task.get();
        }

        @Override
        public <T> T callWithin(Duration limit, Callable<T> op) throws Exception {
            var task = new FutureTask<>(watched(op));
            SwingUtilities.invokeLater(task);
            return task.get(limit.toNanos(), NANOSECONDS);
        }

        private <T> Callable<T> watched(Callable<T> op) {
            return () -> {
                busy = Thread.currentThread();
                try {
                    return op.call();
                } finally {
                    busy = null;
                }
            };
        }

        @Override
        public void doOwnWork(Runnable work) {
            SwingUtilities.invokeLater(work);
        }

        @Override
        public void stopNow() {
            throw new NoCounterpart("no program stops the event dispatch thread while callers wait for it");
        }

        @Override
        public void close() {
            Thread stuck = busy;
            if (stuck != null) {
                stuck.interrupt();
            }
        }
    }
}
