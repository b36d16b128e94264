package dev.callqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls of one queue that have not begun: those that were taken out and given back before those in the inbox. */
class LineTest {
    private static final int BOUNDED = 10_000;

    private final Parts parts = new Parts();
    private final Handful handful = new Handful();

    private List<Call<?>> append(Line line, int number) {
        List<Call<?>> calls = parts.calls(number);
        calls.forEach(line::append);
        return calls;
    }

    /** Takes all out, by one claim after the other. */
    private List<Call<?>> claimAll(Line line, long upToTicket) {
        List<Call<?>> claimed = new ArrayList<>();
        for (Call<?> call = line.claimFirst(upToTicket, parts.receiver());
                call != null;
                call = line.claimFirst(upToTicket, parts.receiver())) {
            parts.receiver().takeOp();
            claimed.add(call);
        }
        return claimed;
    }

    /** Has every call begun but each tenth one, and tells the line; the calls that are left. */
    private List<Call<?>> killAllButSome(Line line, List<Call<?>> calls) {
        List<Call<?>> alive = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            if (i % 10 == 0) {
                alive.add(calls.get(i));
            } else {
                parts.begin(calls.get(i));
                line.noteDead(calls.size() / 10);
            }
        }
        return alive;
    }

    // sweeps

    @ParameterizedTest
    @ValueSource(ints = {Line.UNBOUNDED, BOUNDED})
    void theLivingKeepTheirOrderWhenTheDeadAreForgotten(int capacity) {
        var line = new Line(capacity);
        List<Call<?>> expected = new ArrayList<>(killAllButSome(line, append(line, 1_000)));
        expected.addAll(append(line, 100));

        assertEquals(expected, line.head(BOUNDED));
        assertEquals(expected, claimAll(line, Long.MAX_VALUE));
        assertFalse(line.hasCalls());
    }

    @ParameterizedTest
    @ValueSource(ints = {Line.UNBOUNDED, BOUNDED})
    void theLivingKeepTheirTicketsWhenTheDeadAreForgotten(int capacity) {
        var line = new Line(capacity, 1L << 32);
        List<Call<?>> alive = killAllButSome(line, append(line, 1_000));
        append(line, 100);
        long ticketOfThird = (1L << 32) + 21;

        assertEquals((1L << 32) + 1_100, line.lastTicket());
        assertEquals(alive.subList(0, 2), claimAll(line, ticketOfThird - 1));
        assertEquals(alive.subList(2, 3), claimAll(line, ticketOfThird));
    }

    @ParameterizedTest
    @ValueSource(ints = {Line.UNBOUNDED, BOUNDED})
    void theLivingStandWhereTheyAreWhenTheDeadAreForgotten(int capacity) {
        var line = new Line(capacity);
        List<Call<?>> alive = killAllButSome(line, append(line, 1_000));
        Call<?> last = append(line, 1).get(0);

        for (int i = 0; i < alive.size(); i++) {
            assertEquals(i + 1, line.placeOf(alive.get(i)));
        }
        assertEquals(alive.size() + 1, line.placeOf(last));
    }

    @ParameterizedTest
    @ValueSource(ints = {Line.UNBOUNDED, BOUNDED})
    void manyDeadAreForgottenThoughNobodyReceives(int capacity) {
        var line = new Line(capacity);
        Call<?> first = append(line, 1).get(0);
        List<Reference<Call<?>>> dead = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            Call<?> call = append(line, 1).get(0);
            dead.add(new WeakReference<>(call));
            parts.begin(call);
            line.noteDead(1);
        }

        System.gc();
        long held = dead.stream().filter(call -> !call.refersTo(null)).count();
        assertTrue(held <= 100, held + " dead calls held");
        assertSame(first, line.claimFirst(Long.MAX_VALUE, parts.receiver()));
        assertNull(line.claimFirst(Long.MAX_VALUE, parts.receiver()));
    }

    @Test
    void fewDeadArePassedWhenACallIsTaken() {
        var line = new Line(Line.UNBOUNDED);
        List<Call<?>> calls = append(line, 10);
        calls.subList(0, 9).forEach(call -> {
            parts.begin(call);
            line.noteDead(1);
        });

        assertEquals(List.of(calls.get(9)), line.head(BOUNDED));
        assertEquals(List.of(calls.get(9)), claimAll(line, Long.MAX_VALUE));
    }

    // given back

    @Test
    void whatIsGivenBackStandsBeforeWhatCameMeanwhile() {
        var line = new Line(Line.UNBOUNDED);
        List<Call<?>> expected = new ArrayList<>(append(line, 40));
        handful.fill(line, Long.MAX_VALUE);
        assertEquals(expected.subList(0, 32), Parts.in(handful));
        expected.addAll(append(line, 5));
        handful.giveBack(line);

        assertEquals(List.of(), Parts.in(handful));
        assertEquals(expected, line.head(BOUNDED));
        assertEquals(expected, claimAll(line, Long.MAX_VALUE));
    }

    @Test
    void whatIsGivenBackStandsBeforeWhatWasSweptMeanwhile() {
        var line = new Line(Line.UNBOUNDED);
        List<Call<?>> expected = new ArrayList<>(append(line, 20));
        handful.fill(line, Long.MAX_VALUE);
        expected.addAll(killAllButSome(line, append(line, 1_000)));
        handful.giveBack(line);

        assertEquals(expected, claimAll(line, Long.MAX_VALUE));
    }

    @Test
    void whatHasBegunIsNotGivenBack() {
        var line = new Line(Line.UNBOUNDED);
        List<Call<?>> calls = append(line, 20);
        handful.fill(line, Long.MAX_VALUE);
        assertSame(calls.get(0), handful.claimNext(parts.receiver(), Long.MAX_VALUE));
        parts.begin(calls.get(7));
        handful.giveBack(line);

        List<Call<?>> expected = new ArrayList<>(calls);
        expected.remove(7);
        expected.remove(0);
        assertEquals(expected, claimAll(line, Long.MAX_VALUE));
    }

    @Test
    void whatIsGivenBackKeepsItsTicket() {
        var line = new Line(Line.UNBOUNDED, 1L << 31);
        List<Call<?>> calls = append(line, 20);
        handful.fill(line, Long.MAX_VALUE);
        handful.giveBack(line);

        assertEquals(calls.subList(0, 5), claimAll(line, (1L << 31) + 5));
        assertEquals(calls.subList(5, 20), claimAll(line, (1L << 31) + 20));
    }

    @Test
    void nothingIsLeasedWhileCallsThatWereGivenBackStandBefore() {
        var line = new Line(Line.UNBOUNDED);
        List<Call<?>> calls = append(line, 40);
        handful.fill(line, 2);
        handful.giveBack(line);
        handful.fill(line, Long.MAX_VALUE);

        assertEquals(List.of(), Parts.in(handful));
        assertEquals(calls, claimAll(line, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(ints = {Line.UNBOUNDED, BOUNDED})
    void allIsTakenOutInItsOrder(int capacity) {
        var line = new Line(capacity);
        List<Call<?>> expected = killAllButSome(line, append(line, 200));
        expected.addAll(append(line, 50));

        List<Call<?>> all = line.removeAll();
        all.removeIf(call -> !call.hasNotBegun());
        assertEquals(expected, all);
        assertFalse(line.hasCalls());
    }
}
