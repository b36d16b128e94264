package dev.callqueue;

import static dev.callqueue.Delays.LONG;
import static dev.callqueue.Delays.SHORT;
import static dev.callqueue.Eventually.awaitCollected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The five ways of receiving, and what a receiving thread may rely on. */
class ReceivingTest {
    /** More calls than a receiver that is alone takes up at once, and fewer than are forgotten by themselves. */
    private static final int FEW = 20;

    @AutoClose
    private final Threads threads = new Threads();

    private final CallQueue queue = threads.closing(CallQueue.create());
    private final AtomicInteger ran = new AtomicInteger();

    private void submit(int calls) {
        for (int i = 0; i < calls; i++) {
            queue.execute(ran::incrementAndGet);
        }
    }

    // receive()

    @Test
    void receiveRunsWhatWaitsAndSaysHowManyItWere() {
        submit(3);

        assertEquals(3, queue.receive());
        assertEquals(3, ran.get());
        assertEquals(0, queue.size());
    }

    @Test
    void receiveDoesNotWaitForCalls() {
        assertEquals(0, queue.receive());
    }

    @Test
    void receiveCountsCallsThatFail() {
        queue.submit(() -> {
            throw new IOException();
        });
        submit(1);

        assertEquals(2, queue.receive());
    }

    @Test
    void receiveLeavesCallsThatArriveMeanwhileForTheNextTime() {
        queue.execute(() -> submit(1));

        assertEquals(1, queue.receive());
        assertEquals(0, ran.get());
        assertEquals(1, queue.receive());
        assertEquals(1, ran.get());
    }

    @Test
    void aCallCanReceiveTheCallsBehindIt() {
        queue.execute(() -> assertEquals(2, queue.receive()));
        submit(2);

        queue.receive();

        assertEquals(2, ran.get());
    }

    @Test
    void callsRunOnTheReceivingThread() {
        Call<Thread> call = queue.submit(Thread::currentThread);
        Call<Boolean> inside = queue.submit(queue::isTargetThread);

        queue.receive();

        assertSame(Thread.currentThread(), call.result());
        assertTrue(inside.result());
        assertFalse(queue.isTargetThread());
    }

    @Test
    void manyReceiversRunEachCallOnce() {
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 4; i++) {
            threads.start("receiver " + i, queue::receiveUntilClosed);
        }

        List<Call<Boolean>> calls = IntStream.range(0, 2_000)
                .mapToObj(i -> queue.submit(() -> seen.add(i)))
                .toList();
        calls.forEach(Call::result);

        assertEquals(
                IntStream.range(0, 2_000).boxed().toList(),
                seen.stream().sorted().toList());
    }

    // receive(max)

    @Test
    void receiveRunsNoMoreThanItIsAllowedTo() {
        submit(5);

        assertEquals(2, queue.receive(2));
        assertEquals(2, ran.get());
        assertEquals(3, queue.size());
    }

    @Test
    void receiveWithAMaximumDoesNotWaitForCalls() {
        submit(1);

        assertEquals(1, queue.receive(10));
        assertEquals(0, queue.receive(10));
    }

    @Test
    void nothingAtAllMayBeReceived() {
        submit(1);

        assertEquals(0, queue.receive(0));
        assertEquals(1, queue.size());
        assertThrows(IllegalArgumentException.class, () -> queue.receive(-1));
    }

    // receive(wait)

    @Test
    void receiveWaitsForAFirstCall() {
        var receiver = threads.start("receiver", () -> queue.receive(LONG)).awaitParked();

        submit(1);

        assertEquals(1, receiver.result());
    }

    @Test
    void receiveReturnsWhenNoCallCameInTime() throws Exception {
        long began = System.nanoTime();

        assertEquals(0, queue.receive(SHORT));
        assertTrue(System.nanoTime() - began >= SHORT.toNanos());
    }

    @Test
    void receiveWithoutTimeRunsWhatWaits() throws Exception {
        assertEquals(0, queue.receive(Duration.ZERO));
        submit(2);
        assertEquals(2, queue.receive(Duration.ZERO));
    }

    @Test
    void anInterruptEndsTheWaitOfAReceiver() {
        var receiver = threads.start("receiver", () -> queue.receive(LONG)).awaitParked();

        receiver.thread().interrupt();

        assertEquals(InterruptedException.class, receiver.failure().getClass());
    }

    @Test
    void whatCameWithTheFirstCallIsReceivedWithIt() {
        var receiver = threads.start("receiver", () -> queue.receive(LONG)).awaitParked();

        queue.core().lock().lock(); // so that they come together
        try {
            submit(3);
        } finally {
            queue.core().lock().unlock();
        }

        assertEquals(3, receiver.result());
        assertEquals(3, ran.get());
    }

    @Test
    void aCallWakesAReceiverThatWaitsAndNotOneThatHasLeft() {
        var left = threads.start("left", () -> queue.receive(LONG)).awaitParked();
        threads.start("waits", queue::receiveUntilClosed).awaitParked();
        left.thread().interrupt();
        assertEquals(InterruptedException.class, left.failure().getClass());

        assertEquals(1, queue.submit(() -> 1).result(LONG));
    }

    @Test
    void anInterruptOfLongAgoEndsTheWaitOfAReceiverBeforeItBegins() throws Exception {
        submit(1);
        Thread.currentThread().interrupt();
        assertEquals(1, queue.receive(LONG), "it would not have to wait");

        assertThrows(InterruptedException.class, () -> queue.receive(LONG));
        assertFalse(Thread.interrupted());
    }

    // receiveFor(budget)

    @Test
    void noCallBeginsAfterTheBudgetIsUsedUp() {
        var budget = new AtomicReference<>(SHORT);
        queue.execute(() -> spin(budget.get().multipliedBy(2)));
        submit(3);

        int count = queue.receiveFor(budget.get());
        while (count == 0) { // the machine is busy
            count = queue.receiveFor(budget.updateAndGet(less -> less.multipliedBy(2)));
        }

        assertEquals(1, count);
        assertEquals(0, ran.get());
        assertEquals(3, queue.size());
    }

    private static void spin(Duration time) {
        long began = System.nanoTime();
        while (System.nanoTime() - began < time.toNanos()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aBudgetIsNoReasonToWait() {
        submit(2);
        long began = System.nanoTime();

        assertEquals(2, queue.receiveFor(LONG));
        assertTrue(System.nanoTime() - began < LONG.toNanos());
    }

    // every way of receiving

    /** A way to receive; what ends with the queue only is tried on a queue that is closed. */
    private enum Way {
        RECEIVE(CallQueue::receive),
        AT_MOST(queue -> queue.receive(1)),
        WAITING(queue -> queue.receive(Duration.ZERO)),
        FOR(queue -> queue.receiveFor(LONG)),
        UNTIL_CLOSED(queue -> {
            queue.execute(queue::close);
            queue.receiveUntilClosed();
        }),
        CLOSING(CallQueue::closeAndReceive);

        private final ThrowingConsumer<CallQueue> receive;

        Way(ThrowingConsumer<CallQueue> receive) {
            this.receive = receive;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoHasReceivedIsNoTargetThreadAnyMore(Way way) throws Throwable {
        var inside = new AtomicBoolean();
        queue.execute(() -> inside.set(queue.isTargetThread()));
        way.receive.accept(queue);

        assertTrue(inside.get());
        assertFalse(queue.isTargetThread());
        assertEquals(List.of(), List.copyOf(queue.core().receiverThreads()));
    }

    @ParameterizedTest
    @EnumSource
    void whatWasRaisedBeforeLeavesTheNextReceiveWhicheverItIs(Way way) throws Throwable {
        var failure = new IOException("raised before");
        try (var owned = CallQueue.forCurrentThread()) {
            owned.raising(Raise.RECEIVER).call(() -> {
                throw failure;
            });

            assertSame(failure, assertThrows(IOException.class, () -> way.receive.accept(owned)));
            assertEquals(List.of(), List.copyOf(owned.core().receiverThreads()));
        }
    }

    // receiveUntilClosed()

    @Test
    void receiveUntilClosedRunsCallsAsTheyCome() {
        CallQueue owned = threads.owner("owner");

        for (int i = 0; i < 100; i++) {
            int number = i;
            assertEquals(number, owned.call(() -> number));
        }
    }

    @Test
    void receiveUntilClosedEndsWithTheQueue() throws Exception {
        var receiver = threads.start("receiver", queue::receiveUntilClosed).awaitParked();

        queue.close();

        assertNull(receiver.result());
        queue.receiveUntilClosed();
    }

    @Test
    void receiveUntilClosedEndsWhenACallClosesTheQueue() throws Exception {
        queue.execute(queue::close);
        submit(2);

        queue.receiveUntilClosed();

        assertEquals(2, ran.get());
    }

    @Test
    void anInterruptEndsReceiveUntilClosed() {
        var receiver = threads.start("receiver", queue::receiveUntilClosed).awaitParked();

        receiver.thread().interrupt();

        assertEquals(InterruptedException.class, receiver.failure().getClass());
        assertFalse(queue.isClosed());
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptEndsReceivingHoweverItWaits(Waiting waiting) {
        CallQueue other = threads.closing(CallQueue.builder().waiting(waiting).build());
        var receiver = threads.start("receiver", other::receiveUntilClosed);
        other.call(() -> {});

        receiver.thread().interrupt();

        assertEquals(InterruptedException.class, receiver.failure().getClass());
    }

    // the owner

    @Test
    void onlyTheOwnerReceives() {
        CallQueue owned = threads.owner("owner");

        for (Executable receive : List.<Executable>of(
                owned::receive,
                () -> owned.receive(1),
                () -> owned.receive(Duration.ZERO),
                () -> owned.receiveFor(LONG),
                owned::receiveUntilClosed,
                owned::closeAndReceive)) {
            assertThrows(IllegalStateException.class, receive);
        }
    }

    @Test
    void whatAStrangerMayNotReceiveStaysForTheOwner() {
        var owner = threads.start("owner", () -> {
            try (var owned = CallQueue.forCurrentThread()) {
                Call<Integer> call = owned.submit(() -> 1);
                var stranger =
                        threads.start("stranger", () -> assertThrows(IllegalStateException.class, owned::receive));
                stranger.result();
                assertEquals(1, owned.receive());
                return call.result();
            }
        });

        assertEquals(1, owner.result());
    }

    @Test
    void theOwnerIsATargetThreadOutsideOfReceiveToo() {
        try (var owned = CallQueue.forCurrentThread()) {
            assertTrue(owned.isTargetThread());
            assertSame(Thread.currentThread(), owned.call(Thread::currentThread));
        }
    }

    // raising in the receiver

    @ParameterizedTest
    @EnumSource(names = {"RECEIVER", "BOTH"})
    void anExceptionRaisedInTheReceiverLeavesReceiveAndTheCallsBehindStay(Raise where) {
        var failure = new IOException("raised in the receiver");
        submit(1);
        queue.raising(where).submit(() -> {
            throw failure;
        });
        submit(2);

        assertSame(failure, assertThrows(IOException.class, queue::receive));
        assertEquals(1, ran.get());
        assertEquals(2, queue.size());
        assertEquals(2, queue.receive());
    }

    @Test
    void anExceptionRaisedInTheReceiverEndsItsLoop() {
        var failure = new AssertionError("raised in the receiver");
        var receiver = threads.start("receiver", queue::receiveUntilClosed);

        queue.raising(Raise.RECEIVER).execute(() -> {
            throw failure;
        });

        assertSame(failure, receiver.failure());
    }

    @Test
    void whatWasRaisedWhileTheReceiverWaitedLeavesTheEnclosingReceive() {
        var failure = new IOException("raised while the receiver waited");
        Call<Object> outer = queue.submit(() -> queue.raising(Raise.RECEIVER)
                .submit(() -> {
                    throw failure;
                })
                .result());

        assertSame(failure, assertThrows(IOException.class, queue::receive));
        assertNull(outer.result());
        assertEquals(Call.Phase.SUCCEEDED, outer.phase());
    }

    @Test
    void whatWasRaisedOutsideOfAnyReceiveLeavesTheNext() {
        var failure = new IOException("raised outside of any receive");
        try (var owned = CallQueue.forCurrentThread()) {
            owned.raising(Raise.RECEIVER)
                    .submit(() -> {
                        throw failure;
                    })
                    .result();

            assertSame(failure, assertThrows(IOException.class, owned::receive));
            assertEquals(0, owned.receive());
        }
    }

    // interrupts

    @Test
    void anInterruptFlagLeftByACallIsForTheReceiversLoopAndNotForTheNextCall() {
        queue.execute(() -> Thread.currentThread().interrupt());
        Call<Boolean> next = queue.submit(() -> Thread.currentThread().isInterrupted());

        queue.receive();

        assertTrue(Thread.interrupted());
        assertFalse(next.result());
    }

    @Test
    void anInterruptFlagLeftByACallEndsReceiveUntilClosed() {
        var receiver = threads.start("receiver", queue::receiveUntilClosed);

        queue.execute(() -> Thread.currentThread().interrupt());

        assertEquals(InterruptedException.class, receiver.failure().getClass());
    }

    @Test
    void anInterruptOfLongAgoIsLeftToWhoReceivesFromAClosedQueue() throws Exception {
        queue.close();
        Thread.currentThread().interrupt();

        assertEquals(0, queue.receive(LONG));

        assertTrue(Thread.interrupted());
    }

    @Test
    void anInterruptOfTheLoopIsNotForAReceiveInsideOfACall() throws Exception {
        Call<Integer> receives = queue.submit(() -> queue.receive(SHORT));
        Thread.currentThread().interrupt();

        queue.receive();

        assertEquals(0, receives.result());
        assertTrue(Thread.interrupted());
    }

    @Test
    void anInterruptFlagLeftInsideOfACallThatReceivesIsForThatCall() {
        Call<Boolean> receives = queue.submit(() -> {
            queue.execute(() -> Thread.currentThread().interrupt());
            queue.receive();
            return Thread.interrupted();
        });

        queue.receive();

        assertTrue(receives.result());
        assertFalse(Thread.interrupted());
    }

    @Test
    void anInterruptFlagLeftByWhatRunsInAWaitIsForTheLoopAndNotForWhoWaits() {
        CallQueue another = threads.closing(CallQueue.forCurrentThread());
        Call<Boolean> waits = queue.submit(() -> {
            queue.submit(() -> Thread.currentThread().interrupt()).result();
            another.submit(() -> Thread.currentThread().interrupt()).result();
            return Thread.currentThread().isInterrupted();
        });

        queue.receive();

        assertFalse(waits.result());
        assertTrue(Thread.interrupted());
    }

    @RepeatedTest(20)
    void anInterruptOfWhoWaitsIsForHimAndNotForWhatComesBackToHimNorForTheLoop() {
        CallQueue other = threads.owner("other");
        Thread me = Thread.currentThread();
        Call<List<Boolean>> waits = queue.submit(() -> {
            boolean comesBackInterrupted = false;
            boolean interrupted = false;
            try {
                comesBackInterrupted = other.call(() -> {
                    me.interrupt();
                    return queue.call(me::isInterrupted);
                });
            } catch (CallInterruptedException e) {
                interrupted = true;
            }
            return List.of(comesBackInterrupted, Thread.interrupted() || interrupted);
        });

        queue.receive();

        assertEquals(List.of(false, true), waits.result());
        assertFalse(Thread.interrupted());
    }

    // failures that nobody sees

    @Test
    void aFailureNobodyCanSeeIsReportedAndTheReceiverGoesOn() {
        var failure = new IllegalStateException("nobody waits");
        var reported = new CompletableFuture<Throwable>();
        Call<Thread> receiver = queue.submit(Thread::currentThread);
        threads.start("receiver", queue::receiveUntilClosed);
        receiver.result().setUncaughtExceptionHandler((thread, thrown) -> reported.complete(thrown));

        queue.execute(() -> {
            throw failure;
        });

        assertSame(failure, reported.join());
        assertSame(receiver.result(), queue.call(Thread::currentThread));
    }

    @Test
    void aHandlerThatThrowsDoesNotEndTheReceiver() {
        CallQueue owned = threads.owner("owner");
        owned.call(() -> Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {
            throw new IllegalStateException("from the handler");
        }));

        owned.execute(() -> {
            throw new IllegalStateException("nobody waits");
        });

        assertEquals(1, owned.call(() -> 1));
    }

    // long lines and memory

    @Test
    void callsThatSubmitTheNextNeedNoStack() {
        CallQueue owned = threads.owner("owner");
        var last = new CompletableFuture<Integer>();

        owned.execute(() -> next(owned, 100_000, last));

        assertEquals(0, last.join());
    }

    private static void next(CallQueue queue, int left, CompletableFuture<Integer> last) {
        if (left == 0) {
            last.complete(0);
        } else {
            queue.execute(() -> next(queue, left - 1, last));
        }
    }

    @Test
    void anIdleReceiverHoldsNothingOfItsLastCall() {
        CallQueue owned = threads.owner("owner");

        WeakReference<Object> result = callAndForget(owned);

        awaitCollected(result);
    }

    @Test
    void anIdleReceiverHoldsNothingOfACallThatWasSeenRunning() {
        CallQueue owned = threads.owner("owner");

        awaitCollected(new WeakReference<>(callThatIsSeen(owned)));
    }

    private static Call<Integer> callThatIsSeen(CallQueue queue) {
        Call<Integer> call = queue.submit(() -> queue.report().running().size());
        assertEquals(1, call.result());
        return call;
    }

    @Test
    void idleReceiversHoldNothingOfTheLastCallHoweverManyTheyAre() {
        threads.start("one", queue::receiveUntilClosed).awaitParked();
        threads.start("other", queue::receiveUntilClosed).awaitParked();
        for (int i = 0; i < FEW; i++) {
            queue.call(() -> {});
        }

        awaitCollected(new WeakReference<>(callThatHasRun()));
    }

    private Call<Integer> callThatHasRun() {
        Call<Integer> call = queue.submit(() -> 1);
        assertEquals(1, call.result());
        return call;
    }

    @Test
    void whoHasReceivedBesideAnotherLeavesNothingOfItsLastCall() {
        Gate gate = threads.gate();
        queue.execute(gate::pass);
        threads.start("other", () -> queue.receive(1));
        gate.awaitArrival();
        submit(FEW);
        var last = new WeakReference<>(queue.submit(() -> 1));

        assertEquals(FEW + 1, queue.receive());

        awaitCollected(last);
        gate.open();
    }

    @Test
    void aQueueHoldsNothingOfAThreadThatHasReceived() throws Exception {
        submit(1);

        awaitCollected(new WeakReference<>(threadThatHasReceived()));
    }

    private Thread threadThatHasReceived() throws InterruptedException {
        var thread = new Thread(queue::receive);
        thread.start();
        thread.join(LONG.toMillis());
        assertEquals(1, ran.get());
        return thread;
    }

    private static WeakReference<Object> callAndForget(CallQueue queue) {
        var captured = new byte[1_000];
        return new WeakReference<>(queue.call(() -> List.of(captured)));
    }
}
