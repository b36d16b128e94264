package dev.callqueue;

import static dev.callqueue.Yields.CLOSE_NANOS;
import static dev.callqueue.Yields.LONG_NANOS;
import static dev.callqueue.Yields.REST;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Also where the clock passes from the largest number to the least. */
class YieldsTest {
    private static final long SLICE = 8 * LONG_NANOS;

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 2_000_000, Long.MIN_VALUE})
    void atFirstTheyPay(long now) {
        assertTrue(new Yields(now).pay(now));
    }

    @Test
    void aLongOneIsAtLeastHalfAMillisecond() {
        assertTrue(Yields.isLong(500_000));
        assertFalse(Yields.isLong(499_999));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 2_000_000, Long.MIN_VALUE})
    void aLongOneMayBeAnAccident(long now) {
        Yields yields = new Yields(now);
        yields.noteLong(SLICE, now);
        assertTrue(yields.pay(now));

        yields.noteLong(SLICE, now + CLOSE_NANOS);

        assertTrue(yields.pay(now + CLOSE_NANOS));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 2_000_000, Long.MIN_VALUE})
    void twoLongOnesCloseToEachOtherMeanARestOfManyTimesThatLength(long now) {
        Yields yields = new Yields(now);
        yields.noteLong(SLICE, now);
        long second = now + CLOSE_NANOS - 1;
        yields.noteLong(LONG_NANOS, second);

        assertFalse(yields.pay(second));
        assertFalse(yields.pay(second + REST * LONG_NANOS - 1));
        assertTrue(yields.pay(second + REST * LONG_NANOS));
    }
}
