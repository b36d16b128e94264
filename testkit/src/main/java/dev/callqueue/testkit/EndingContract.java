package dev.callqueue.testkit;

import static dev.callqueue.testkit.Delays.LONG;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.callqueue.Call;
import dev.callqueue.Harvest;
import dev.callqueue.QueueClosedException;
import dev.callqueue.Raise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The ends of a queue: nothing new enters, nothing in it is forgotten, nobody is left waiting. */
public abstract class EndingContract extends Contract {
    /** For subclasses. */
    protected EndingContract() {}

    private List<Call<Integer>> submit(int calls) {
        return IntStream.range(0, calls).mapToObj(i -> target.submit(() -> i)).toList();
    }

    // doors

    @Test
    void aQueueIsOpenUntilItIsClosed() {
        assertFalse(queue.isClosed());

        queue.close();

        assertTrue(queue.isClosed());
    }

    @Test
    void aClosedQueueRefusesEveryCall() {
        queue.close();

        assertThrows(QueueClosedException.class, () -> target.call(() -> 1));
        assertThrows(QueueClosedException.class, () -> target.call(() -> {}));
        assertThrows(QueueClosedException.class, () -> target.submit(() -> 1));
        assertThrows(QueueClosedException.class, () -> target.execute(() -> {}));
        assertThrows(QueueClosedException.class, () -> new Harvest<Integer, Integer>(target).submit(1, input -> input));
    }

    @Test
    void aRefusalIsARejectionAsAnExecutorSaysIt() {
        queue.close();

        assertInstanceOf(
                RejectedExecutionException.class,
                assertThrows(QueueClosedException.class, () -> target.execute(() -> {})));
    }

    @Test
    void theAlternativeStandsForAClosedQueue() {
        queue.close();

        assertEquals("alternative", target.callOrElse("alternative", () -> "never"));
    }

    @Test
    void theTargetsOwnCallsAreRefusedToo() {
        target.call(() -> {
            queue.close();
            assertThrows(QueueClosedException.class, () -> target.submit(() -> 1));
            assertThrows(QueueClosedException.class, () -> target.execute(() -> {}));
            assertThrows(QueueClosedException.class, () -> target.call(() -> 1));
            assertEquals("alternative", target.callOrElse("alternative", () -> "never"));
        });
    }

    @Test
    void aRaiseDoesNotHideARefusal() {
        queue.close();

        assertThrows(
                QueueClosedException.class, () -> target.raising(Raise.NONE).call(() -> 1));
    }

    // close

    @Test
    void whatWaitsWhenTheQueueIsClosedIsRunByWhoServesIt() {
        Gate gate = holdTarget();
        List<Call<Integer>> calls = submit(10);

        queue.close();
        gate.open();

        for (int i = 0; i < 10; i++) {
            assertEquals(i, calls.get(i).result());
        }
    }

    @Test
    void closeDoesNotWait() {
        holdTarget();
        List<Call<Integer>> calls = submit(1);

        queue.close();

        assertEquals(Call.Phase.WAITING, calls.get(0).phase());
    }

    @Test
    void aCallThatRunsWhenTheQueueIsClosedEndsAsItWould() {
        Gate gate = threads.gate();
        Call<Integer> call = target.submit(passing(gate, 1));
        gate.awaitArrival();

        queue.close();
        gate.open();

        assertEquals(1, call.result());
    }

    @Test
    void aCallCanCloseItsQueue() {
        target.call(queue::close);

        assertThrows(QueueClosedException.class, () -> target.call(() -> 1));
    }

    @Test
    void whatACallOfAClosedQueueHadSubmittedBeforeCanStillBeAwaited() {
        int value = target.call(() -> {
            Call<Integer> own = target.submit(() -> 1);
            queue.close();
            return own.result();
        });

        assertEquals(1, value);
    }

    // closeNow

    @Test
    void closeNowFailsWhatHasNotBegun() throws InterruptedException {
        holdTarget();
        var ran = new AtomicBoolean();
        Call<Boolean> call = target.submit(() -> ran.getAndSet(true));

        queue.closeNow();

        assertThrows(QueueClosedException.class, call::result);
        assertInstanceOf(
                QueueClosedException.class,
                assertThrows(ExecutionException.class, call::get).getCause());
        assertEquals(Call.Phase.FAILED, call.phase());
        assertEquals(0, queue.size());
        threads.release();
        assertTrue(queue.asExecutorService().awaitTermination(LONG.toNanos(), NANOSECONDS));
        assertFalse(ran.get());
    }

    @Test
    void closeNowLetsEndWhatRuns() {
        Gate gate = threads.gate();
        List<Call<?>> running = IntStream.range(0, atOnce())
                .<Call<?>>mapToObj(i -> target.submit(gate::pass))
                .toList();
        gate.awaitArrivals(atOnce());

        queue.closeNow();
        gate.open();

        running.forEach(call -> assertNull(call.result()));
    }

    @Test
    void closeNowReleasesWhoWaits() {
        holdTarget();
        var caller = threads.start("caller", () -> target.call(() -> 1));
        awaitWaiting(1);

        queue.closeNow();

        assertEquals(QueueClosedException.class, caller.failure().getClass());
    }

    @Test
    void theAlternativeStandsForACallThatCloseNowFails() {
        holdTarget();
        var caller = threads.start("caller", () -> target.callOrElse("alternative", () -> "never"));
        awaitWaiting(1);

        queue.closeNow();

        assertEquals("alternative", caller.result());
    }

    @Test
    void closeNowAfterCloseFailsWhatStillWaits() {
        holdTarget();
        Call<Integer> call = target.submit(() -> 1);

        queue.close();
        queue.closeNow();

        assertThrows(QueueClosedException.class, call::result);
    }

    @Test
    void closingAgainChangesNothing() {
        queue.close();
        queue.close();
        queue.closeNow();
        queue.closeNow();
        queue.close();

        assertTrue(queue.isClosed());
    }

    // closeAndReceive

    @Test
    void closeAndReceiveRunsWhatWaitsOnTheCallingThread() {
        leaveOneThread();
        List<Call<Thread>> left = new ArrayList<>();

        Thread closing = target.call(() -> {
            for (int i = 0; i < 3; i++) {
                left.add(target.submit(Thread::currentThread));
            }
            assertEquals(3, queue.closeAndReceive());
            return Thread.currentThread();
        });

        left.forEach(call -> assertSame(closing, call.result()));
        assertTrue(queue.isClosed());
    }

    @Test
    void closeAndReceiveRefusesTheCallsOfWhatItRuns() {
        leaveOneThread();
        List<Call<Integer>> left = new ArrayList<>();

        int received = target.call(() -> {
            left.add(target.submit(() -> target.call(() -> 1)));
            return queue.closeAndReceive();
        });

        assertEquals(1, received);
        assertThrows(QueueClosedException.class, left.get(0)::result);
    }

    @Test
    void closeAndReceiveFindsNothingTheSecondTime() {
        leaveOneThread();

        assertEquals(0, target.call(() -> {
            target.execute(() -> {});
            queue.closeAndReceive();
            return queue.closeAndReceive();
        }));
    }

    // the account

    @Test
    void everyCallOfAStormEndsThoughTheQueueIsClosedInIt() {
        assertEveryCallEnds(queue::close);
    }

    @Test
    void everyCallOfAStormEndsThoughTheQueueIsClosedNowInIt() {
        assertEveryCallEnds(queue::closeNow);
    }

    private void assertEveryCallEnds(Runnable close) {
        var runs = new AtomicInteger();
        Gate begun = threads.gate();
        var callers = IntStream.range(0, 3)
                .mapToObj(caller -> threads.start("caller", () -> {
                    begun.pass();
                    return callUntilRefused(runs);
                }))
                .toList();
        begun.awaitArrivals(3);
        begun.open();
        callUntil(20);

        close.run();

        int succeeded = callers.stream().mapToInt(Started::result).sum();
        assertEquals(runs.get(), succeeded, "what ran has succeeded, and all others were told that they did not run");
    }

    private void callUntil(int calls) {
        for (int i = 0; i < calls; i++) {
            target.call(() -> {});
        }
    }

    /** Calls one after the other, and two at a time; returns how many have succeeded. */
    private int callUntilRefused(AtomicInteger runs) {
        int succeeded = 0;
        while (true) {
            try {
                Call<Integer> call = target.submit(runs::incrementAndGet);
                try {
                    target.call(runs::incrementAndGet);
                    succeeded++;
                } finally {
                    succeeded += call.resultOrElse(0, Delays.LONG) > 0 ? 1 : 0;
                }
            } catch (QueueClosedException refused) {
                return succeeded;
            }
        }
    }
}
