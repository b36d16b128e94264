package dev.callqueue;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The call was not run, because calls are nested too deep in the thread that would have run it while it waits: most
 * likely a recursion without an end between two threads. See {@link CallQueue.Builder#maxDepth}.
 */
public final class CallDepthException extends CallException {
    @Serial
    private static final long serialVersionUID = 1;

    CallDepthException(String message, @Nullable CallReport report) {
        super(message, report);
    }
}
