package dev.callqueue.soak;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A thread of an experiment that runs.
 *
 * @param thread the thread
 * @param work what it does
 * @param <T> what comes of it
 */
record Started<T extends @Nullable Object>(Thread thread, FutureTask<T> work) {
    /** Waits for its end and gives what came of it, or throws what it threw; whether that takes too long, others watch. */
    T result() throws Exception {
        try {
            return work.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            throw e;
        }
    }

    boolean hasEnded() {
        return work.isDone();
    }
}
