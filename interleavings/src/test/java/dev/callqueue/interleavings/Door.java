package dev.callqueue.interleavings;

import dev.callqueue.CallQueue;
import dev.callqueue.QueueClosedException;
import org.jetbrains.lincheck.datastructures.Operation;

/** The door of a queue, which is closed once. */
public class Door {
    private final CallQueue queue = CallQueue.create();

    /** Makes a call; says whether it was let in. */
    @Operation
    public boolean submit() {
        try {
            queue.execute(() -> {});
            return true;
        } catch (QueueClosedException e) {
            return false;
        }
    }

    /** Closes the queue. */
    @Operation
    public void close() {
        queue.close();
    }

    /** Closes the queue at once. */
    @Operation
    public void closeNow() {
        queue.closeNow();
    }

    /** Whether it is closed. */
    @Operation
    public boolean isClosed() {
        return queue.isClosed();
    }

    /** The same, by one thread. */
    public static class Model {
        private boolean closed;

        public boolean submit() {
            return !closed;
        }

        public void close() {
            closed = true;
        }

        public void closeNow() {
            closed = true;
        }

        public boolean isClosed() {
            return closed;
        }
    }
}
