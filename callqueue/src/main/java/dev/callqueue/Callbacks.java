package dev.callqueue;

import static java.lang.System.Logger.Level.WARNING;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the user has asked to be told about a queue. What a callback throws is logged and hurts nobody. */
final class Callbacks {
    /** Nobody is told anything. */
    static final Callbacks NONE = new Callbacks(null, null);

    private static final System.Logger LOGGER = System.getLogger("dev.callqueue");

    private final @Nullable CallListener listener;
    private final @Nullable Consumer<Object> lateResults;

    static Callbacks of(@Nullable CallListener listener, @Nullable Consumer<Object> lateResults) {
        return listener == null && lateResults == null ? NONE : new Callbacks(listener, lateResults);
    }

    private Callbacks(@Nullable CallListener listener, @Nullable Consumer<Object> lateResults) {
        this.listener = listener;
        this.lateResults = lateResults;
    }

    boolean haveListener() {
        return listener != null;
    }

    /** The op of a call that is queued now, with the time if anybody wants to know how long it waits. */
    Object timed(Object op) {
        return listener == null ? op : new Claim.Timed(op, System.nanoTime());
    }

    /** Now, if anybody wants to know how long something took. */
    long now() {
        return listener == null ? 0 : System.nanoTime();
    }

    /** A call that was queued and begun then has ended now. */
    void ended(long queuedNanos, long begunNanos, @Nullable Throwable failure) {
        if (listener != null) {
            long endedNanos = System.nanoTime();
            guard(() -> listener.ended(begunNanos - queuedNanos, endedNanos - begunNanos, failure));
        }
    }

    /** A call that was queued then will never run. */
    void unrun(long queuedNanos, Supplier<Throwable> reason) {
        if (listener != null) {
            long waitNanos = System.nanoTime() - queuedNanos;
            guard(() -> listener.unrun(waitNanos, reason.get()));
        }
    }

    /** Nobody waits for this result any more. */
    void lateResult(@Nullable Object value) {
        if (lateResults != null && value != null) {
            guard(() -> lateResults.accept(value));
        }
    }

    /** Nobody has ever looked at this failure, and nobody can any more. */
    void unseen(Throwable failure) {
        if (listener != null) {
            guard(() -> listener.unseen(failure));
        } else {
            Thrown.unseen(failure);
        }
    }

    private static void guard(Runnable callback) {
        try {
            callback.run();
        } catch (Throwable failure) {
            try {
                LOGGER.log(WARNING, "a listener or sink of late results failed", failure);
            } catch (Throwable ignored) {
                return; // not even that must hurt the call
            }
        }
    }
}
