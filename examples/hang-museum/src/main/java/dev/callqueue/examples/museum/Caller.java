package dev.callqueue.examples.museum;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Somebody who calls, in a thread of its own, and is watched. */
public final class Caller {
    private static final String MUSEUM = Caller.class.getPackageName();
    private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final String name;
    private final FutureTask<Object> task;
    private final Thread thread;

    private Caller(String name, Callable<?> what) {
        this.name = name;
        this.task = new FutureTask<>(what::call);
        this.thread = new Thread(task, name);
        thread.setDaemon(true);
    }

    /** Begins to call. */
    static Caller start(String name, Callable<?> what) {
        var caller = new Caller(name, what);
        caller.thread.start();
        return caller;
    }

    /** Returns once this caller waits for something, twice in a row as seen, or has ended. */
    public void awaitWaiting() {
        int seen = 0;
        while (seen < 2 && !task.isDone()) {
            LockSupport.parkNanos(GLANCE_NANOS); // nobody tells when a thread begins to wait
            seen = isWaiting() ? seen + 1 : 0;
        }
    }

    private boolean isWaiting() {
        return switch (thread.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING -> true;
            case NEW, RUNNABLE, TERMINATED -> false;
        };
    }

    /** Returns once this caller has ended, or the time is over. */
    public void awaitEnd(Duration limit) throws InterruptedException {
        watch(limit);
    }

    /** Watches until this caller has ended, or patience has. */
    Sighting watch(Duration patience) throws InterruptedException {
        return new Sighting(name, outcome(patience));
    }

    private Outcome outcome(Duration patience) throws InterruptedException {
        try {
            return new Outcome.Value(task.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            return new Outcome.Thrown(requireNonNull(e.getCause()));
        } catch (TimeoutException e) {
            return new Outcome.Hung(whereItWaits());
        }
    }

    /** The method that the museum's code called and that does not return. */
    private String whereItWaits() {
        @Nullable StackTraceElement entered = null;
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().startsWith(MUSEUM)) {
                break;
            }
            entered = frame;
        }
        if (entered == null) {
            return thread.getState().name();
        }
        String type = entered.getClassName();
        return type.substring(type.lastIndexOf('.') + 1).replace('$', '.') + "." + entered.getMethodName();
    }

    /** Interrupts this caller. */
    void letGo() {
        thread.interrupt();
    }
}
