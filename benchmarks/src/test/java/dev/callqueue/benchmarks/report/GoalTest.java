package dev.callqueue.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callqueue.benchmarks.contender.Peers;
import dev.callqueue.benchmarks.harness.Measurement;
import dev.callqueue.benchmarks.harness.Regime;
import dev.callqueue.benchmarks.harness.Unit;
import dev.callqueue.benchmarks.report.Goal.Where;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoalTest {
    private static final Goal FASTER = Goal.faster("async-1", 4, "stx");

    @Test
    void atLeastTheLimitIsMet() {
        Judgement judgement = Judgement.of(FASTER, measured(Regime.QUIET, 25, 100));
        assertThat(judgement.isMet()).isTrue();
        assertThat(judgement.verdict()).isEqualTo("met");
        assertThat(judgement.wanted()).isEqualTo("≥ 4 × as fast as stx");
        assertThat(judgement.measured()).isEqualTo("4.00 ×");
    }

    @Test
    void lessIsNotMet() {
        Judgement judgement = Judgement.of(FASTER, measured(Regime.QUIET, 26, 100));
        assertThat(judgement.verdict()).isEqualTo("**not met**");
        assertThat(judgement.isMissedByFar()).isTrue();
    }

    @Test
    void aMachineThatWasBusyGivesNoVerdict() {
        Judgement judgement = Judgement.of(FASTER, measured(Regime.DISCARD, 1000, 100));
        assertThat(judgement.verdict()).isEqualTo("does not count");
        assertThat(judgement.isMissedByFar()).isFalse();
    }

    @Test
    void aPackedMachineCountsOnlyWhereThatIsAsked() {
        Measurement packed = measured(Regime.PACKED, 25, 100);
        assertThat(Judgement.of(FASTER, packed).counts()).isFalse();
        assertThat(Judgement.of(FASTER.counting(Where.PACKED), packed).counts()).isTrue();
        assertThat(Judgement.of(FASTER.counting(Where.PACKED), measured(Regime.QUIET, 25, 100))
                        .counts())
                .isFalse();
        assertThat(Judgement.of(FASTER.counting(Where.ANY), measured(Regime.DISCARD, 25, 100))
                        .counts())
                .isTrue();
    }

    @Test
    void roundsThatDisagreeAreNoRegression() {
        Map<String, double[]> values = new HashMap<>();
        values.put("callqueue", new double[] {100, 100, 100, 25, 25});
        values.put("stx", new double[] {100, 100, 100, 100, 100});
        Judgement judgement =
                Judgement.of(FASTER, new Measurement("async-1", "async-1", Unit.RATE, Regime.QUIET, values));
        assertThat(judgement.isMet()).isFalse();
        assertThat(judgement.isMissedByFar()).isFalse();
    }

    @Test
    void aByteIsNotDivided() {
        Goal bytes = Goal.value("bytes-async", 24);
        assertThat(bytes.isMetBy(24.4, Unit.BYTES)).isTrue();
        assertThat(bytes.isMetBy(24.6, Unit.BYTES)).isFalse();
    }

    @Test
    void everyContenderOfAGoalExists() {
        assertThat(Goals.WANTED).allSatisfy(goal -> {
            assertThat(Peers.named(goal.subject())).isNotNull();
            assertThat(goal.bases())
                    .allSatisfy(base -> assertThat(base.equals("ecs") || Peers.named(base) != null)
                            .isTrue());
        });
    }

    private static Measurement measured(Regime regime, double callqueue, double stx) {
        return new Measurement(
                "async-1",
                "async-1",
                Unit.RATE,
                regime,
                Map.of("callqueue", new double[] {callqueue}, "stx", new double[] {stx}));
    }
}
