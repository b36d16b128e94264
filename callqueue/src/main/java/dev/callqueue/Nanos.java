package dev.callqueue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Time spans in nanoseconds, as this library counts them inside. */
final class Nanos {
    /** No limit. */
    static final long FOREVER = Long.MAX_VALUE;

    private Nanos() {}

    /** The span in nanoseconds; {@link #FOREVER} if it is beyond 292 years. Refuses a negative one. */
    static long of(Duration span, String what) {
        if (span.isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative: " + span);
        }
        return TimeUnit.NANOSECONDS.convert(span); // saturates
    }

    /** When the span that begins now is over; does not read the clock for {@link #FOREVER}, where nobody needs it. */
    static long deadline(long nanos) {
        return nanos == FOREVER ? 0 : System.nanoTime() + nanos;
    }

    /** What is left of a span until its deadline; never changes for {@link #FOREVER}. */
    static long left(long nanos, long deadline) {
        return nanos == FOREVER ? FOREVER : deadline - System.nanoTime();
    }
}
