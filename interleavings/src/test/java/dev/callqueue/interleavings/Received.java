package dev.callqueue.interleavings;

/** Which call a receiving thread has run. */
final class Received {
    private final ThreadLocal<Integer> number = ThreadLocal.withInitial(() -> 0);

    /** In a call: this is its number. */
    int note(int ofCall) {
        number.set(ofCall);
        return ofCall;
    }

    /** The number of the call that this runs in the current thread, or 0. */
    int during(Runnable receive) {
        number.set(0);
        receive.run();
        return number.get();
    }
}
