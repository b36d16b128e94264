package dev.callqueue.examples.museum;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callqueue.examples.museum.contenders.JdkExecutor;
import dev.callqueue.examples.museum.contenders.OwnedCallQueue;
import dev.callqueue.examples.museum.traps.KilledWriter;
import dev.callqueue.examples.museum.traps.LateRun;
import dev.callqueue.examples.museum.traps.LostType;
import dev.callqueue.examples.museum.traps.SelfCall;
import dev.callqueue.examples.museum.traps.ShutdownNow;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MuseumTest {
    /** For what must end: never used up. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** For what is known to hang, or does not depend on time. */
    private static final Duration IMPATIENCE = Duration.ofMillis(300);

    private static Thread.UncaughtExceptionHandler before;

    @BeforeAll
    static void expectOwnersToDie() {
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, expected) -> {});
    }

    @AfterAll
    static void expectNothing() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    static List<Trap> traps() {
        return Catalogue.traps();
    }

    @ParameterizedTest
    @MethodSource("traps")
    void callqueueHangsInNoTrapAndGetsNothingWrong(Trap trap) throws Exception {
        Finding finding = find(trap, new OwnedCallQueue(), PATIENCE);

        assertThat(finding.verdict()).as(Words.plain().of(finding)).isIn(Verdict.VALUE, Verdict.EXCEPTION);
    }

    @Test
    void hangsAreSeen() throws Exception {
        assertThat(find(new SelfCall(), new JdkExecutor(), IMPATIENCE).verdict())
                .isEqualTo(Verdict.HANG);
        Finding finding = find(new ShutdownNow(), new JdkExecutor(), IMPATIENCE);

        assertThat(finding.verdict()).isEqualTo(Verdict.HANG);
        assertThat(finding.sightings())
                .containsExactly(new Sighting("waiting caller", new Outcome.Hung("FutureTask.get")));
    }

    @Test
    void whatIsWrongIsSeen() throws Exception {
        assertThat(find(new LostType(), new JdkExecutor(), PATIENCE))
                .extracting(Finding::verdict, Finding::brief)
                .containsExactly(Verdict.WRONG, "ExecutionException");
        assertThat(find(new KilledWriter(), new JdkExecutor(), PATIENCE))
                .extracting(Finding::verdict, Finding::brief)
                .containsExactly(Verdict.WRONG, "the writer is dead");
        assertThat(find(new LateRun(), new JdkExecutor(), PATIENCE))
                .extracting(Finding::verdict, Finding::brief, Finding::note)
                .containsExactly(Verdict.WRONG, "ran later", "it did not run after `future.cancel(true)`");
    }

    @Test
    void aValueThatIsNotTheRightOneIsWrong() throws Exception {
        var trap = new Staged("sum", (contender, stage) -> {
            Target owner = stage.with(contender.owner("owner"));
            return Finding.of(42, stage.see("caller", () -> owner.call(() -> 41)));
        });

        Finding finding = find(trap, new Played("played"), PATIENCE);

        assertThat(finding.verdict()).isEqualTo(Verdict.WRONG);
        assertThat(finding.brief()).isEqualTo("41 instead of 42");
    }

    @Test
    void oneCallerThatHangsIsEnough() throws Exception {
        var trap = new Staged(
                "two",
                (contender, stage) ->
                        Finding.of(42, stage.see(stage.caller("first", () -> 42), stage.caller("second", () -> {
                            new CountDownLatch(1).await();
                            return 42;
                        }))));

        Finding finding = find(trap, new Played("played"), IMPATIENCE);

        assertThat(finding.verdict()).isEqualTo(Verdict.HANG);
        assertThat(finding.brief()).isEqualTo("second");
        assertThat(finding.sightings())
                .containsExactly(
                        new Sighting("first", new Outcome.Value(42)),
                        new Sighting("second", new Outcome.Hung("CountDownLatch.await")));
    }

    @Test
    void whatHungIsInterruptedInTheEnd() throws Exception {
        var interrupted = new CountDownLatch(1);
        var trap = new Staged(
                "hang",
                (contender, stage) -> Finding.of(42, stage.see("caller", () -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return 42;
                })));

        find(trap, new Played("played"), IMPATIENCE);

        assertThat(interrupted.await(PATIENCE.toSeconds(), SECONDS)).isTrue();
    }

    @Test
    void aTrapWithoutACounterpartIsNoDefeat() throws Exception {
        var trap = new Staged("pool", (contender, stage) -> {
            contender.pool(2);
            return Finding.of(42);
        });

        Exhibition exhibition = new Museum(List.of(new Played("played")), List.of(trap), PATIENCE).open();

        Finding finding = exhibition.finding(trap, new Played("played"));
        assertThat(finding.verdict()).isEqualTo(Verdict.NONE);
        assertThat(finding.note()).isEqualTo("it has no threads");
        assertThat(exhibition.isUnhurt("played")).isTrue();
    }

    @Test
    void aTrapThatFailsItselfIsNoFinding() {
        var trap = new Staged("broken", (contender, stage) -> {
            throw new IllegalStateException("no stage");
        });

        assertThatThrownBy(() -> find(trap, new Played("played"), PATIENCE))
                .isInstanceOf(SceneFailedException.class)
                .hasMessage("trap broken could not be sprung with played: java.lang.IllegalStateException: no stage");
    }

    private static Finding find(Trap trap, Contender contender, Duration patience) throws Exception {
        return new Museum(List.of(contender), List.of(trap), patience).open().finding(trap, contender);
    }
}
