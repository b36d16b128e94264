package dev.callqueue.interleavings;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import org.jetbrains.lincheck.datastructures.Operation;

/** Who ends one call: its function, or somebody by hand. */
public class End {
    private final CallQueue queue = CallQueue.create();
    private final Call<Integer> call = queue.submit(() -> 1);

    /** Receives it; if another thread has begun it, it ends before this does. */
    @Operation
    public void run() {
        queue.receive();
        while (call.phase() == Call.Phase.RUNNING) {
            Thread.yield();
        }
    }

    /** Completes it with a value; says whether that is its outcome. */
    @Operation(runOnce = true)
    public boolean complete() {
        return call.complete(2);
    }

    /** Completes it with an exception; says whether that is its outcome. */
    @Operation(runOnce = true)
    public boolean fail() {
        return call.completeExceptionally(new IllegalStateException("by hand"));
    }

    /** Cancels it; says whether it is cancelled. */
    @Operation
    public boolean cancel() {
        return call.cancel(true);
    }

    /** The same, by one thread. */
    public static class Model {
        private boolean ended;
        private boolean cancelled;

        public void run() {
            ended = true;
        }

        public boolean complete() {
            boolean first = !ended;
            ended = true;
            return first;
        }

        public boolean fail() {
            return complete();
        }

        public boolean cancel() {
            cancelled |= complete();
            return cancelled;
        }
    }
}
