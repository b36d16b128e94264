package dev.callqueue.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callqueue.benchmarks.contender.Peers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaceTest {
    private static final Settings TINY = new Settings(3, Duration.ofMillis(1), false);

    @Test
    void everyContenderHasItsTurnInEveryRoundAndAWarmUpBefore() throws Exception {
        List<String> turns = new ArrayList<>();
        Burst burst = (lane, nanos, recorder) -> {
            turns.add(lane.peer() + (recorder.isForWarmUp() ? " warms up" : ""));
            recorder.record("turns", turns.size());
        };

        List<Measurement> measurements = Race.run("test", Unit.TIME, List.of(Peers.CALLQUEUE, Peers.STX), burst, TINY);

        assertThat(turns.subList(0, 2)).containsExactly("callqueue warms up", "stx warms up");
        for (int round = 0; round < 3; round++) {
            assertThat(turns.subList(2 + 2 * round, 4 + 2 * round)).containsExactlyInAnyOrder("callqueue", "stx");
        }
        assertThat(measurements).singleElement().satisfies(measurement -> {
            assertThat(measurement.values().get("callqueue")).hasSize(3);
            assertThat(measurement.values().get("stx")).hasSize(3);
            assertThat(measurement.values().get("volatile")).hasSize(3);
            assertThat(measurement.regime()).isEqualTo(Regime.DISCARD); // too few rounds
        });
    }

    @Test
    void throughputIsMeasuredWithAnyNumberOfCallers() throws Exception {
        for (Kind kind : Kind.values()) {
            try (Throughput burst = new Throughput("all", kind, 3)) {
                List<Measurement> measurements = Race.run("test", Unit.RATE, List.of(Peers.CALLQUEUE), burst, TINY);
                assertThat(measurements.get(0).spread("callqueue").p10()).isPositive();
            }
        }
    }

    @Test
    void latencyIsMeasuredCallByCall() throws Exception {
        Latency burst = new Latency("latency", 0);

        List<Measurement> measurements = Race.run("test", Unit.TIME, List.of(Peers.STX), burst, TINY);

        assertThat(measurements).extracting(Measurement::quantity).containsExactly("latency-p50", "latency-p99");
        assertThat(burst.histogram("stx").getTotalCount()).isPositive();
        assertThat(burst.histogram("callqueue").getTotalCount()).isZero();
    }
}
