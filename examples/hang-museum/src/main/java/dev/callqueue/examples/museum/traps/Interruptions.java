package dev.callqueue.examples.museum.traps;

import java.util.concurrent.CountDownLatch;

/** How work on an owner's thread takes an interrupt. */
final class Interruptions {
    private Interruptions() {}

    /** Waits as work does that may throw nothing: an interrupt ends it. */
    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits as a computation does: an interrupt is found by what comes after it. */
    static void awaitAll(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
