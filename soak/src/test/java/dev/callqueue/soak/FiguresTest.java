package dev.callqueue.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The worst figure decides. */
class FiguresTest {
    private static final Duration LIMIT = Duration.ofMillis(100);

    private static Figures figures(int tolerance) {
        return new Figures(new Trial(Effort.brief(tolerance)));
    }

    @Test
    void whatMustNeverBeIsNotMetOnce() {
        Figures figures = figures(1);
        Seen seen = new Seen();

        figures.none("lost", seen);
        assertEquals(Verdict.MET, figures.verdict());

        seen.add("the first");
        seen.add("the second");
        figures.none("lost", seen);
        assertEquals(Verdict.NOT_MET, figures.verdict());
        assertEquals("0 lost; **2 lost (the first)**", figures.toString());
    }

    @Test
    void aTimeMayBeAsLongAsItsLimitTimesTheTolerance() {
        Figures strict = figures(1);
        Figures tolerant = figures(3);
        for (Figures each : new Figures[] {strict, tolerant}) {
            each.within("took", LIMIT, LIMIT);
            each.within("took", LIMIT.multipliedBy(3), LIMIT);
        }

        assertEquals(Verdict.NOT_MET, strict.verdict());
        assertEquals("took 100 ms; **took 300 ms instead of 100 ms**", strict.toString());
        assertEquals(Verdict.MET, tolerant.verdict());
    }

    @Test
    void numbersThatMustBeEqualAreComparedExactly() {
        Figures figures = figures(1);

        figures.same("accounted for", 1_000, 1_000);
        assertEquals(Verdict.MET, figures.verdict());

        figures.same("accounted for", 1_000, 999);
        assertEquals(Verdict.NOT_MET, figures.verdict());
        assertEquals("1,000 accounted for; **999 of 1,000 accounted for**", figures.toString());
    }

    @Test
    void aHangIsWorseThanATargetNotMet() {
        Figures figures = figures(1);

        figures.add("another JVM", Verdict.HANG, "no progress");
        figures.none("lost", 1);

        assertEquals(Verdict.HANG, figures.verdict());
    }

    @Test
    void whatAnotherJvmHasMeasuredCountsHere() {
        Figures figures = figures(1);

        Child.readFigures("figures NOT_MET 3 lost; 4 found", "a small heap", figures);

        assertEquals(Verdict.NOT_MET, figures.verdict());
        assertEquals("a small heap: 3 lost; 4 found (**not met**)", figures.toString());
    }

    @Test
    void anEffortIsUnderstoodByAnotherJvm() {
        for (Effort effort : new Effort[] {Effort.brief(7), Effort.glimpse(1), Effort.full(Duration.ofMinutes(3))}) {
            assertEquals(effort, Effort.parse(effort.print()));
        }
    }
}
