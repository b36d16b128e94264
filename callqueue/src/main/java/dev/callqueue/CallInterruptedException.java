package dev.callqueue;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The thread that waited was interrupted; its interrupt flag is set again. */
public final class CallInterruptedException extends CallException {
    @Serial
    private static final long serialVersionUID = 1;

    CallInterruptedException(String message, @Nullable CallReport report) {
        super(message, report);
    }
}
