package dev.callqueue.soak;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** A place where calls stop until the experiment lets them go on. */
final class Gate {
    private final Semaphore arrived = new Semaphore(0);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Waits until the gate is open, whatever interrupts. */
    void pass() {
        arrived.release();
        boolean interrupted = false;
        while (true) {
            try {
                opened.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until so many have come. */
    void awaitArrivals(int count) {
        arrived.acquireUninterruptibly(count);
    }

    /** Lets all pass, now and later. */
    void open() {
        opened.countDown();
    }
}
