package dev.callqueue;

import java.io.Serial;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The call was not run, because nobody is left to run it: the owner thread has ended, the loop refuses to run anything,
 * no consumer thread could be started, or the queue was garbage collected.
 */
public final class OwnerGoneException extends RejectedExecutionException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient @Nullable CallReport report;

    OwnerGoneException(String message, @Nullable CallReport report, @Nullable Throwable cause) {
        super(message, cause);
        this.report = report;
    }

    /**
     * What the queue looked like.
     *
     * @return the report; {@code null} only in an exception that was deserialized, or where the memory or the stack was used up
     */
    public @Nullable CallReport report() {
        return report;
    }
}
