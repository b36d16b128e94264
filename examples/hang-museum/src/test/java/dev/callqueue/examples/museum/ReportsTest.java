package dev.callqueue.examples.museum;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** The findings of a played run, as they are told. */
class ReportsTest {
    private final Contender good = new Played("good one");
    private final Contender bad = new Played("bad");
    private final Trap sum = new Staged("sum", (contender, stage) -> Finding.of(42));
    private final Trap pool = new Staged("A → pool", (contender, stage) -> Finding.of(42));
    private final Trap type = new Staged("type", (contender, stage) -> Finding.of(42));

    @Test
    void theTextReport() throws Exception {
        assertThat(new TextReport(exhibition()).toString()).isEqualTo(golden("report.txt"));
    }

    @Test
    void theMarkdownPage() throws Exception {
        assertThat(new MarkdownPage(exhibition(), 17).toString()).isEqualTo(golden("page.md"));
    }

    @Test
    void onlyWhoHungOrGotSomethingWrongIsHurt() {
        assertThat(exhibition().isUnhurt("good one")).isTrue();
        assertThat(exhibition().isUnhurt("bad")).isFalse();
        assertThat(exhibition().isUnhurt("not there")).isTrue();
    }

    private Exhibition exhibition() {
        var exhibition = new Exhibition(List.of(good, bad), List.of(sum, pool, type), Duration.ofMillis(1500));
        exhibition.add(sum, good, Finding.of(42, value("caller", 42)));
        exhibition.add(
                sum, bad, Finding.of(42, value("one", 42), new Sighting("other", new Outcome.Hung("FutureTask.get"))));
        exhibition.add(
                pool,
                good,
                Finding.of(
                        42, value("one", 42), thrown("other", new IllegalStateException("nobody will\n  at `a|b`"))));
        exhibition.add(pool, bad, Finding.none(new NoCounterpart("it has no pool")));
        exhibition.add(
                type,
                good,
                Finding.of(42, thrown("caller", new IOException("Task@1b2c3d4e | `x` " + "y".repeat(150))))
                        .noting("as it is"));
        exhibition.add(
                type,
                bad,
                Finding.wrong(
                        "ExecutionException", thrown("caller", new ExecutionException(new IOException("no disk")))));
        return exhibition;
    }

    private static Sighting value(String caller, Object value) {
        return new Sighting(caller, new Outcome.Value(value));
    }

    private static Sighting thrown(String caller, Throwable what) {
        return new Sighting(caller, new Outcome.Thrown(what));
    }

    private static String golden(String file) throws IOException {
        try (InputStream in = ReportsTest.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), UTF_8);
        }
    }
}
