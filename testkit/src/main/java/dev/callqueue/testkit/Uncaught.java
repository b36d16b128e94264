package dev.callqueue.testkit;

import static dev.callqueue.testkit.Delays.LONG;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * What the default uncaught exception handler is told during a test: what leaves a thread of the target, and what nobody
 * else can see.
 */
final class Uncaught implements UncaughtExceptionHandler, AutoCloseable {
    private final @Nullable UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    private final BlockingQueue<Throwable> fresh = new LinkedBlockingQueue<>();
    private final List<Throwable> all = new CopyOnWriteArrayList<>();

    Uncaught() {
        Thread.setDefaultUncaughtExceptionHandler(this);
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        all.add(failure);
        fresh.add(failure);
    }

    /** Tells the handler of this thread, which then goes on. */
    static void tell(Throwable failure) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    }

    /** Waits until the handler has been told of this very exception; others may be garbage of earlier tests. */
    @SuppressWarnings("ReferenceEquality")
    void await(Throwable failure) throws InterruptedException {
        Throwable heard;
        do {
            heard = fresh.poll(LONG.toNanos(), NANOSECONDS);
            if (heard == null) {
                throw new AssertionError("the uncaught exception handler was never told", failure);
            }
        } while (heard != failure);
    }

    /** How often the handler has been told of this very exception. */
    @SuppressWarnings("ReferenceEquality")
    long count(Throwable failure) {
        return all.stream().filter(heard -> heard == failure).count();
    }

    @Override
    public void close() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }
}
