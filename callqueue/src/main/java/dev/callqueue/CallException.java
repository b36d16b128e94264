package dev.callqueue;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The wait for a call ended without the call's own outcome, and this says why. A function that calls others and lets such an exception
 * of theirs pass has it as its own outcome, as any other exception.
 */
public class CallException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient @Nullable CallReport report;

    CallException(String message, @Nullable CallReport report) {
        super(message);
        this.report = report;
    }

    /**
     * What the call's queue looked like when the wait ended; {@code null} in an exception that was deserialized.
     *
     * @return the report
     */
    public @Nullable CallReport report() {
        return report;
    }
}
