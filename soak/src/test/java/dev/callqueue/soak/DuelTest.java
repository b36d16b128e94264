package dev.callqueue.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Both threads do their part of every round, and then it is judged. */
class DuelTest {
    private final Trial trial = new Trial(Effort.brief(1));
    private final AtomicInteger done = new AtomicInteger();

    private Duel.Round round(Runnable second) {
        return new Duel.Round() {
            private final int before = done.get();

            @Override
            public void first() {
                done.incrementAndGet();
            }

            @Override
            public void second() {
                second.run();
            }

            @Override
            public void judge() {
                assertEquals(before + 2, done.get());
            }
        };
    }

    @Test
    void bothHaveEndedWhenARoundIsJudged() throws Exception {
        int rounds = Duel.fight(trial, 1_000, 1_000, number -> round(done::incrementAndGet));

        assertEquals(2 * rounds, done.get());
    }

    @Test
    void aFailureOfTheSecondThreadIsThrown() {
        var failure = new IllegalStateException("of the second");

        var seen = assertThrows(
                IllegalStateException.class,
                () -> Duel.fight(
                        trial,
                        1,
                        1,
                        number -> round(() -> {
                            throw failure;
                        })));

        assertEquals(failure, seen.getCause());
    }
}
