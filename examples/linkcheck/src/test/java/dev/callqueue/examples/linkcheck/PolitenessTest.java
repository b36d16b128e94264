package dev.callqueue.examples.linkcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PolitenessTest {
    private long ids;

    @Test
    void givesEachServerNoMoreThanItsLimitAtOnce() {
        Politeness politeness = limited(2, Duration.ZERO);
        Attempt first = add(politeness, "http://a/1");
        add(politeness, "http://a/2");
        add(politeness, "http://a/3");
        Attempt other = add(politeness, "http://b/1");

        assertThat(politeness.next(0, true)).contains(first);
        assertThat(politeness.next(0, true)).contains(other);
        assertThat(politeness.next(0, true)).isPresent();
        assertThat(politeness.next(0, true)).isEmpty();
        politeness.ended(first);
        assertThat(politeness.next(0, true)).isPresent();
        assertThat(politeness.waiting()).isZero();
    }

    @Test
    void leavesADelayBetweenTwoRequestsToOneServer() {
        Politeness politeness = limited(9, Duration.ofNanos(100));
        add(politeness, "http://a/1");
        add(politeness, "http://a/2");

        assertThat(politeness.next(1000, true)).isPresent();
        assertThat(politeness.next(1099, true)).isEmpty();
        assertThat(politeness.nanosUntilNext(1099)).hasValue(1);
        assertThat(politeness.next(1100, true)).isPresent();
    }

    @Test
    void holdsBackAndDropsPages() {
        Politeness politeness = limited(1, Duration.ZERO);
        add(politeness, "http://a/1");

        assertThat(politeness.next(0, false)).isEmpty();
        politeness.dropPages();
        assertThat(politeness.waiting()).isZero();
        assertThat(politeness.next(0, true)).isEmpty();
    }

    @Test
    void refusesAnEndWithoutABeginning() {
        Attempt attempt = new Attempt(new Target(1, "http://a/1", 0, Target.Kind.SITE), 1);

        assertThrows(
                IllegalStateException.class, () -> limited(1, Duration.ZERO).ended(attempt));
    }

    private static Politeness limited(int atOnce, Duration delay) {
        return new Politeness(origin -> new Politeness.Limit(atOnce, delay));
    }

    private Attempt add(Politeness politeness, String url) {
        Attempt attempt = new Attempt(new Target(++ids, url, 0, Target.Kind.SITE), 1);
        politeness.add(attempt);
        return attempt;
    }
}
