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
     * As {@link #during}, again and again while calls are there: a receive runs what had come when it began, and if others take that, none
     * at all, though more may have come meanwhile.
     */
    int untilNoneIsLeft(CallQueue queue, Runnable receive) {
        int received = during(receive);
        while (received == 0 && queue.size() > 0) {
            received = during(receive);
        }
        return received;
    }

    /** The number of the call that this runs in the current thread, or 0. */
    private int during(Runnable receive) {
        number.set(0);
        receive.run();
        return number.get();
    }
}
