package dev.callqueue;

import static dev.callqueue.Yields.FIRST_REST;
import static dev.callqueue.Yields.LONGEST_REST;
import static dev.callqueue.Yields.LONG_NANOS;
import static dev.callqueue.Yields.SLICE_NANOS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YieldsTest {
    private final Yields yields = new Yields();

    /** How long nobody yields after one that took so long and has ended now. */
    private long restAfter(long nanos, long now) {
        yields.noteLong(nanos, now);
        long rest = 0;
        for (long step = Long.highestOneBit(2L * LONGEST_REST * SLICE_NANOS); step > 0; step /= 2) {
            if (!yields.payOrTry(now + rest + step)) {
                rest += step;
            }
        }
        return rest + 1;
    }

    @Test
    void atFirstTheyPay() {
        assertTrue(yields.pay());
        assertTrue(yields.payOrTry(0));
    }

    @Test
    void aLongOneTakesHalfAMillisecond() {
        assertTrue(Yields.areLong(500_000));
        assertFalse(Yields.areLong(499_999));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - LONGEST_REST, Long.MIN_VALUE, -1})
    void afterALongOneNobodyYieldsForSomeTime(long now) {
        yields.noteLong(LONG_NANOS, now);

        assertFalse(yields.pay());
        assertFalse(yields.payOrTry(now));
        assertFalse(yields.payOrTry(now + FIRST_REST * LONG_NANOS - 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - LONGEST_REST, Long.MIN_VALUE, -1})
    void thenReceiversTryIt(long now) {
        yields.noteLong(LONG_NANOS, now);

        assertTrue(yields.payOrTry(now + FIRST_REST * LONG_NANOS));
        assertFalse(yields.pay(), "callers wait for what comes of it");
    }

    @Test
    void ifThatDoesNotTakeLongAllYield() {
        yields.noteLong(LONG_NANOS, 0);

        yields.noteShort();

        assertTrue(yields.pay());
        assertTrue(yields.payOrTry(0));
    }

    @Test
    void eachRestIsTwiceAsLongUpToTheLongest() {
        for (int rest = FIRST_REST; rest <= LONGEST_REST; rest *= 2) {
            assertEquals(rest * LONG_NANOS, restAfter(LONG_NANOS, 0));
        }
        assertEquals(LONGEST_REST * LONG_NANOS, restAfter(LONG_NANOS, 0));
    }

    @Test
    void eachTrialThatPaysHalvesTheNextRest() {
        yields.noteLong(LONG_NANOS, 0);
        yields.noteLong(LONG_NANOS, 0);
        yields.noteLong(LONG_NANOS, 0);
        yields.noteShort();
        yields.noteShort();

        assertEquals(4 * FIRST_REST * LONG_NANOS, restAfter(LONG_NANOS, 0));
        yields.noteShort();
        assertEquals(4 * FIRST_REST * LONG_NANOS, restAfter(LONG_NANOS, 0));
    }

    @Test
    void anAccidentOfAnyLengthCountsAsATimeSlice() {
        assertEquals(FIRST_REST * SLICE_NANOS, restAfter(3_600_000_000_000L, 0));
    }
}
