package dev.callqueue;

import static dev.callqueue.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The places that a receiver has in hand, into which calls still come. */
class HandfulTest {
    /** How many places a new line gives into the hand: its first stretch. */
    private static final int IN_HAND = 16;

    @AutoClose
    private final Threads threads = new Threads();

    private final Parts parts = new Parts();
    private final Receiver me = parts.receiver();
    private final Receiver other = new Parts().receiver();
    private final Line line = new Line(Line.UNBOUNDED);
    private final Handful handful = new Handful(null);

    @BeforeEach
    void takeUp() {
        handful.hold(me, line);
    }

    private List<Call<?>> append(int number) {
        List<Call<?>> calls = parts.calls(number);
        calls.forEach(line::append);
        return calls;
    }

    private boolean runNext() {
        return handful.runNext(me, Long.MAX_VALUE);
    }

    @Test
    void aCallThatComesLaterStandsInHand() {
        assertTrue(handful.isHeldBy(me));
        assertFalse(handful.showsCall());
        assertTrue(handful.isEmpty(line));
        assertFalse(runNext());

        Call<?> call = append(1).get(0);
        assertTrue(handful.showsCall());
        assertFalse(handful.isEmpty(line));
        assertFalse(line.hasCalls());
        assertTrue(runNext());
        assertTrue(call.isDone());
        assertFalse(handful.showsCall());
        assertTrue(handful.isEmpty(line));
    }

    /** Whoever waits for it has nothing to run himself any more. */
    @Test
    void noCallOfACallerIsTakenOutOnceTheAwaitedOneHasBegun() {
        List<Call<?>> calls = append(3);
        parts.begin(calls.get(1));

        assertNull(handful.claimFirstOfCaller(calls.get(1), other));

        assertTrue(calls.get(0).hasNotBegun());
        assertTrue(calls.get(2).hasNotBegun());
    }

    @Test
    void callsRunInTheOrderOfTheirComing() {
        for (int i = 0; i < IN_HAND; i++) {
            List<Call<?>> calls = append(1);
            assertTrue(runNext());
            assertTrue(calls.get(0).isDone());
        }

        assertFalse(handful.isHeldBy(me), "used up");
        append(1);
        assertFalse(runNext());
        handful.hold(me, line);
        assertTrue(runNext());
    }

    @Test
    void aCallAfterTheTicketIsNotRun() {
        append(3);
        assertTrue(handful.runNext(me, 2));
        assertTrue(handful.runNext(me, 2));
        assertFalse(handful.runNext(me, 2));
        assertTrue(handful.runNext(me, 3));
    }

    @Test
    void onlyItsHolderRunsWithoutTheLock() {
        append(1);

        assertFalse(handful.isHeldBy(other));
        assertFalse(handful.runNext(other, Long.MAX_VALUE));
        assertTrue(runNext());
    }

    @Test
    void callsInTheLineAreNextOnlyWhenNoneComesHereAnyMore() {
        List<Call<?>> calls = new ArrayList<>(append(5));
        calls.forEach(parts::begin);
        assertFalse(handful.isPassed(), "some are still to come");

        List<Call<?>> rest = append(IN_HAND - 5);
        rest.subList(1, rest.size()).forEach(parts::begin);
        assertFalse(handful.isPassed(), "one has come just now");

        parts.begin(rest.get(0));
        assertTrue(handful.isPassed());
    }

    @Test
    void whatWaitsIsToldFromWhatIsStillToComeAndWhatHasBegun() {
        assertFalse(handful.hasWaiting(line), "all are still to come");

        List<Call<?>> calls = append(2);
        assertTrue(handful.hasWaiting(line));

        calls.forEach(parts::begin);
        assertFalse(handful.hasWaiting(line), "all that came have begun");
    }

    @Test
    void aCallThatIsAboutToBeHereIsAwaited() {
        List<Call<?>> calls = parts.calls(1);
        Threads.Started<Call<?>> taker =
                threads.start("taker", () -> handful.claimFirst(parts.receiver(), Long.MAX_VALUE, 1));
        eventually(() -> assertTrue(Arrays.stream(taker.thread().getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("await"))));

        calls.forEach(line::append);

        assertSame(calls.get(0), taker.result());
    }

    // of a bounded queue

    private static Handful ofBounded() {
        return new Handful(CallQueue.builder().capacity(100).build().core());
    }

    @Test
    void aCallOfABoundedQueueIsSeenToBeginOnlyBetweenItsClaimAndItsStart() {
        Handful bounded = ofBounded();
        var begins = new ArrayList<Boolean>();
        var places = new Line(100);
        places.append(parts.call(() -> begins.add(bounded.isJustBeginning())));
        places.append(parts.call());
        bounded.hold(me, places);

        assertFalse(bounded.isJustBeginning(), "it waits");
        assertTrue(bounded.runNext(me, Long.MAX_VALUE));
        assertEquals(List.of(false), begins, "it runs");
        assertFalse(bounded.isJustBeginning(), "the next one waits");

        parts.begin(bounded.waiting().get(0));
        assertTrue(bounded.isJustBeginning());
    }

    @Test
    void aCallOfABoundedQueueThatDiedInTheLineIsNotTakenForOneThatBegins() {
        Handful bounded = ofBounded();
        var dying = new Line(100);
        List<Call<?>> calls = parts.calls(3);
        calls.forEach(dying::append);
        parts.begin(calls.get(0));
        bounded.hold(me, dying);

        assertFalse(bounded.isJustBeginning());
        assertEquals(calls.subList(1, 3), Parts.in(bounded));
        assertTrue(bounded.runNext(me, Long.MAX_VALUE));
        assertTrue(calls.get(1).isDone());
    }

    @Test
    void oneAsksForCallsOfAKindAmongThoseThatHaveNotBegun() {
        assertFalse(handful.mayHave(call -> true, line), "all are still to come");
        List<Call<?>> calls = append(3);
        parts.begin(calls.get(0));

        assertFalse(handful.mayHave(call -> call == calls.get(0), line));
        assertTrue(handful.mayHave(call -> call == calls.get(2), line));
        assertFalse(handful.mayHave(call -> call == null, line));
    }

    @Test
    void aWithdrawnCallIsForgottenAndPassed() {
        List<Call<?>> calls = append(3);
        parts.begin(calls.get(0));
        assertTrue(handful.remove(calls.get(0)));
        assertFalse(handful.remove(calls.get(0)));

        assertEquals(calls.subList(1, 3), Parts.in(handful));
        assertEquals(1, handful.placeOf(calls.get(1)));
        assertEquals(2, handful.placeOf(calls.get(2)));
        assertEquals(0, handful.placeOf(calls.get(0)));
        assertTrue(runNext());
        assertTrue(calls.get(1).isDone());
    }

    @Test
    void whatHasNotBegunIsRefused() {
        List<Call<?>> calls = append(4);
        assertTrue(runNext());
        parts.begin(calls.get(2));
        var refusal = new Refusal(parts.core(), () -> new QueueClosedException("closed"), false);

        handful.refuseAll(refusal, line.lastTicket());

        assertEquals(2, refusal.size());
        assertFalse(calls.get(1).hasNotBegun());
        assertFalse(calls.get(3).hasNotBegun());
        assertEquals(List.of(), Parts.in(handful));
        assertFalse(runNext());
    }
}
