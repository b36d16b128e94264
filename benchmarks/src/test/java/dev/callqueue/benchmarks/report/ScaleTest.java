package dev.callqueue.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleTest {
    @Test
    void aLogarithmicScaleRunsFromPowerToPowerOfTen() {
        Scale scale = Scale.logarithmic(120, 7e6, 0, 500);
        assertThat(scale.ticks()).containsExactly(1e2, 1e3, 1e4, 1e5, 1e6, 1e7);
        assertThat(scale.at(1e3)).isEqualTo(100);
    }

    @Test
    void aLinearScaleBeginsAtZeroAndEndsAtARoundNumber() {
        Scale scale = Scale.linear(31.8, 0, 400);
        assertThat(scale.ticks()).containsExactly(0.0, 10.0, 20.0, 30.0, 40.0);
        assertThat(scale.at(20)).isEqualTo(200);
    }

    @Test
    void valuesThatAllAreEqualHaveAScale() {
        assertThat(Scale.logarithmic(100, 100, 0, 1).ticks()).containsExactly(100.0, 1000.0);
        assertThat(Scale.linear(0, 0, 1).ticks()).isNotEmpty();
    }

    @Test
    void onlyTicksOnTheAxisAreWritten() {
        assertThat(Scale.linear(10, 0, 1).ticks(List.of(1.0, 10.0, 11.0))).containsExactly(1.0, 10.0);
    }

    @Test
    void digitsThatSayNothingAreLeftOut() {
        assertThat(Scale.brief("10.0 ms")).isEqualTo("10 ms");
        assertThat(Scale.brief("1.00 µs")).isEqualTo("1 µs");
        assertThat(Scale.brief("1.50 µs")).isEqualTo("1.50 µs");
        assertThat(Scale.brief("0.00")).isEqualTo("0");
    }
}
