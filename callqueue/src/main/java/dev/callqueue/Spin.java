package dev.callqueue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How a thread waits, as {@link Waiting} chooses it: the only place that spins and parks. */
@SuppressWarnings("ThreadPriorityCheck") // yields are a courtesy here: nothing relies on them
final class Spin {
    /** How long a hybrid wait stays on the CPU. */
    private static final long HYBRID_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    /** How many looks lie between two yields, which let the other side run if it shares our CPU. */
    private static final int LOOKS_PER_YIELD = 20;

    private static final boolean ONE_CPU = Runtime.getRuntime().availableProcessors() == 1;

    private final Waiting waiting;

    /** What is known of those who want the same CPUs as the receivers of this queue. */
    private final Yields yields = new Yields();

    Spin(Waiting waiting) {
        this.waiting = waiting;
    }

    boolean neverParks() {
        return waiting == Waiting.SPIN;
    }

    /** Waits a little on the CPU, as a caller; says whether it is ready. */
    <T> boolean until(Predicate<? super T> ready, T what, long atMostNanos) {
        return until(ready, what, atMostNanos, null);
    }

    /**
     * Waits a little on the CPU, as a receiver or a caller; says whether it is ready.
     *
     * @param alone whether no other receiver is busy, so that nothing went on while this one had yielded; null for a caller
     */
    <T> boolean until(Predicate<? super T> ready, T what, long atMostNanos, @Nullable Predicate<? super T> alone) {
        if (waiting == Waiting.PARK) {
            return ready.test(what);
        }
        long nanos = Math.min(HYBRID_NANOS, atMostNanos);
        long begun = System.nanoTime();
        long now = begun;
        do {
            if (looks(ready, what)) {
                return true;
            }
            if (!neverParks() && !(alone == null ? yields.pay() : yields.payOrTry(now))) {
                return ready.test(what);
            }
            Thread.yield();
            long before = now;
            now = System.nanoTime();
            if (alone != null && !neverParks()) {
                note(now - before, now, what, alone);
            }
            if (ready.test(what)) {
                return true;
            }
        } while (now - begun < nanos);
        return false;
    }

    private <T> void note(long nanos, long now, T what, Predicate<? super T> alone) {
        if (!Yields.areLong(nanos)) {
            yields.noteShort();
        } else if (alone.test(what)) {
            yields.noteLong(nanos, now);
        }
    }

    private static <T> boolean looks(Predicate<? super T> ready, T what) {
        for (int look = ONE_CPU ? LOOKS_PER_YIELD : 0; look < LOOKS_PER_YIELD; look++) {
            if (ready.test(what)) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
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
