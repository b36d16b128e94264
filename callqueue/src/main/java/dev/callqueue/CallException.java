package dev.callqueue;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The wait for a call ended without an outcome. What the call itself throws never comes as this exception. */
public class CallException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient @Nullable CallReport report;

    CallException(String message, @Nullable CallReport report) {
        super(message);
        this.report = report;
    }

    /**
     * What the call's queue looked like when the wait ended; {@code null} for a call without a queue, and in an exception
     * that was deserialized.
     *
     * @return the report
     */
    public @Nullable CallReport report() {
        return report;
    }
}
