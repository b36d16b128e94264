package dev.callqueue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** How a thread waits, as {@link Waiting} chooses it: the only place that spins and parks. */
@SuppressWarnings("ThreadPriorityCheck") // yields are a courtesy here: nothing relies on them
final class Spin {
    /** How long a hybrid wait stays on the CPU. */
    private static final long HYBRID_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    /** How many looks lie between two yields, which let the other side run if it shares our CPU. */
    private static final int LOOKS_PER_YIELD = 20;

    private static final boolean ONE_CPU = Runtime.getRuntime().availableProcessors() == 1;

    private static final Spin HYBRID = new Spin(Waiting.HYBRID);
    private static final Spin PARK = new Spin(Waiting.PARK);
    private static final Spin SPIN = new Spin(Waiting.SPIN);

    private final Waiting waiting;

    private Spin(Waiting waiting) {
        this.waiting = waiting;
    }

    static Spin of(Waiting waiting) {
        return switch (waiting) {
            case HYBRID -> HYBRID;
            case PARK -> PARK;
            case SPIN -> SPIN;
        };
    }

    boolean neverParks() {
        return waiting == Waiting.SPIN;
    }

    /** Waits a little on the CPU; says whether it is ready. */
    <T> boolean until(Predicate<? super T> ready, T what, long atMostNanos) {
        if (waiting == Waiting.PARK) {
            return ready.test(what);
        }
        long nanos = Math.min(HYBRID_NANOS, atMostNanos);
        long deadline = Nanos.deadline(nanos);
        do {
            if (lookAround(ready, what)) {
                return true;
            }
        } while (Nanos.left(nanos, deadline) > 0);
        return false;
    }

    private static <T> boolean lookAround(Predicate<? super T> ready, T what) {
        for (int look = ONE_CPU ? LOOKS_PER_YIELD : 0; look < LOOKS_PER_YIELD; look++) {
            if (ready.test(what)) {
                return true;
            }
            Thread.onSpinWait();
        }
        Thread.yield();
        return ready.test(what);
    }

    /** Lets another thread run, where what this one needs is only a few instructions away. */
    static void giveWay() {
        Thread.yield();
    }

    /** Waits until unparked, interrupted, or the time is over – or for no reason. */
    void park(Object blocker, long nanos) {
        if (neverParks()) {
            Thread.yield();
        } else if (nanos == Nanos.FOREVER) {
            LockSupport.park(blocker);
        } else {
            LockSupport.parkNanos(blocker, nanos);
        }
    }
}
