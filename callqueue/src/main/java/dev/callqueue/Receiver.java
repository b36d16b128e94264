package dev.callqueue;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One thread that is inside a {@code receive…} of one queue: what it runs now, what must be raised in it, and the
 * interrupt that is to be seen by its own loop and by no call.
 */
final class Receiver {
    /** The innermost receiver of each thread that is inside a {@code receive…} of any queue; changed by that thread. */
    private static final Map<Thread, Receiver> INNERMOST = new ConcurrentHashMap<>();

    final Thread thread = Thread.currentThread();

    /** The receiver, of another queue, inside of which the thread is in this one. */
    private final @Nullable Receiver outer = INNERMOST.put(thread, this);

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

    /** The thread, this one, is no longer inside a receive of the queue. */
    void leave() {
        if (outer == null) {
            INNERMOST.remove(thread);
        } else {
            INNERMOST.put(thread, outer);
        }
    }

    /**
     * Whether a call that this thread makes now comes back to one of these threads: to one that waits in a {@code call} for
     * what this thread runs, directly or through others.
     */
    static boolean comesBackTo(Servers servers) {
        return comesBackTo(servers, Thread.currentThread(), new HashSet<>());
    }

    private static boolean comesBackTo(Servers servers, Thread from, Set<Thread> seen) {
        if (!seen.add(from)) {
            return false;
        }
        for (Receiver receiver = INNERMOST.get(from); receiver != null; receiver = receiver.outer) {
            Call<?> call = receiver.current;
            Thread waiting = call == null ? null : call.callerInCall();
            if (waiting != null && (servers.mayInclude(waiting) || comesBackTo(servers, waiting, seen))) {
                return true;
            }
        }
        return false;
    }

    /** Runs a call that this thread has claimed. */
    void run(Call<?> call) {
        noteInterrupt();
        Call<?> outer = current;
        current = call;
        Throwable failure;
        try {
            failure = call.run();
        } catch (Throwable ours) { // no stack or memory was left to end the call: here is a little more of it
            call.endAfter(ours);
            throw ours;
        } finally {
            current = outer;
            noteInterrupt();
        }
        if (failure != null) {
            raise(failure);
        }
    }

    private void noteInterrupt() {
        if (Thread.interrupted()) {
            interrupted = true;
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
