package dev.callqueue.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A little of every experiment, with much patience for a machine that has other things to do. */
class TableOfFaultsTest {
    private static final Effort EFFORT = Effort.brief(30);

    @BeforeAll
    static void quiet() {
        Quiet.begin();
    }

    static List<Row> rows() {
        return TableOfFaults.rows();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void targetIsMet(Row row) throws InterruptedException {
        Measured measured = new Watchdog(System.err, Watchdog.PATIENCE).measure(row, EFFORT);

        assertTrue(measured.verdict().isGood(), measured.figures());
    }

    @Test
    void theTableHasAllRows() {
        List<Integer> numbers = rows().stream().map(Row::number).toList();

        assertEquals(IntStream.rangeClosed(1, 28).boxed().toList(), numbers);
    }
}
