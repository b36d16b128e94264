package dev.callqueue.interleavings;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A thread that stops at one of its steps inside the library until it is told to go on. It stops in a monitor, which has
 * nothing to do with {@code park}: a permit or an interrupt that it is given meanwhile is still there when it goes on.
 */
public final class Walker extends Thread {
    /** No step to stop at. */
    static final int NOWHERE = 0;

    /** Somewhere to go. */
    interface Way {
        void walk() throws Exception;
    }

    private static final Duration END_LIMIT = Duration.ofSeconds(10);
    private static final long LOOK_NANOS = 50_000;
    private static final int LOOKS = 6;

    /** Who has made so many steps spins. */
    private static final int MANY = 20_000;

    private static final Set<State> WAITS = EnumSet.of(State.BLOCKED, State.WAITING, State.TIMED_WAITING);

    private final Way way;
    private final int stopAt;

    /** The number of steps made or about to be made; written by the thread alone. */
    private volatile int steps;

    private volatile boolean ended;
    private volatile Throwable failure;

    /** Where it has stopped, if it has. */
    private volatile List<StackTraceElement> stop;

    private boolean released; // guarded by this

    /**
     * A thread that goes that way and stops before the step of that number, counted from 1.
     *
     * @param stopAt the number, or {@link #NOWHERE}
     */
    Walker(String name, int stopAt, Way way) {
        super(name);
        this.way = way;
        this.stopAt = stopAt;
        setDaemon(true); // one that hangs has failed its test, and must not keep the JVM
    }

    /** Called by the library before each of its steps: see {@link SteppingLoader}. */
    public static void step() {
        if (Thread.currentThread() instanceof Walker walker) {
            walker.pass();
        }
    }

    private void pass() {
        steps++;
        if (steps == stopAt) {
            stopHere();
        }
    }

    private void stopHere() {
        boolean interrupted = false;
        synchronized (this) {
            if (!released) {
                stop = whereAmI();
            }
            while (!released) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            interrupt();
        }
    }

    private static List<StackTraceElement> whereAmI() {
        return Stream.of(new Throwable().getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("dev.callqueue."))
                .filter(frame -> !frame.getClassName().startsWith(Walker.class.getPackageName()))
                .limit(4)
                .toList();
    }

    @Override
    public void run() {
        try {
            way.walk();
        } catch (Throwable e) {
            failure = e;
        } finally {
            ended = true;
        }
    }

    /** Waits until it has ended or stopped, or until it can only go on if somebody else does. */
    void awaitRest() {
        int before = steps;
        int looks = 0;
        while (!ended && !isStopping() && looks < LOOKS && steps - before < MANY) {
            looks = WAITS.contains(getState()) ? looks + 1 : 0;
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private synchronized boolean isStopping() {
        return stop != null && !released;
    }

    /** Lets it go on, and stop no more. */
    synchronized void release() {
        released = true;
        notifyAll();
    }

    /** Waits until it has ended; throws if it does not, or has failed. */
    void awaitEnd() throws InterruptedException {
        join(END_LIMIT.toMillis());
        if (!ended) {
            var hang = new AssertionError(getName() + " hangs here");
            hang.setStackTrace(getStackTrace());
            throw hang;
        }
        if (failure != null) {
            throw new AssertionError(getName() + " has failed", failure);
        }
    }

    /** How many steps it has made. */
    int steps() {
        return steps;
    }

    /** Whether it has come to the step at which it was to stop, before it was released. */
    boolean hasStopped() {
        return stop != null;
    }

    @Override
    public String toString() {
        return getName() + (stop == null ? " did not stop" : " stopped before step " + stopAt + ", at " + stop);
    }
}
