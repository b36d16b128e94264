package dev.callqueue;

import org.jspecify.annotations.Nullable;

/**
 * One thread that is inside a {@code receive…} of one queue: what it runs now, what must be raised in it, and the
 * interrupt that is to be seen by its own loop and by no call.
 */
final class Receiver {
    final Thread thread = Thread.currentThread();

    /** How many receives of the queue the thread is in, one inside the other; used by the thread alone. */
    int depth;

    /** The call that runs now; set by the thread before the call runs, read by reports. */
    private volatile @Nullable Call<?> current;

    /** What is to leave the receive; used by the thread alone. */
    private @Nullable Throwable raised;

    /** Whether the thread was interrupted before or between the calls; used by the thread alone. */
    private boolean interrupted = Thread.interrupted();

    @Nullable
    Call<?> current() {
        return current;
    }

    /** Runs a call that this thread has claimed. */
    void run(Call<?> call) {
        Call<?> outer = current;
        current = call;
        Throwable failure;
        try {
            failure = call.run();
        } finally {
            current = outer;
            if (Thread.interrupted()) {
                interrupted = true;
            }
        }
        if (failure != null) {
            raise(failure);
        }
    }

    /** Has the exception leave the receive as soon as the running call has ended. */
    void raise(Throwable failure) {
        raised = Thrown.first(raised, failure);
    }

    @Nullable
    Throwable takeRaised() {
        Throwable taken = raised;
        raised = null;
        return taken;
    }

    void throwRaised() {
        Throwable failure = takeRaised();
        if (failure != null) {
            throw Thrown.<RuntimeException>as(failure);
        }
    }

    boolean takeInterrupt() {
        boolean taken = interrupted;
        interrupted = false;
        return taken;
    }

    void throwIfInterrupted() throws InterruptedException {
        if (takeInterrupt()) {
            throw new InterruptedException();
        }
    }
}
