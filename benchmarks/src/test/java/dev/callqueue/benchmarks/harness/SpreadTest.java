package dev.callqueue.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void quantilesOfElevenValuesAreValues() {
        assertThat(Spread.of(10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)).isEqualTo(new Spread(1, 5, 9));
    }

    @Test
    void quantilesBetweenTwoValuesAreInterpolated() {
        assertThat(Spread.of(1, 2)).isEqualTo(new Spread(1.1, 1.5, 1.9));
    }

    @Test
    void oneValueIsItsOwnSpread() {
        assertThat(Spread.of(7)).isEqualTo(new Spread(7, 7, 7));
    }

    @Test
    void nothingHasNoSpread() {
        assertThatThrownBy(Spread::of).isInstanceOf(IllegalArgumentException.class);
    }
}
