package dev.callqueue.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ratios are taken round by round, and the median of the ratios is not the ratio of the medians. */
class MeasurementTest {
    private static final Measurement MEASUREMENT = new Measurement(
            "scenario",
            "quantity",
            Unit.TIME,
            Regime.QUIET,
            Map.of(
                    "subject", new double[] {10, 20, 40},
                    "base", new double[] {40, 20, 20},
                    "other", new double[] {20, 60, 80}));

    @Test
    void timesAreTheSubjectsOverTheBases() {
        assertThat(MEASUREMENT.times("subject", "base")).isEqualTo(Spread.of(0.25, 1, 2));
    }

    @Test
    void fasterIsTheBasesOverTheSubjects() {
        assertThat(MEASUREMENT.faster("subject", List.of("base"))).isEqualTo(Spread.of(4, 1, 0.5));
    }

    @Test
    void ofSeveralBasesTheBestOfEachRoundCounts() {
        assertThat(MEASUREMENT.faster("subject", List.of("base", "other"))).isEqualTo(Spread.of(2, 1, 0.5));
    }

    @Test
    void whoTookNoPartIsNamed() {
        assertThatThrownBy(() -> MEASUREMENT.spread("nobody")).hasMessage("nobody took no part in quantity");
    }
}
