package dev.callqueue.examples.linkcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private final Retries retries =
            new Retries(3, Duration.ofMillis(100), Duration.ofSeconds(60), new SplittableRandom(1));

    @Test
    void pauseDoublesAndHasSomeChanceInIt() {
        for (int number = 1; number <= 3; number++) {
            Duration longest = Duration.ofMillis(100L << (number - 1));

            Duration pause = retries.pauseAfter(attempt(number), failed(Outcome.Retry.LATER))
                    .orElseThrow();

            assertThat(pause).isBetween(longest.dividedBy(2), longest);
        }
    }

    @Test
    void whatDoesNotPassOrHasPassedIsNotRepeated() {
        assertThat(retries.pauseAfter(attempt(1), failed(Outcome.Retry.NEVER))).isEmpty();
        assertThat(retries.pauseAfter(attempt(4), failed(Outcome.Retry.LATER))).isEmpty();
        assertThat(retries.pauseAfter(attempt(1), new Outcome.Redirected(301, "http://a/")))
                .isEmpty();
    }

    @Test
    void theServerSaysWhenButNotWithoutEnd() {
        Duration soon = Duration.ofSeconds(7);
        Duration tomorrow = Duration.ofDays(1);

        assertThat(retries.pauseAfter(attempt(1), failed(new Outcome.Retry.After(soon))))
                .contains(soon);
        assertThat(retries.pauseAfter(attempt(1), failed(new Outcome.Retry.After(tomorrow))))
                .isEmpty();
    }

    private static Attempt attempt(int number) {
        return new Attempt(new Target(1, "http://a/", 0, Target.Kind.SITE), number);
    }

    private static Outcome failed(Outcome.Retry retry) {
        return new Outcome.Failed(503, "503", retry);
    }
}
