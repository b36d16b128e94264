package dev.callqueue;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The time is over before the call has ended. */
public final class CallTimeoutException extends CallException {
    @Serial
    private static final long serialVersionUID = 1;

    /** Whether the call will never run. */
    private final boolean withdrawn;

    CallTimeoutException(String message, boolean withdrawn, @Nullable CallReport report) {
        super(message, report);
        this.withdrawn = withdrawn;
    }

    /**
     * Whether the call will never run; if not, it runs now or still may run.
     *
     * @return true if it was withdrawn
     */
    public boolean withdrawn() {
        return withdrawn;
    }
}
