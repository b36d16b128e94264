package dev.callqueue.stress;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/** Waiting on the CPU, for what the other actor does in a moment. */
@SuppressWarnings("ThreadPriorityCheck") // it yields, because the other actor may have to share this CPU
final class Moment {
    private Moment() {}

    /** Waits until that is so. */
    static void until(BooleanSupplier event) {
        while (!event.getAsBoolean()) {
            Thread.yield();
        }
    }

    /** Waits until that is so, at most so long. */
    static void until(BooleanSupplier event, Duration atMost) {
        long begun = System.nanoTime();
        until(() -> event.getAsBoolean() || System.nanoTime() - begun > atMost.toNanos());
    }

    /** Does both, in one order or the other. */
    static void inEitherOrder(Runnable one, Runnable two) {
        boolean oneFirst = ThreadLocalRandom.current().nextBoolean();
        (oneFirst ? one : two).run();
        (oneFirst ? two : one).run();
    }

    /** Lets a random part of that time pass. */
    static void pass(Duration upTo) {
        long nanos = ThreadLocalRandom.current().nextLong(upTo.toNanos());
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < nanos) {
            Thread.onSpinWait();
        }
    }
}
