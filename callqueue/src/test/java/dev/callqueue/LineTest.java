package dev.callqueue;

import static dev.callqueue.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls of one queue that have not begun: in the inbox, swept out of it, or leased. */
class LineTest {
    private static final int BOUNDED = 10_000;

    @AutoClose
    private final Threads threads = new Threads();

    private final Parts parts = new Parts();
    private final Handful handful = new Handful(null);

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

    // looking

    @ParameterizedTest
    @ValueSource(ints = {Line.UNBOUNDED, BOUNDED})
    void oneSeesFromOutsideWhetherThereAreCalls(int capacity) {
        var line = new Line(capacity);
        assertFalse(line.hasCalls());
        assertFalse(line.showsCall());

        append(line, 1);
        assertTrue(line.hasCalls());
        assertTrue(line.showsCall());

        claimAll(line, Long.MAX_VALUE);
        assertFalse(line.hasCalls());
        assertFalse(line.showsCall());
    }

    @ParameterizedTest
    @ValueSource(ints = {Line.UNBOUNDED, BOUNDED})
    void theHeadIsNoLongerThanAskedFor(int capacity) {
        var line = new Line(capacity);
        List<Call<?>> calls = append(line, 5);

        assertEquals(List.of(), line.head(0));
        assertEquals(calls.subList(0, 3), line.head(3));
        assertEquals(calls, line.head(5));
        assertEquals(calls, line.head(6));
    }

    @ParameterizedTest
    @ValueSource(ints = {Line.UNBOUNDED, BOUNDED})
    void placesFarBehindAreNotCounted(int capacity) {
        var line = new Line(capacity);
        List<Call<?>> calls = append(line, Line.FAR + 2);

        assertEquals(Line.FAR - 1, line.placeOf(calls.get(Line.FAR - 2)));
        assertEquals(Line.FAR, line.placeOf(calls.get(Line.FAR - 1)));
        assertEquals(Line.FAR, line.placeOf(calls.get(Line.FAR)));
        assertEquals(Line.FAR, line.placeOf(calls.get(Line.FAR + 1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {Line.UNBOUNDED, BOUNDED})
    void whatIsNotInTheLineHasNoPlaceInIt(int capacity) {
        var line = new Line(capacity);
        List<Call<?>> calls = append(line, 3);
        parts.begin(calls.get(1));

        assertEquals(0, line.placeOf(parts.call()));
        assertEquals(0, line.placeOf(calls.get(1)));
        assertEquals(2, line.placeOf(calls.get(2)));
    }

    @ParameterizedTest
    @ValueSource(ints = {Line.UNBOUNDED, BOUNDED})
    void oneAsksForCallsOfAKindAmongThoseThatHaveNotBegun(int capacity) {
        var line = new Line(capacity);
        List<Call<?>> calls = new ArrayList<>(killAllButSome(line, append(line, 1_000)));
        calls.addAll(append(line, 2));
        Call<?> last = calls.get(calls.size() - 1);

        assertTrue(line.mayHave(call -> call == calls.get(0)));
        assertTrue(line.mayHave(call -> call == last));
        assertFalse(line.mayHave(call -> call == null || !calls.contains(call)));
        parts.begin(calls.get(0));
        parts.begin(last);
        assertFalse(line.mayHave(call -> call == calls.get(0) || call == last));
    }

    // going

    @ParameterizedTest
    @ValueSource(ints = {Line.UNBOUNDED, BOUNDED})
    void noCallIsTakenThatCameAfterTheTicket(int capacity) {
        var line = new Line(capacity);
        List<Call<?>> calls = append(line, 3);

        assertEquals(List.of(), claimAll(line, 0));
        assertEquals(calls.subList(0, 2), claimAll(line, 2));
        assertEquals(calls.subList(2, 3), claimAll(line, Line.WHATEVER_SHOWS));
    }

    @ParameterizedTest
    @ValueSource(ints = {Line.UNBOUNDED, BOUNDED})
    void theEarlierCallsOfTheSameThreadAreTakenFirst(int capacity) {
        var line = new Line(capacity);
        List<Call<?>> calls = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            calls.add(i % 2 == 0 ? parts.call() : othersCall());
            line.append(calls.get(i));
        }

        for (int own : new int[] {0, 2, 4}) {
            assertSame(calls.get(own), line.claimFirstOfCaller(calls.get(4), parts.receiver()));
            parts.receiver().takeOp();
        }
        assertNull(line.claimFirstOfCaller(calls.get(4), parts.receiver()));
        assertEquals(List.of(calls.get(1), calls.get(3), calls.get(5)), line.head(BOUNDED));
    }

    @ParameterizedTest
    @ValueSource(ints = {Line.UNBOUNDED, BOUNDED})
    void noLaterCallOfTheSameThreadIsTaken(int capacity) {
        var line = new Line(capacity);
        List<Call<?>> calls = append(line, 2);
        parts.begin(calls.get(0));

        assertNull(line.claimFirstOfCaller(calls.get(0), parts.receiver()));
        assertEquals(calls.subList(1, 2), line.head(BOUNDED));
    }

    private Call<?> othersCall() {
        return threads.start("other", () -> parts.call()).result();
    }

    @ParameterizedTest
    @ValueSource(ints = {Line.UNBOUNDED, BOUNDED})
    void theDeadAtTheHeadArePassedAtOnce(int capacity) {
        var line = new Line(capacity);
        for (Call<?> call : append(line, 3)) {
            assertTrue(line.hasCalls());
            parts.begin(call);
            line.noteDead(0);
        }
        assertFalse(line.hasCalls());
    }

    @ParameterizedTest
    @ValueSource(ints = {Line.UNBOUNDED, BOUNDED})
    void clearForgetsTheDeadAtTheHead(int capacity) {
        var line = new Line(capacity);
        List<Reference<Call<?>>> dead = appendDead(line, 3);
        line.forgetGone();

        assertFalse(line.hasCalls());
        dead.forEach(Eventually::awaitCollected);
        Reference.reachabilityFence(line);
    }

    private List<Reference<Call<?>>> appendDead(Line line, int number) {
        List<Reference<Call<?>>> dead = new ArrayList<>();
        for (Call<?> call : append(line, number)) {
            parts.begin(call);
            dead.add(new WeakReference<>(call));
        }
        return dead;
    }

    // the door

    @Test
    void whoComesIsToldToComeUnderTheLockAsLongAsThatIsWanted() {
        var line = new Line(Line.UNBOUNDED);
        assertEquals(Inbox.Push.TELL, line.push(parts.call()));

        line.tell(false);
        assertEquals(Inbox.Push.IN, line.push(parts.call()));
        line.tell(true);
        line.tell(true);
        assertEquals(Inbox.Push.TELL, line.push(parts.call()));
        line.shut();
        assertEquals(Inbox.Push.SHUT, line.push(parts.call()));
        assertEquals(1, line.lastTicket());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, (1L << 31) - 1, (1L << 32) - 1, (1L << 61) - 1})
    void asManyComeToABoundedLineAsItHasPlacesUntilCallsAreKnownToHaveGone(long gone) {
        var line = new Line(2, gone);
        line.tell(false);
        assertEquals(List.of(Inbox.Push.IN, Inbox.Push.IN, Inbox.Push.TELL), push(line, 3));

        line.noteGone(gone);
        assertEquals(List.of(Inbox.Push.TELL), push(line, 1));
        line.noteGone(gone + 1);
        assertEquals(List.of(Inbox.Push.IN, Inbox.Push.TELL), push(line, 2));
        line.noteGone(gone + 3);
        assertEquals(List.of(Inbox.Push.IN, Inbox.Push.IN, Inbox.Push.TELL), push(line, 3));
        assertEquals(gone + 5, line.lastTicket());
        line.shut();
        assertEquals(List.of(Inbox.Push.SHUT), push(line, 1));
    }

    @Test
    void onlyABoundedLineIsEverFull() {
        assertTrue(new Line(1).isBounded());
        var unbounded = new Line(Line.UNBOUNDED);
        assertFalse(unbounded.isBounded());

        unbounded.tell(false);
        unbounded.noteGone(0);
        assertEquals(Collections.nCopies(BOUNDED, Inbox.Push.IN), push(unbounded, BOUNDED));
    }

    private List<Inbox.Push> push(Line line, int number) {
        return parts.calls(number).stream().map(line::push).toList();
    }

    @Test
    void whoeverIsUnderTheLockComesInThoughSomebodyIsToBeToldButNotBeyondTheLimit() {
        var line = new Line(1);
        line.tell(true);

        assertTrue(line.append(parts.call()));
        assertFalse(line.append(parts.call()));
        line.noteGone(1);
        assertTrue(line.append(parts.call()));
        assertEquals(2, line.lastTicket());
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

        eventually(() -> {
            System.gc();
            long held = dead.stream().filter(call -> !call.refersTo(null)).count();
            assertTrue(held <= 100, held + " dead calls held");
        });
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

    // leased

    @Test
    void whatIsLeasedCameBeforeWhatIsLeft() {
        var line = new Line(Line.UNBOUNDED);
        List<Call<?>> calls = append(line, 40);
        handful.hold(parts.receiver(), line);

        assertEquals(calls.subList(0, 16), Parts.in(handful));
        assertEquals(calls.subList(16, 40), line.head(BOUNDED));
    }

    @Test
    void whatIsLeasedStaysWhereItIsWhenTheDeadBehindItAreForgotten() {
        var line = new Line(Line.UNBOUNDED);
        List<Call<?>> leased = append(line, 16);
        handful.hold(parts.receiver(), line);
        List<Call<?>> alive = killAllButSome(line, append(line, 1_000));

        assertEquals(leased, Parts.in(handful));
        assertEquals(alive, claimAll(line, Long.MAX_VALUE));
    }

    @Test
    void nothingIsLeasedWhileSweptCallsStandBefore() {
        var line = new Line(Line.UNBOUNDED);
        List<Call<?>> expected = new ArrayList<>(killAllButSome(line, append(line, 1_000)));
        expected.addAll(append(line, 10));
        handful.hold(parts.receiver(), line);

        assertEquals(List.of(), Parts.in(handful));
        assertEquals(expected, claimAll(line, Long.MAX_VALUE));
    }

    @Test
    void whatHasBegunIsNoLongerInHand() {
        var line = new Line(Line.UNBOUNDED);
        List<Call<?>> expected = new ArrayList<>(append(line, 15));
        handful.hold(parts.receiver(), line);
        assertSame(expected.remove(0), parts.claimFirst(handful, Long.MAX_VALUE));
        parts.begin(expected.remove(7));

        assertEquals(expected, Parts.in(handful));
        assertEquals(expected.size(), handful.count());
        assertEquals(7, handful.placeOf(expected.get(6)));
        assertEquals(8, handful.placeOf(expected.get(7)));
    }

    @Test
    void whatIsInHandKeepsItsTicket() {
        var line = new Line(Line.UNBOUNDED, 1L << 31);
        List<Call<?>> calls = append(line, 20);
        handful.hold(parts.receiver(), line);

        assertNull(parts.claimFirst(handful, 1L << 31));
        assertSame(calls.get(0), parts.claimFirst(handful, (1L << 31) + 1));
        assertNull(parts.claimFirst(handful, (1L << 31) + 1));
    }

    @Test
    void whatItsHolderLeavesInHandIsForTheNextReceiver() {
        var line = new Line(Line.UNBOUNDED);
        List<Call<?>> calls = append(line, 3);
        Receiver me = parts.receiver();
        handful.hold(me, line);
        handful.leave(me);
        assertFalse(handful.runNext(me, Long.MAX_VALUE));

        Receiver next = new Parts().receiver();
        handful.hold(next, line);
        assertFalse(handful.runNext(me, Long.MAX_VALUE));
        assertTrue(handful.runNext(next, Long.MAX_VALUE));
        assertTrue(calls.get(0).isDone());
        assertEquals(calls.subList(1, 3), Parts.in(handful));
    }

    @Test
    void whatIsLeftInTheLineIsNotInHand() {
        var line = new Line(Line.UNBOUNDED);
        List<Call<?>> calls = append(line, 17);
        handful.hold(parts.receiver(), line);

        assertEquals(16, handful.count());
        assertEquals(16, handful.placeOf(calls.get(15)));
        assertEquals(0, handful.placeOf(calls.get(16)));
        assertFalse(handful.remove(calls.get(16)));
        assertTrue(handful.remove(calls.get(15)));
        assertFalse(handful.remove(calls.get(15)));
        assertEquals(calls.subList(0, 15), Parts.in(handful));
    }

    @Test
    void theHolderRunsWhatIsInHandUpToATicketAndForgetsIt() {
        var line = new Line(Line.UNBOUNDED, 1L << 32);
        List<Call<?>> calls = append(line, 3);
        Receiver me = parts.receiver();
        handful.hold(me, line);
        parts.begin(calls.get(0));

        assertFalse(handful.runNext(me, 1L << 32));
        assertTrue(handful.runNext(me, (1L << 32) + 2));
        assertTrue(calls.get(1).isDone());
        assertFalse(handful.runNext(me, (1L << 32) + 2));
        assertFalse(handful.isEmpty(line));
        assertTrue(handful.runNext(me, Long.MAX_VALUE));
        assertTrue(handful.isEmpty(line));
        assertFalse(handful.runNext(me, Long.MAX_VALUE));
    }

    @Test
    void whatRunsFromTheHandIsSeenWhileItRuns() {
        var line = new Line(Line.UNBOUNDED);
        var seen = new ArrayList<Call<?>>();
        List<Call<?>> calls = List.of(parts.call(() -> seen.add(handful.running())), parts.call());
        calls.forEach(line::append);
        handful.hold(parts.receiver(), line);

        assertNull(handful.running());
        assertTrue(handful.runNext(parts.receiver(), Long.MAX_VALUE));
        assertEquals(calls.subList(0, 1), seen);
        assertNull(handful.running());
    }

    @Test
    void anotherReceiverTakesFromTheHandWithoutTurningItsPages() {
        var line = new Line(Line.UNBOUNDED);
        List<Call<?>> calls = append(line, 3);
        Receiver me = parts.receiver();
        Receiver other = new Receiver(handful);
        handful.hold(me, line);

        assertSame(calls.get(0), handful.claimFirst(other, Long.MAX_VALUE, Handful.NONE_TO_AWAIT));
        other.takeOp();
        assertFalse(handful.isEmpty(line));
        assertTrue(handful.runNext(me, Long.MAX_VALUE));
        assertTrue(calls.get(1).isDone());
        parts.begin(calls.get(2));
        assertNull(handful.claimFirst(other, Long.MAX_VALUE, Handful.NONE_TO_AWAIT));
        assertFalse(handful.isEmpty(line));
        assertNull(handful.claimFirst(me, Long.MAX_VALUE, Handful.NONE_TO_AWAIT));
        assertTrue(handful.isEmpty(line));
    }

    @Test
    void theEarlierCallsOfTheSameThreadAreTakenFromTheHandFirst() {
        var line = new Line(Line.UNBOUNDED);
        List<Call<?>> calls = List.of(othersCall(), parts.call(), othersCall(), parts.call(), parts.call());
        calls.forEach(line::append);
        Receiver me = parts.receiver();
        handful.hold(me, line);

        for (int own : new int[] {1, 3}) {
            assertSame(calls.get(own), handful.claimFirstOfCaller(calls.get(3), me));
            me.takeOp();
        }
        assertNull(handful.claimFirstOfCaller(othersCall(), me));
        assertEquals(List.of(calls.get(0), calls.get(2), calls.get(4)), Parts.in(handful));
    }

    @ParameterizedTest
    @ValueSource(ints = {Line.UNBOUNDED, BOUNDED})
    void theFirstThatHasNotBegunIsNextInTheOrderOfComing(int capacity) {
        var line = new Line(capacity);
        List<Call<?>> expected = killAllButSome(line, append(line, 200));
        expected.addAll(append(line, 50));

        List<Call<?>> all = new ArrayList<>();
        for (Call<?> first = line.first(); first != null; first = line.first()) {
            parts.begin(first);
            all.add(first);
        }
        assertEquals(expected, all);
        assertFalse(line.hasCalls());
    }
}
