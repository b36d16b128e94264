package dev.callqueue;

import static dev.callqueue.Delays.LONG;
import static dev.callqueue.Eventually.awaitCollected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a queue knows of its calls and receivers, who is told, and what is kept, seen from close by. */
class CoreTest {
    /** More calls than a receiver that is alone takes up at once. */
    private static final int FEW = 20;

    @AutoClose
    private final Threads threads = new Threads();

    private final CallQueue queue = threads.closing(CallQueue.create());
    private final Core core = queue.core();

    // receivers that see calls come without the lock

    /** The thread is inside a receive of that queue, where it has run one call of those that wait. */
    private static Receiver enterAndRunOne(Core core) {
        Receiver me = core.enter();
        me.run(core.claimUpTo(me, core.lastTicket()));
        return me;
    }

    @Test
    void aReceiverThatIsAloneSeesTheNextCallCome() {
        queue.execute(() -> {});
        Receiver me = enterAndRunOne(core);

        assertTrue(core.seesCallsCome(me));
        queue.execute(() -> {});
        assertTrue(core.comesToHand(me));
        core.exit(me);
    }

    @Test
    void aReceiverBesideAnotherHasToLookUnderTheLock() {
        Gate gate = threads.gate();
        queue.execute(gate::pass);
        threads.start("other", () -> queue.receive(1));
        gate.awaitArrival();
        queue.execute(() -> {});
        Receiver me = enterAndRunOne(core);

        assertFalse(core.seesCallsCome(me));
        core.exit(me);
        gate.open();
    }

    @Test
    void aReceiverInTheMiddleOfACallLooksForNoOther() {
        Call<Boolean> sees =
                queue.submit(() -> core.seesCallsCome(core.receivers().get(0)));

        queue.receive();

        assertFalse(sees.result());
    }

    // the watch

    @Test
    void oneWatchIsEnough() {
        assertFalse(core.locked(core.summons()::isWatched));
        assertTrue(core.locked(core.summons()::beginWatch));
        assertFalse(core.locked(core.summons()::beginWatch));
        assertTrue(core.locked(core.summons()::isWatched));
    }

    @Test
    void aWatchThatHasEndedCanBeginAnew() {
        core.locked(core.summons()::beginWatch);

        core.summons().endWatch();

        assertFalse(core.locked(core.summons()::isWatched));
        assertTrue(core.locked(core.summons()::beginWatch));
    }

    @Test
    void theNextCallOfAnOwnerThatIsWatchedNoLongerHasToBeTold() {
        CallQueue owned = CallQueue.forCurrentThread();
        Core watched = owned.core();
        watched.locked(watched.summons()::beginWatch);
        owned.execute(() -> {});
        Receiver me = enterAndRunOne(watched);
        assertTrue(watched.seesCallsCome(me));

        watched.summons().endWatch();

        assertFalse(watched.seesCallsCome(me));
        watched.exit(me);
    }

    // places in the line

    private List<Call<Integer>> submitBehindOneThatRuns() {
        Gate gate = threads.gate();
        queue.execute(gate::pass);
        threads.start("receiver", queue::receiveUntilClosed);
        gate.awaitArrival();
        return IntStream.range(0, FEW).mapToObj(i -> queue.submit(() -> i)).toList();
    }

    @Test
    void callsAreCountedFromTheOneThatBeginsNext() {
        List<Call<Integer>> calls = submitBehindOneThatRuns();

        assertEquals(
                IntStream.rangeClosed(1, FEW).boxed().toList(),
                calls.stream().map(core::placeOf).toList());
    }

    @Test
    void aWithdrawnCallHasNoPlace() {
        List<Call<Integer>> calls = submitBehindOneThatRuns();

        calls.get(0).withdraw();
        calls.get(FEW - 1).withdraw();

        assertEquals(0, core.placeOf(calls.get(0)));
        assertEquals(0, core.placeOf(calls.get(FEW - 1)));
        assertEquals(FEW - 2, core.placeOf(calls.get(FEW - 2)));
    }

    @Test
    void withdrawnCallsAreForgottenThoughNobodyReceives() {
        queue.execute(() -> {});

        WeakReference<Call<?>> withdrawn = submitAndWithdraw(200);

        awaitCollected(withdrawn);
        assertEquals(1, queue.size());
    }

    private WeakReference<Call<?>> submitAndWithdraw(int number) {
        List<Call<?>> calls = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            calls.add(queue.submit(() -> 1));
        }
        calls.forEach(Call::withdraw);
        return new WeakReference<>(calls.get(0));
    }

    // callers that wait for a place

    private CallQueue roomForOne(int maxDepth) {
        return threads.closing(CallQueue.builder()
                .owner(Thread.currentThread())
                .capacity(1)
                .whenFull(WhenFull.WAIT)
                .maxDepth(maxDepth)
                .build());
    }

    private Threads.Started<Call<Integer>> waitingForAPlace(CallQueue full) {
        return threads.start("caller", () -> full.submit(() -> 7)).awaitParked();
    }

    @Test
    void whoWaitsForAPlaceKeepsNobodyOutOfAnotherQueue() {
        CallQueue full = roomForOne(1);
        full.execute(() -> {});
        var caller = waitingForAPlace(full);
        CallQueue other = threads.closing(CallQueue.builder().capacity(1).build());

        assertEquals(Call.Phase.WAITING, other.submit(() -> 1).phase());

        full.receive();
        caller.result();
    }

    @Test
    void aCallInsideOfAWaitLeavesItsPlaceWhenItBegins() {
        CallQueue full = roomForOne(2);
        Call<Call<Integer>> outer = full.submit(() -> {
            var caller = new CompletableFuture<Threads.Started<Call<Integer>>>();
            Call<Call<Integer>> inner = full.submit(() -> caller.join().result());
            caller.complete(waitingForAPlace(full));
            return inner.result();
        });

        full.receive();

        assertEquals(Call.Phase.WAITING, outer.result().phase());
    }

    @Test
    void aCallThatIsNestedTooDeepLeavesItsPlaceAtOnce() {
        CallQueue full = roomForOne(1);
        Call<Call<Integer>> outer = full.submit(() -> {
            Call<Integer> tooDeep = full.submit(() -> 1);
            var caller = waitingForAPlace(full);
            assertThrows(CallDepthException.class, tooDeep::result);
            return caller.result();
        });

        full.receive();

        assertEquals(Call.Phase.WAITING, outer.result().phase());
    }

    @Test
    void aCallThatIsNestedJustAsDeepAsIsAllowedRuns() {
        CallQueue nesting = roomForOne(2);
        Call<Integer> outer = nesting.submit(() -> nesting.submit(() -> 1).result());

        nesting.receive();

        assertEquals(1, outer.result());
    }

    // reports

    @Test
    void aReportSaysForHowLongTheRunningCallHasBeenSeenByWhoWaits() {
        CallQueue busy = threads.owner("owner");
        Gate gate = threads.hold(busy, 1);

        var caller = threads.start("caller", () -> busy.within(LONG).call(() -> 1));
        Threads.awaitSettled(caller.thread());

        Duration seen = busy.report().running().get(0).atLeast();

        assertTrue(seen.compareTo(Duration.ZERO) > 0, seen.toString());
        gate.open();
        assertEquals(1, caller.result());
    }

    @Test
    void aReportOfAllShowsTheQueuesInTheOrderInWhichTheyWereMade() {
        List<String> names =
                IntStream.range(0, FEW).mapToObj(i -> "in order " + i).toList();
        List<CallQueue> made = names.stream()
                .map(name -> threads.closing(CallQueue.builder().name(name).build()))
                .toList();

        assertEquals(
                names,
                CallReport.all().stream()
                        .map(CallReport::queue)
                        .filter(names::contains)
                        .toList());
        assertEquals(FEW, made.size());
    }

    @Test
    void aReportOfAllShowsCallsInBackground() {
        Gate gate = threads.gate();
        Call<Thread> call = Call.inBackground(() -> {
            gate.pass();
            return Thread.currentThread();
        });
        gate.awaitArrival();

        List<Thread> runners = CallReport.all().stream()
                .flatMap(report -> report.running().stream())
                .map(running -> running.runner().thread())
                .toList();

        gate.open();
        assertTrue(runners.contains(call.result()), runners.toString());
    }
}
