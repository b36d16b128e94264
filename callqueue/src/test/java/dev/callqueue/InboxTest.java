package dev.callqueue;

import static dev.callqueue.Eventually.awaitCollected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The row of places in which callers leave their calls. */
class InboxTest {
    /** More than any stretch of places is long. */
    private static final int MANY = 3_000;

    @AutoClose
    private final Threads threads = new Threads();

    private final Parts parts = new Parts();
    private final Handful handful = new Handful(null);

    private Inbox inbox = open(0);

    /** An inbox into which callers come without being told to come under the lock. */
    private static Inbox open(long number) {
        var inbox = new Inbox(number, Long.MAX_VALUE);
        inbox.tell(false);
        return inbox;
    }

    private List<Call<?>> push(int number) {
        List<Call<?>> calls = parts.calls(number);
        calls.forEach(call -> assertEquals(Inbox.Push.IN, inbox.push(call)));
        return calls;
    }

    private List<Call<?>> poll(int number) {
        List<Call<?>> polled = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            polled.add(inbox.poll());
        }
        return polled;
    }

    private List<Call<?>> visited() {
        List<Call<?>> visited = new ArrayList<>();
        inbox.visit(visited::add);
        return visited;
    }

    // order and number

    @ParameterizedTest
    @ValueSource(longs = {0, (1L << 31) - 40, (1L << 32) - 40, (1L << 61) - 40})
    void callsComeOutAsTheyCameWhereverTheNumbersBegin(long number) {
        inbox = open(number);
        long sum = number;
        for (int burst : new int[] {1, 63, 64, 65, 1, 127, MANY, 1, 40}) {
            List<Call<?>> pushed = push(burst);
            assertEquals(sum + burst, inbox.arrived());
            assertEquals(sum, inbox.taken());
            assertTrue(inbox.hasCalls());
            assertTrue(inbox.showsCall());

            assertEquals(pushed, poll(burst));
            sum += burst;
            assertEquals(sum, inbox.taken());
            assertFalse(inbox.hasCalls());
            assertFalse(inbox.showsCall());
            assertNull(inbox.poll());
            assertNull(inbox.pollFilled());
        }
    }

    @Test
    void someTakenAndSomeLeftComeOutAsTheyCame() {
        List<Call<?>> pushed = new ArrayList<>();
        List<Call<?>> polled = new ArrayList<>();
        for (int round = 0; round < 100; round++) {
            pushed.addAll(push(50));
            polled.addAll(poll(37));
        }
        polled.addAll(poll(100 * 50 - 100 * 37));

        assertEquals(pushed, polled);
    }

    @Test
    void visitorsSeeWhatIsThereInItsOrderUntilTheyHaveSeenEnough() {
        List<Call<?>> pushed = push(MANY);
        poll(100);
        List<Call<?>> left = pushed.subList(100, MANY);

        assertEquals(left, visited());
        List<Call<?>> some = new ArrayList<>();
        inbox.visit(call -> some.add(call) && some.size() < 70);
        assertEquals(left.subList(0, 70), some);
    }

    @Test
    void callsOfManyThreadsAllComeOutAndThoseOfEachInItsOrder() {
        int producers = 4;
        int each = 25_000;
        Map<Call<?>, Integer> numbers = new HashMap<>();
        List<List<Call<?>>> calls = new ArrayList<>();
        for (int p = 0; p < producers; p++) {
            List<Call<?>> own = parts.calls(each);
            for (int i = 0; i < each; i++) {
                numbers.put(own.get(i), p * each + i);
            }
            calls.add(own);
        }

        for (List<Call<?>> own : calls) {
            threads.start("producer", () -> own.forEach(call -> assertEquals(Inbox.Push.IN, inbox.push(call))));
        }
        int[] next = new int[producers];
        for (int taken = 0; taken < producers * each; ) {
            Call<?> call = taken % 3 == 0 ? inbox.poll() : inbox.pollFilled();
            if (call == null) {
                Thread.yield();
                continue;
            }
            int number = numbers.get(call);
            assertEquals(next[number / each]++, number % each);
            taken++;
        }

        assertEquals(producers * each, inbox.arrived());
        assertFalse(inbox.hasCalls());
        assertNull(inbox.poll());
    }

    // the door

    @Test
    void theFirstCallerOfAnInboxIsToldToComeUnderTheLock() {
        inbox = new Inbox(0, Long.MAX_VALUE);

        assertEquals(Inbox.Push.TELL, inbox.push(parts.call()));
        assertEquals(0, inbox.arrived());
        assertFalse(inbox.hasCalls());
    }

    @Test
    void whoIsUnderTheLockComesInThoughSomebodyIsToBeTold() {
        inbox.tell(true);
        Call<?> call = parts.call();

        assertEquals(Inbox.Push.IN, inbox.pushThoughTelling(call));
        assertEquals(Inbox.Push.TELL, inbox.push(parts.call()));
        assertSame(call, inbox.poll());
        assertNull(inbox.poll());
    }

    @Test
    void callersComeInAgainWhenNobodyIsToBeToldAnyMore() {
        inbox.tell(true);
        inbox.tell(true);
        inbox.tell(false);

        List<Call<?>> pushed = push(2);
        assertEquals(pushed, poll(2));
    }

    @Test
    void nothingComesInOnceItIsShut() {
        List<Call<?>> before = push(2);
        inbox.shut();
        inbox.tell(false);

        assertEquals(Inbox.Push.SHUT, inbox.push(parts.call()));
        assertEquals(Inbox.Push.SHUT, inbox.pushThoughTelling(parts.call()));
        assertEquals(2, inbox.arrived());
        assertEquals(before, poll(2));
        assertNull(inbox.poll());
    }

    @Test
    void whatComesInWhileItIsBeingShutIsCountedAndComesOut() {
        for (int round = 0; round < 200; round++) {
            inbox = open(0);
            List<Call<?>> calls = parts.calls(300);
            Inbox shutting = inbox;
            Threads.Started<Integer> producer = threads.start("producer", () -> {
                int in = 0;
                while (in < calls.size() && shutting.push(calls.get(in)) == Inbox.Push.IN) {
                    in++;
                }
                return in;
            });
            while (inbox.arrived() < round % 50) {
                Thread.onSpinWait();
            }
            inbox.shut();
            long arrived = inbox.arrived();

            int in = producer.result();
            assertEquals(arrived, in);
            assertEquals(calls.subList(0, in), poll(in));
            assertNull(inbox.poll());
        }
    }

    // leases

    @Test
    void aLeaseIsNoLongerThanAskedFor() {
        List<Call<?>> pushed = push(20);
        inbox.lease(handful, 5);

        assertEquals(pushed.subList(0, 5), Parts.in(handful));
        assertEquals(5, inbox.taken());
        assertEquals(pushed.subList(5, 20), poll(15));
    }

    @Test
    void aLeaseGoesBeyondWhatHasCome() {
        push(16); // the first stretch is a short one
        poll(16);
        List<Call<?>> pushed = new ArrayList<>(push(3));
        inbox.lease(handful, 32);

        assertEquals(48, inbox.taken());
        assertEquals(19, inbox.arrived());
        assertFalse(inbox.hasCalls());
        assertFalse(inbox.showsCall());
        assertNull(inbox.poll());
        pushed.addAll(push(40));
        assertEquals(pushed.subList(0, 32), Parts.in(handful));
        assertEquals(pushed.subList(32, 43), poll(11));
    }

    @Test
    void aLeaseEndsWhereTheStretchOfPlacesEnds() {
        push(12);
        poll(12);
        inbox.lease(handful, 32);
        List<Call<?>> pushed = push(10);

        assertEquals(pushed.subList(0, 4), Parts.in(handful));
        assertEquals(pushed.subList(4, 10), poll(6));
    }

    @Test
    void leasesOneAfterTheOtherGiveAllCallsInTheirOrder() {
        List<Call<?>> pushed = push(MANY);
        List<Call<?>> leased = new ArrayList<>();
        while (inbox.hasCalls()) {
            inbox.lease(handful, 32);
            List<Call<?>> some = Parts.in(handful);
            assertFalse(some.isEmpty());
            leased.addAll(some);
            some.forEach(call -> assertSame(call, parts.claimFirst(handful, Long.MAX_VALUE)));
        }

        assertEquals(pushed, leased);
    }

    @Test
    void aCallThatIsLeasedIsNoLongerSeenHere() {
        List<Call<?>> pushed = push(10);
        inbox.lease(handful, 4);

        assertEquals(pushed.subList(4, 10), visited());
    }

    // memory

    private List<Reference<Call<?>>> pushAndForget(int number) {
        List<Reference<Call<?>>> pushed = new ArrayList<>();
        for (Call<?> call : push(number)) {
            pushed.add(new WeakReference<>(call));
        }
        return pushed;
    }

    private static void awaitAllCollected(List<Reference<Call<?>>> calls) {
        calls.forEach(call -> {
            if (!call.refersTo(null)) {
                awaitCollected(call);
            }
        });
    }

    private void pollAndForget(int number) {
        for (int i = 0; i < number; i++) {
            assertNotNull(inbox.poll());
        }
    }

    @Test
    void callsThatWereTakenAreForgottenWhenItIsCleared() {
        for (int number : new int[] {1, 16, 17, 46, 64, 65, MANY}) {
            List<Reference<Call<?>>> calls = pushAndForget(number);
            pollAndForget(number);
            inbox.clear();

            awaitAllCollected(calls);
        }
        Reference.reachabilityFence(inbox);
    }

    @Test
    void aCallThatWasTakenLongAgoIsForgottenWithoutClear() {
        Reference<Call<?>> call = pushAndForget(1).get(0);
        pushAndForget(32);
        pollAndForget(33);

        awaitCollected(call);
        Reference.reachabilityFence(inbox);
    }

    @Test
    void callsThatWereClaimedFromALeaseAreForgotten() {
        List<Reference<Call<?>>> calls = pushAndForget(100);
        pollAndForget(3);
        while (inbox.hasCalls()) {
            inbox.lease(handful, 32);
            while (parts.claimFirst(handful, Long.MAX_VALUE) != null) {
                parts.receiver().takeOp();
            }
        }
        inbox.clear();

        awaitAllCollected(calls);
        Reference.reachabilityFence(inbox);
        Reference.reachabilityFence(handful);
    }

    @Test
    void callsThatWereTakenAreForgottenThoughTheHandfulKeepsTheirStretchOfPlaces() {
        List<Reference<Call<?>>> calls = pushAndForget(20);
        inbox.lease(handful, 4);
        pollAndForget(16);

        awaitAllCollected(calls.subList(4, 16));
        Reference.reachabilityFence(inbox);
        Reference.reachabilityFence(handful);
    }

    @Test
    void clearKeepsWhatHasNotBeenTaken() {
        List<Call<?>> pushed = push(100);
        for (int i = 0; i < 100; i++) {
            inbox.clear();
            assertSame(pushed.get(i), inbox.poll());
        }
        inbox.clear();
        assertNull(inbox.poll());
    }
}
