package dev.callqueue;

import static dev.callqueue.Delays.LONG;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** A place where calls stop until the test lets them go on. */
final class Gate {
    private final Semaphore arrived = new Semaphore(0);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Waits until the gate is open, whatever interrupts. */
    void pass() {
        arrived.release();
        boolean interrupted = false;
        while (true) {
            try {
                if (!opened.await(3 * LONG.toNanos(), NANOSECONDS)) {
                    throw new AssertionError("the gate was never opened");
                }
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until a call has come to the gate. */
    void awaitArrival() {
        awaitArrivals(1);
    }

    /** Waits until so many further calls have come to the gate. */
    void awaitArrivals(int calls) {
        try {
            if (!arrived.tryAcquire(calls, LONG.toNanos(), NANOSECONDS)) {
                throw new AssertionError("fewer than " + calls + " calls came to the gate");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted before the gate", e);
        }
    }

    /** Lets everybody pass from now on. */
    void open() {
        opened.countDown();
    }
}
