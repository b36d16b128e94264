package dev.callqueue.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnitTest {
    @Test
    void timesAreReadInTheUnitThatFits() {
        assertThat(Unit.TIME.show(262.4)).isEqualTo("262 ns");
        assertThat(Unit.TIME.show(44_600)).isEqualTo("44.6 µs");
        assertThat(Unit.TIME.show(7_900_000)).isEqualTo("7.90 ms");
    }

    @Test
    void ratesAreCallsPerMicrosecond() {
        assertThat(Unit.RATE.show(31.25)).isEqualTo("32.0 M/s");
    }

    @Test
    void aRangeOfRatesBeginsWithTheLowest() {
        assertThat(Unit.RATE.showRange(new Spread(10, 20, 40))).isEqualTo("25.0 M/s .. 100 M/s");
        assertThat(Unit.TIME.showRange(new Spread(10, 20, 40))).isEqualTo("10.0 ns .. 40.0 ns");
    }

    @Test
    void noMoreThanThreeDigitsAreShown() {
        assertThat(Unit.number(99.96)).isEqualTo("100");
        assertThat(Unit.number(9.996)).isEqualTo("10.0");
        assertThat(Unit.number(0.5)).isEqualTo("0.50");
    }
}
