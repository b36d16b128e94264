package dev.callqueue;

import static dev.callqueue.Delays.LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.ref.Reference;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** Waits for what nobody tells: states of threads, sizes of queues, the garbage collector. */
final class Eventually {
    private Eventually() {}

    /** Waits until the assertion holds. */
    static void eventually(ThrowingRunnable assertion) {
        Awaitility.await()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .atMost(LONG)
                .untilAsserted(assertion);
    }

    /** Waits until so many calls of the queue have not begun. */
    static void awaitSize(CallQueue queue, int calls) {
        eventually(() -> assertEquals(calls, queue.size()));
    }

    /** Waits until the garbage collector has found that nobody refers to the object any more. */
    static void awaitCollected(Reference<?> object) {
        eventually(() -> {
            System.gc();
            assertEquals(true, object.refersTo(null), "still referenced");
        });
    }
}
