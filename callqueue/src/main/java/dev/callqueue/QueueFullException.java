package dev.callqueue;

import java.io.Serial;
import java.util.concurrent.RejectedExecutionException;

/** The call was not run: its queue had no free place. */
public final class QueueFullException extends RejectedExecutionException {
    @Serial
    private static final long serialVersionUID = 1;

    QueueFullException(String message) {
        super(message);
    }
}
