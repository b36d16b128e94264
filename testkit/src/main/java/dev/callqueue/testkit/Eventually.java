package dev.callqueue.testkit;

import static dev.callqueue.testkit.Delays.LONG;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what nobody tells: the states of threads, the sizes of queues, the garbage collector. */
final class Eventually {
    private static final long STEP_NANOS = MILLISECONDS.toNanos(1);

    private Eventually() {}

    /**
     * Waits until that is so.
     *
     * @param what what it is that should be so
     */
    static void eventually(Supplier<String> what, BooleanSupplier isSo) {
        long begun = System.nanoTime();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - begun > LONG.toNanos()) {
                throw new AssertionError("not so within " + LONG + ": " + what.get());
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }
}
