package dev.callqueue.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RegimeTest {
    @Test
    void aFastPingPongMeansAQuietMachine() {
        assertThat(Regime.of(2, beats(10, 120))).isEqualTo(Regime.QUIET);
        assertThat(Regime.of(2, beats(10, 1000))).isEqualTo(Regime.QUIET);
    }

    @Test
    void aSlowPingPongMeansThatSomethingElseRan() {
        assertThat(Regime.of(2, beats(10, 1001))).isEqualTo(Regime.DISCARD);
    }

    @Test
    void theMedianDecides() {
        double[] beats = beats(11, 120);
        Arrays.fill(beats, 0, 5, 1e6);
        assertThat(Regime.of(2, beats)).isEqualTo(Regime.QUIET);
    }

    @Test
    void oneCpuMeansPacked() {
        assertThat(Regime.of(1, beats(10, 5e6))).isEqualTo(Regime.PACKED);
    }

    @Test
    void tooFewBeatsSayNothing() {
        assertThat(Regime.of(2, beats(9, 120))).isEqualTo(Regime.DISCARD);
        assertThat(Regime.of(1, beats(9, 120))).isEqualTo(Regime.DISCARD);
    }

    @Test
    void discardIsTheWorst() {
        assertThat(Regime.worse(Regime.QUIET, Regime.DISCARD)).isEqualTo(Regime.DISCARD);
        assertThat(Regime.worse(Regime.DISCARD, Regime.PACKED)).isEqualTo(Regime.DISCARD);
    }

    private static double[] beats(int number, double nanos) {
        double[] beats = new double[number];
        Arrays.fill(beats, nanos);
        return beats;
    }
}
