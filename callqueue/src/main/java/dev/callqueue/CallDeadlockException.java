package dev.callqueue;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Waiting for the call would never end: every thread that could run it waits, directly or through others, for the thread
 * that got this exception. The message names them all: who waits, in which call, for what.
 */
public final class CallDeadlockException extends CallException {
    @Serial
    private static final long serialVersionUID = 1;

    CallDeadlockException(String message, @Nullable CallReport report) {
        super(message, report);
    }
}
