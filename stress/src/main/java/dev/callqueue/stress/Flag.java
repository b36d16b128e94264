package dev.callqueue.stress;

import dev.callqueue.CallQueue;

/** Tells the other actor that something has happened. */
final class Flag {
    private volatile boolean up;

    void raise() {
        up = true;
    }

    boolean isUp() {
        return up;
    }

    /** Waits until it is raised. */
    void await() {
        Moment.until(this::isUp);
    }

    /** Receives until it is raised. */
    void awaitReceiving(CallQueue queue) {
        Moment.until(() -> {
            queue.receive();
            return up;
        });
    }
}
