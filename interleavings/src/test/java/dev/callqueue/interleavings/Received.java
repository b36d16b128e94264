package dev.callqueue.interleavings;

import dev.callqueue.CallQueue;

/** Which call a receiving thread has run. */
final class Received {
    private final ThreadLocal<Integer> number = ThreadLocal.withInitial(() -> 0);

    /** In a call: this is its number. */
    int note(int ofCall) {
        number.set(ofCall);
        return ofCall;
    }

    /**
     * Receives one call of the queue; its number, or 0 if none is there. A receive runs what had come when it began, and if others take that,
     * none at all, though more may have come meanwhile: then it is tried again.
     */
    int oneOf(CallQueue queue) {
        number.set(0);
        do {
            queue.receive(1);
        } while (number.get() == 0 && queue.size() > 0);
        return number.get();
    }
}
