package dev.callqueue;

import java.io.Serial;

/** Carries what a pump threw out of the wait that it ends, so that nobody on the way takes it for a reason of ours. */
final class PumpFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Throwable thrown;

    PumpFailure(Throwable thrown) {
        super(null, null, false, false);
        this.thrown = thrown;
    }

    Throwable thrown() {
        return thrown;
    }

    /** What ended a wait: what the pump threw, or the throwable itself. */
    static Throwable unwrap(Throwable ended) {
        return ended instanceof PumpFailure failure ? failure.thrown : ended;
    }
}
