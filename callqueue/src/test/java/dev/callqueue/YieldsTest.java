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
        yields.noteLong(now, now + SLICE);
        assertTrue(yields.pay(now + SLICE));

        long later = now + SLICE + CLOSE_NANOS;
        yields.noteLong(later, later + SLICE);

        assertTrue(yields.pay(later + SLICE));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 2_000_000, Long.MIN_VALUE})
    void twoAtTheSameTimeMayHaveMetTheSameAccident(long now) {
        Yields yields = new Yields(now);
        yields.noteLong(now, now + SLICE);
        yields.noteLong(now + 1, now + SLICE + 1);

        assertTrue(yields.pay(now + SLICE + 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 2_000_000, Long.MIN_VALUE})
    void twoOneAfterTheOtherMeanARestOfManyTimesThatLength(long now) {
        Yields yields = new Yields(now);
        yields.noteLong(now, now + SLICE);
        long second = now + SLICE + CLOSE_NANOS - 1;
        long end = second + LONG_NANOS;
        yields.noteLong(second, end);

        assertFalse(yields.pay(end));
        assertFalse(yields.pay(end + REST * LONG_NANOS - 1));
        assertTrue(yields.pay(end + REST * LONG_NANOS));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 2_000_000, Long.MIN_VALUE})
    void noRestIsWithoutEnd(long now) {
        Yields yields = new Yields(now);
        yields.noteLong(now, now + SLICE);
        long end = now + SLICE + 1_000 * CLOSE_NANOS;
        yields.noteLong(now + SLICE, end);

        assertFalse(yields.pay(end + REST * CLOSE_NANOS - 1));
        assertTrue(yields.pay(end + REST * CLOSE_NANOS));
    }
}
