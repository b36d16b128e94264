package dev.callqueue;

import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/**
 * What a call's op threw, and what became of it: whether it is kept from the caller, how much of its stack trace tells of
 * the thread that ran the op, and whether anybody has seen it.
 *
 * <p>A failure that nobody ever looked at is reported when its call is garbage: this object never refers to the call.
 */
final class Failure extends Claim {
    private final Throwable thrown;
    private final boolean silenced;
    private final int targetFrames;
    private final long runnerId = Thread.currentThread().getId();

    /** Set by whoever looks at the outcome, read by the report of unseen failures. */
    private volatile boolean seen;

    /** Set by the runner, after the outcome is there; used by whoever looks at it first. */
    private volatile Cleaner.@Nullable Cleanable watch;

    /**
     * Made by the thread that ran the op.
     *
     * @param targetFrames how many frames of the trace tell of this thread; -1 for all that no caller has added
     */
    Failure(Throwable thrown, boolean silenced, int targetFrames) {
        this.thrown = thrown;
        this.silenced = silenced;
        this.targetFrames = targetFrames;
    }

    Throwable thrown() {
        return thrown;
    }

    boolean silenced() {
        return silenced;
    }

    int targetFrames() {
        return targetFrames;
    }

    /** Whether this thread ran the op itself, so that the trace tells of it already. */
    boolean ranHere() {
        return Thread.currentThread().getId() == runnerId;
    }

    /** Reports the failure when the call has become garbage and nobody has looked at its outcome. */
    void reportIfUnseen(Call<?> call) {
        Callbacks callbacks = call.core().callbacks();
        watch = Garbage.CLEANER.register(call, () -> {
            if (!seen) {
                Garbage.report(() -> callbacks.unseen(thrown));
            }
        });
        if (seen) {
            markSeen();
        }
    }

    void markSeen() {
        seen = true;
        Cleaner.Cleanable watching = watch;
        if (watching != null) {
            watching.clean();
        }
    }
}
