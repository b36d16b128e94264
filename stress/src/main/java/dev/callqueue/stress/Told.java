package dev.callqueue.stress;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.callqueue.Call;
import dev.callqueue.CallDeadlockException;
import dev.callqueue.CallInterruptedException;
import dev.callqueue.CallTimeoutException;
import dev.callqueue.OwnerGoneException;
import dev.callqueue.QueueClosedException;
import dev.callqueue.QueueFullException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** What a thread is told, as text: a value, or in a word or two why there is none. */
final class Told {
    /** The limit of a wait that something must end before. */
    static final Duration LONG = Duration.ofSeconds(4);

    /** Who waited longer was not woken, but slept until its limit: a busy machine does not delay a thread so long. */
    private static final Duration SLEPT = Duration.ofSeconds(2);

    private Told() {}

    /** What the action returns or throws. */
    static String by(Callable<?> action) {
        try {
            return String.valueOf(action.call());
        } catch (Exception failure) {
            return describe(failure);
        }
    }

    /** Like {@link #by}, for an action that waits; "slept" if nobody woke it. */
    static String promptlyBy(Callable<?> action) {
        long begun = System.nanoTime();
        String told = by(action);
        boolean slept = System.nanoTime() - begun > SLEPT.toNanos();
        return slept ? "slept" : told;
    }

    /** "let in", or why a call was not. */
    static String lettingIn(Runnable door) {
        return by(() -> {
            door.run();
            return "let in";
        });
    }

    /** How the call has ended: "withdrawn" before it began, what it gives now, or "unended". */
    static String of(Call<?> call) {
        if (!call.isDone()) {
            return "unended";
        }
        return call.phase() == Call.Phase.WITHDRAWN ? "withdrawn" : by(call::result);
    }

    /** How the call has ended, which may take a moment because a third thread sees to it. */
    static String eventuallyOf(Call<?> call) {
        String unused = by(() -> call.get(LONG.toNanos(), NANOSECONDS));
        return of(call);
    }

    private static String describe(Throwable failure) {
        if (failure instanceof CallTimeoutException timeout) {
            return timeout.withdrawn() ? "withdrawn" : "timeout";
        } else if (failure instanceof CallInterruptedException || failure instanceof InterruptedException) {
            return "interrupted";
        } else if (failure instanceof CallDeadlockException) {
            return "deadlock";
        } else if (failure instanceof QueueClosedException) {
            return "closed";
        } else if (failure instanceof QueueFullException) {
            return "full";
        } else if (failure instanceof OwnerGoneException) {
            return "gone";
        } else if (failure instanceof CancellationException) {
            return "cancelled";
        } else if (failure instanceof TimeoutException) {
            return "timeout";
        } else if (failure instanceof ExecutionException && failure.getCause() != null) {
            return describe(failure.getCause());
        }
        return failure.toString();
    }
}
