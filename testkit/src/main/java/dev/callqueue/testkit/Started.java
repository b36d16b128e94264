package dev.callqueue.testkit;

import static dev.callqueue.testkit.Delays.LONG;
import static dev.callqueue.testkit.Eventually.eventually;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * A thread of a test, and what became of it.
 *
 * @param <T> what it returns
 */
public final class Started<T extends @Nullable Object> {
    private static final Set<Thread.State> PARKED = EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;

    /** How it ended; set by the thread before the latch. */
    private @Nullable Outcome<T> outcome;

    /** Whether somebody has asked how it ended. */
    private volatile boolean looked;

    private record Outcome<T extends @Nullable Object>(
            T value, @Nullable Throwable failure) {}

    Started(ThreadFactory factory, Callable<T> body) {
        thread = factory.newThread(() -> run(body));
        thread.start();
    }

    @SuppressWarnings("NullAway") // null stands for "no value", whatever T is
    private void run(Callable<T> body) {
        try {
            outcome = new Outcome<>(body.call(), null);
        } catch (Throwable failure) {
            outcome = new Outcome<>(null, failure);
        } finally {
            ended.countDown();
        }
    }

    /**
     * The thread itself.
     *
     * @return the thread
     */
    public Thread thread() {
        return thread;
    }

    /**
     * What the thread returned; waits for it.
     *
     * @return the value
     */
    public T result() {
        Outcome<T> how = end();
        if (how.failure != null) {
            throw new AssertionError(thread.getName() + " failed", how.failure);
        }
        return how.value;
    }

    /**
     * What the thread threw; waits for it.
     *
     * @return the exception
     */
    public Throwable failure() {
        Outcome<T> how = end();
        if (how.failure == null) {
            throw new AssertionError(thread.getName() + " returned " + how.value);
        }
        return how.failure;
    }

    /**
     * Waits until the thread waits: it is parked, or spins inside the library.
     *
     * @return this
     */
    public Started<T> awaitWaiting() {
        eventually(() -> "waits: " + thread, () -> PARKED.contains(thread.getState()) || isInLibrary());
        return this;
    }

    private boolean isInLibrary() {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().matches("dev\\.callqueue\\.\\w+"));
    }

    /** Fails if the thread does not end, or has failed and nobody has looked at that. */
    void checkEnd() {
        if (!looked) {
            result();
        }
    }

    private Outcome<T> end() {
        looked = true;
        try {
            if (!ended.await(LONG.toNanos(), NANOSECONDS)) {
                var where = new AssertionError(thread.getName() + " does not end; it is here");
                where.setStackTrace(thread.getStackTrace());
                thread.interrupt();
                throw where;
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for " + thread, e);
        }
        if (outcome == null) {
            throw new AssertionError(thread.getName() + " ended without an outcome");
        }
        return outcome;
    }
}
