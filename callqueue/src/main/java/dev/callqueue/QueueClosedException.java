package dev.callqueue;

import java.io.Serial;
import java.util.concurrent.RejectedExecutionException;

/** The call was not run: its queue was closed before the call was made, or before it began. */
public final class QueueClosedException extends RejectedExecutionException {
    @Serial
    private static final long serialVersionUID = 1;

    QueueClosedException(String message) {
        super(message);
    }
}
