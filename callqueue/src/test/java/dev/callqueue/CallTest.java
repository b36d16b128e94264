package dev.callqueue;

import static dev.callqueue.Call.Phase.FAILED;
import static dev.callqueue.Call.Phase.RUNNING;
import static dev.callqueue.Call.Phase.SUCCEEDED;
import static dev.callqueue.Call.Phase.WAITING;
import static dev.callqueue.Call.Phase.WITHDRAWN;
import static dev.callqueue.Delays.LONG;
import static dev.callqueue.Delays.SHORT;
import static dev.callqueue.Eventually.awaitCollected;
import static dev.callqueue.Eventually.eventually;
import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The life of one call, from its submit to its end, and what its future tells about it. */
class CallTest {
    @AutoClose
    private final Threads threads = new Threads();

    /** Received from by the tests themselves, so that each call begins when the test says so. */
    private final CallQueue queue = threads.closing(CallQueue.create());

    private static <T> Callable<T> failing(Exception failure) {
        return () -> {
            throw failure;
        };
    }

    @Nested
    class Phases {
        @Test
        void aCallWaitsThenRunsThenHasSucceeded() {
            var seen = new ArrayList<Call.Phase>();
            var call = new ArrayList<Call<?>>();
            call.add(queue.submit(() -> seen.add(call.get(0).phase())));

            assertEquals(WAITING, call.get(0).phase());
            queue.receive();
            assertEquals(List.of(RUNNING), seen);
            assertEquals(SUCCEEDED, call.get(0).phase());
        }

        @Test
        void aCallThatHasSucceededHasNotFailed() {
            Call<?> call = queue.submit(() -> 1);

            queue.receive();

            assertFalse(call.isCompletedExceptionally());
        }

        @Test
        void aCallWhoseOpThrowsHasFailed() {
            Call<?> call = queue.submit(failing(new IOException()));

            queue.receive();

            assertEquals(FAILED, call.phase());
            assertTrue(call.isCompletedExceptionally());
            assertFalse(call.isCancelled());
        }

        @Test
        void aCallWhoseOpThrowsCancellationExceptionHasFailed() {
            Call<?> call = queue.submit(failing(new CancellationException()));

            queue.receive();

            assertEquals(FAILED, call.phase());
            assertTrue(call.isCancelled());
        }

        @Test
        void aCallIsDoneOnlyWhenItHasEnded() {
            Call<?> call = queue.submit(() -> 1);

            assertFalse(call.isDone());
            queue.receive();
            assertTrue(call.isDone());
        }
    }

    @Nested
    class Withdrawing {
        private final AtomicBoolean ran = new AtomicBoolean();

        @Test
        void aWithdrawnCallNeverRuns() {
            Call<?> call = queue.submit(() -> ran.set(true));

            assertTrue(call.withdraw());
            assertEquals(0, queue.receive());
            assertFalse(ran.get());
            assertEquals(WITHDRAWN, call.phase());
        }

        @Test
        void aWithdrawnCallHasEnded() {
            Call<?> call = queue.submit(() -> 1);

            call.withdraw();

            assertTrue(call.isDone());
            assertThrows(CancellationException.class, call::result);
            assertThrows(CancellationException.class, call::join);
            assertThrows(CancellationException.class, call::get);
        }

        @Test
        void withdrawingReleasesWhoWaitsForTheCall() {
            Call<?> call = queue.submit(() -> 1);
            var waiter = threads.start("waiter", () -> call.result()).awaitParked();

            call.withdraw();

            assertEquals(CancellationException.class, waiter.failure().getClass());
        }

        @Test
        void aWithdrawnCallStaysWithdrawn() {
            Call<?> call = queue.submit(() -> 1);

            call.withdraw();

            assertTrue(call.withdraw(), "it still has not begun and never will");
            assertFalse(call.complete(null));
        }

        @Test
        void aWithdrawnCallTakesNoPlaceInTheQueue() {
            List<Call<Integer>> calls =
                    Stream.generate(() -> queue.submit(() -> 1)).limit(3).toList();

            assertTrue(calls.get(1).withdraw());

            assertEquals(2, queue.size());
            assertEquals(2, queue.receive());
        }

        @Test
        void aWithdrawnCallHoldsNothingInMemory() {
            var reference = new ArrayList<WeakReference<?>>();
            Call<?> call = submitHoldingAnArray(reference);

            call.withdraw();

            awaitCollected(reference.get(0));
            assertEquals(WITHDRAWN, call.phase());
        }

        @Test
        void aCallThatHasRunHoldsNothingButItsOutcome() {
            var reference = new ArrayList<WeakReference<?>>();
            Call<Integer> call = submitHoldingAnArray(reference);

            queue.receive();

            awaitCollected(reference.get(0));
            assertEquals(1_000, call.result());
        }

        @Test
        void aCallThatHasRunHoldsNothingOfTheThreadThatRanIt() throws InterruptedException {
            Call<Integer> call = queue.submit(() -> 1);

            awaitCollected(receiveElsewhere());

            assertEquals(1, call.result());
        }

        private WeakReference<Thread> receiveElsewhere() throws InterruptedException {
            var receiver = new Thread(() -> queue.receive(), "receiver");
            receiver.start();
            receiver.join();
            return new WeakReference<>(receiver);
        }

        private Call<Integer> submitHoldingAnArray(List<WeakReference<?>> reference) {
            var array = new byte[1_000];
            reference.add(new WeakReference<>(array));
            return queue.submit(() -> array.length);
        }

        @Test
        void aRunningCallCannotBeWithdrawn() {
            CallQueue busy = threads.owner("owner");
            Gate gate = threads.gate();
            Call<Integer> call = busy.submit(() -> {
                gate.pass();
                return 1;
            });
            gate.awaitArrival();

            assertFalse(call.withdraw());
            assertEquals(RUNNING, call.phase());
            gate.open();
            assertEquals(1, call.result());
        }

        @Test
        void anEndedCallCannotBeWithdrawn() {
            Call<Integer> call = queue.submit(() -> 1);
            queue.receive();

            assertFalse(call.withdraw());
            assertEquals(1, call.result());
        }

        @Test
        void anEndedCallCannotBeCancelled() {
            Call<Integer> call = queue.submit(() -> 1);
            queue.receive();

            assertFalse(call.cancel(false));
            assertEquals(1, call.result());
        }

        @Test
        void aCancelledCallIsWithdrawn() {
            for (boolean interrupt : new boolean[] {false, true}) {
                Call<?> call = queue.submit(() -> ran.set(true));

                assertTrue(call.cancel(interrupt));
                assertEquals(0, queue.receive());
                assertFalse(ran.get());
                assertEquals(WITHDRAWN, call.phase());
                assertTrue(call.isCancelled());
                assertThrows(CancellationException.class, call::result);
                assertThrows(CancellationException.class, call::get);
            }
        }
    }

    @Nested
    class CompletedByHandWhileItWaits {
        private final AtomicBoolean ran = new AtomicBoolean();
        private final Call<String> call = queue.submit(() -> {
            ran.set(true);
            return "by the op";
        });

        private void neverRuns() {
            assertEquals(0, queue.size());
            assertEquals(0, queue.receive());
            assertFalse(ran.get());
            assertEquals(WITHDRAWN, call.phase());
        }

        @Test
        void aValueStandsAndTheOpNeverRuns() throws Exception {
            assertTrue(call.complete("by hand"));

            neverRuns();
            assertEquals("by hand", call.result());
            assertEquals("by hand", call.get());
            assertEquals("by hand", call.join());
        }

        @Test
        void aFailureStandsAndTheOpNeverRuns() {
            var failure = new IOException("by hand");

            assertTrue(call.completeExceptionally(failure));

            neverRuns();
            assertSame(failure, assertThrows(IOException.class, call::result));
            assertSame(
                    failure, assertThrows(ExecutionException.class, call::get).getCause());
        }

        @Test
        void theFirstOutcomeStands() {
            call.complete("first");

            assertFalse(call.complete("second"));
            assertFalse(call.completeExceptionally(new IOException("third")));
            assertEquals("first", call.result());
        }

        @Test
        void anExecutorThatIsToCompleteItLeadsBackToTheCall() {
            assertSame(call, call.completeAsync(() -> "by an executor"));
            assertSame(call, call.completeAsync(() -> "by an executor", Runnable::run));
        }

        @Test
        void aValueInPlaceOfATimeoutStandsAndTheOpNeverRuns() {
            call.completeOnTimeout("by the clock", SHORT.toMillis(), MILLISECONDS);

            assertEquals("by the clock", call.join());
            neverRuns();
        }

        @Test
        void aTimeoutOfTheFutureStandsAndTheOpNeverRuns() {
            call.orTimeout(SHORT.toMillis(), MILLISECONDS);

            assertThrows(TimeoutException.class, call::result);
            neverRuns();
        }
    }

    @Nested
    class CompletedByHandWhileItRuns {
        private final BlockingQueue<Object> late = new LinkedBlockingQueue<>();
        private final AtomicBoolean interrupted = new AtomicBoolean();
        private final Gate gate = threads.gate();
        private final CallQueue owned = threads.receiving(
                "owner",
                () -> CallQueue.builder()
                        .owner(Thread.currentThread())
                        .onLateResult(late::add)
                        .build());
        private final Call<String> call = owned.submit(() -> {
            gate.pass();
            interrupted.set(Thread.interrupted());
            return "by the op";
        });

        private void isFollowedByALateResult() throws InterruptedException {
            gate.open();
            assertEquals("by the op", late.poll(LONG.toMillis(), MILLISECONDS));
            assertFalse(interrupted.get());
        }

        @Test
        void theGivenValueStands() throws Exception {
            gate.awaitArrival();
            assertTrue(call.complete("by hand"));

            isFollowedByALateResult();
            assertEquals("by hand", call.result());
            assertEquals("by hand", call.get());
            assertEquals("by hand", call.join());
            assertEquals(SUCCEEDED, call.phase());
        }

        @Test
        void theGivenFailureStands() throws Exception {
            var failure = new IOException("by hand");
            gate.awaitArrival();
            assertTrue(call.completeExceptionally(failure));

            isFollowedByALateResult();
            assertSame(failure, assertThrows(IOException.class, call::result));
            assertSame(
                    failure, assertThrows(ExecutionException.class, call::get).getCause());
            assertSame(
                    failure, assertThrows(CompletionException.class, call::join).getCause());
            assertEquals(FAILED, call.phase());
        }

        @Test
        void aCancelStandsWithoutInterruptingTheTarget() throws Exception {
            gate.awaitArrival();
            assertTrue(call.cancel(true));

            isFollowedByALateResult();
            assertTrue(call.isCancelled());
            assertThrows(CancellationException.class, call::result);
            assertThrows(CancellationException.class, call::get);
            assertThrows(CancellationException.class, call::join);
        }

        @Test
        void aCancelledCallThatRanWasNotWithdrawn() throws Exception {
            gate.awaitArrival();
            call.cancel(false);

            isFollowedByALateResult();
            assertNotEquals(WITHDRAWN, call.phase());
        }

        @Test
        void whoWaitsGoesOnAtOnce() {
            gate.awaitArrival();
            var waiter = threads.start("waiter", () -> call.result()).awaitParked();

            call.complete("by hand");

            assertEquals("by hand", waiter.result());
        }
    }

    /** In each of these tests the test itself is one of several threads that end or await a call at the same time. */
    @Nested
    class EndedByTwo {
        private final Call<String> call = queue.submit(() -> "by the op");
        private final CancellationException reason = new CancellationException("of the claimer");

        /** Has this be done when the call is about to end, and its outcome is not there yet. */
        private void beforeItHasEnded(Runnable meanwhile) {
            assertTrue(call.follow(new Follower() {
                @Override
                void ended() {
                    meanwhile.run();
                }
            }));
        }

        @Test
        void whatItsClaimerCannotEndIsEndedByHand() {
            assertTrue(call.claimToWithdraw());

            assertTrue(call.complete("by hand"));
            assertEquals("by hand", call.result());
        }

        @Test
        void whoCutsOffWhatWasCompletedByHandEndsNothing() {
            assertTrue(call.claimToWithdraw());
            call.complete("by hand");

            assertSame(reason, call.cutOff(true).because(reason));
            assertEquals("by hand", call.result());
        }

        @Test
        void whoCompletesItByHandLearnsThatSomebodyElseWasQuicker() {
            beforeItHasEnded(() -> call.complete("quicker"));

            assertFalse(call.complete("by hand"));
            assertEquals("quicker", call.result());
        }

        @Test
        void anOutcomeThatIsThereWhenTheTimeIsOverIsTheCallers() {
            queue.receive();

            assertNull(call.cutOff(true).because(null));
            assertNull(call.cutOff(true).because(new InterruptedException()));
            assertEquals("by the op", call.result());
        }

        @Test
        void anOutcomeThatIsThereWhenTheCallerIsThrownSomethingElseIsALateOne() {
            var late = new ArrayList<Object>();
            CallQueue own =
                    threads.closing(CallQueue.builder().onLateResult(late::add).build());
            Call<String> valued = own.submit(() -> "late");
            Call<String> failed = own.submit(() -> {
                throw new IOException("late");
            });
            own.receive();

            assertSame(reason, valued.cutOff(true).because(reason));
            assertSame(reason, failed.cutOff(true).because(reason));

            assertEquals(List.of("late"), late);
            assertEquals("late", reason.getSuppressed()[0].getMessage());
        }

        @Test
        void aLookAtOneThatIsClaimedToBeWithdrawnSaysThatItNeverRuns() {
            assertTrue(call.claimToWithdraw());

            assertTrue(assertThrows(CallTimeoutException.class, () -> call.result(SHORT))
                    .withdrawn());
            call.cutOff(true).because(reason);
            assertSame(reason, assertThrows(CancellationException.class, call::result));
        }

        @Test
        void whoComesWhileItEndsGetsItsOutcome() {
            Gate outcome = threads.gate();
            beforeItHasEnded(outcome::pass);
            var ending = threads.start("ending", () -> call.complete("by hand"));
            outcome.awaitArrival();
            var waiter = threads.start("waiter", () -> call.result());
            eventually(() -> assertEquals(Set.of(waiter.thread()), Wait.waitingFor(call)));

            outcome.open();

            assertEquals("by hand", waiter.result());
            assertTrue(ending.result());
        }

        @Test
        void nobodyFollowsOneThatHasEnded() {
            queue.receive();

            assertFalse(call.follow(new Follower.Stage()));
        }
    }

    /** What the rooms of the library ask a call of. */
    @Nested
    class WhoMadeItAndWhoRunsIt {
        @Test
        void aCallIsRunByTheThreadThatHasBegunIt() {
            var parts = new Parts();
            Call<?> call = parts.call();
            assertFalse(call.isRunBy(Thread.currentThread()));

            parts.begin(call);

            assertTrue(call.isRunBy(Thread.currentThread()));
            assertFalse(call.isRunBy(new Thread(() -> {})));
        }

        @Test
        void callsOfOneThreadAreOfTheSameCaller() {
            var parts = new Parts();

            assertTrue(parts.call().isOfSameCaller(parts.call()));
        }

        @Test
        void callsOfTwoThreadsAreNotOfTheSameCaller() {
            var parts = new Parts();
            Call<?> other = threads.start("other", () -> parts.call()).result();

            assertFalse(parts.call().isOfSameCaller(other));
        }

        @Test
        void anEndedCallIsOfTheSameCallerAsItself() {
            Call<?> call = new Parts().call();
            call.withdraw();

            assertTrue(call.isOfSameCaller(call));
        }

        @Test
        void endedCallsAreOfNoCallerAnyMore() {
            List<Call<?>> calls = new Parts().calls(2);
            calls.forEach(Call::withdraw);

            assertFalse(calls.get(0).isOfSameCaller(calls.get(1)));
        }
    }

    @Nested
    class LateResults {
        private final BlockingQueue<Object> late = new LinkedBlockingQueue<>();
        private final Gate gate = threads.gate();
        private final CallQueue owned = threads.receiving(
                "owner",
                () -> CallQueue.builder()
                        .owner(Thread.currentThread())
                        .onLateResult(late::add)
                        .build());

        private String slow() {
            gate.pass();
            return "late";
        }

        /** Until the time is over, but not before the call has begun. */
        private void callTooSlow(CallQueue target) {
            CallTimeoutException over;
            do {
                over = assertThrows(
                        CallTimeoutException.class, () -> target.within(SHORT).call(this::slow));
            } while (over.withdrawn());
        }

        @Test
        void theResultAfterATimeoutIsLate() throws Exception {
            callTooSlow(owned);
            gate.open();

            assertEquals("late", late.poll(LONG.toMillis(), MILLISECONDS));
        }

        @Test
        void theResultAfterAnInterruptIsLate() throws Exception {
            var caller = threads.start("caller", () -> owned.call(this::slow));
            gate.awaitArrival();
            caller.thread().interrupt();
            assertEquals(CallInterruptedException.class, caller.failure().getClass());
            gate.open();

            assertEquals("late", late.poll(LONG.toMillis(), MILLISECONDS));
        }

        /** The pump throws when the outcome is there already. */
        private RuntimeException pumpThrowsAfterTheEnd(Callable<String> op) {
            var pumping = new CountDownLatch(1);
            var ended = new CountDownLatch(1);
            CallQueue heard = threads.receiving(
                    "heard",
                    () -> CallQueue.builder()
                            .owner(Thread.currentThread())
                            .onLateResult(late::add)
                            .listener((waitNanos, runNanos, failure) -> ended.countDown())
                            .build());
            var fromPump = new IllegalStateException("from the pump");
            assertSame(
                    fromPump,
                    assertThrows(
                            IllegalStateException.class,
                            () -> heard.pumping(() -> {
                                        pumping.countDown();
                                        assertDoesNotThrow(() -> ended.await());
                                        throw fromPump;
                                    })
                                    .call(() -> {
                                        pumping.await();
                                        return op.call();
                                    })));
            return fromPump;
        }

        @Test
        void aResultThatWasThereWhenThePumpThrewIsLate() {
            RuntimeException fromPump = pumpThrowsAfterTheEnd(() -> "there");

            assertEquals(List.of("there"), List.copyOf(late));
            assertEquals(0, fromPump.getSuppressed().length);
        }

        @Test
        void aFailureThatWasThereWhenThePumpThrewGoesWithWhatItThrew() {
            var failure = new IOException("there");

            RuntimeException fromPump = pumpThrowsAfterTheEnd(() -> {
                throw failure;
            });

            assertEquals(List.of(failure), List.of(fromPump.getSuppressed()));
            assertEquals(List.of(), List.copyOf(late));
        }

        @Test
        void aResultInTimeIsNotLate() {
            assertEquals(1, owned.call(() -> 1));
            assertEquals(2, owned.submit(() -> 2).result());
            owned.call(() -> {});

            assertEquals(List.of(), List.copyOf(late));
        }

        @Test
        void aSinkThatThrowsIsLoggedAndHurtsNobody() {
            var failure = new IllegalStateException("from the sink");
            CallQueue fragile = threads.receiving(
                    "fragile owner",
                    () -> CallQueue.builder()
                            .owner(Thread.currentThread())
                            .onLateResult(result -> {
                                throw failure;
                            })
                            .build());
            try (var log = new LibraryLog()) {
                callTooSlow(fragile);
                gate.open();

                assertEquals(1, fragile.call(() -> 1));
                assertEquals(List.of(failure), log.thrown());
            }
        }

        @Test
        void aLogThatFailsHurtsNobodyEither() {
            CallQueue fragile = threads.receiving(
                    "fragile owner",
                    () -> CallQueue.builder()
                            .owner(Thread.currentThread())
                            .onLateResult(result -> {
                                throw new IllegalStateException("from the sink");
                            })
                            .build());
            try (var log = new LibraryLog()) {
                log.failWith(new IllegalStateException("from the log"));
                callTooSlow(fragile);
                gate.open();

                assertEquals(1, fragile.call(() -> 1));
                assertEquals(1, log.thrown().size());
            }
        }
    }

    @Nested
    class Waits {
        private final AtomicInteger runs = new AtomicInteger();

        @Test
        void aLookThatTimesOutLeavesTheCallAlone() {
            Call<Integer> call = queue.submit(runs::incrementAndGet);

            assertFalse(assertThrows(CallTimeoutException.class, () -> call.result(SHORT))
                    .withdrawn());
            assertThrows(CallTimeoutException.class, () -> call.result(Duration.ZERO));
            assertThrows(TimeoutException.class, () -> call.get(SHORT.toMillis(), MILLISECONDS));
            assertEquals(-1, call.resultOrElse(-1, SHORT));

            assertEquals(WAITING, call.phase());
            queue.receive();
            assertEquals(1, call.result());
        }

        @Test
        void aLookWithoutTimeSeesTheOutcome() {
            Call<Integer> call = queue.submit(() -> 1);
            queue.receive();

            assertEquals(1, call.result(Duration.ZERO));
            assertEquals(1, call.resultOrElse(2, Duration.ZERO));
            assertEquals(1, call.getNow(2));
        }

        @Test
        void theAlternativeStandsForAnExceptionButNotForAnError() {
            Call<Integer> failed = queue.submit(failing(new IOException()));
            Call<Integer> broken = queue.submit(() -> {
                throw new AssertionError();
            });
            queue.receive();

            assertEquals(-1, failed.resultOrElse(-1, LONG));
            assertNull(failed.resultOrElse(null, LONG));
            assertThrows(AssertionError.class, () -> broken.resultOrElse(-1, LONG));
        }

        @Test
        void theAlternativeStandsForATimeout() {
            Gate gate = threads.gate();
            CallQueue owned = threads.owner("owner");

            assertEquals(-1, queue.within(SHORT).callOrElse(-1, () -> 1));
            assertEquals(-1, owned.within(SHORT).callOrElse(-1, () -> {
                gate.pass();
                return 1;
            }));
        }

        @Test
        void anInterruptHasNoAlternativeWhileTheCallWaits() {
            var caller =
                    threads.start("caller", () -> queue.callOrElse(-1, () -> 1)).awaitParked();

            caller.thread().interrupt();

            var interrupted = assertInstanceOf(CallInterruptedException.class, caller.failure());
            assertEquals(queue.report().queue(), interrupted.report().queue());
            assertEquals(0, queue.size());
        }

        @Test
        void anInterruptHasNoAlternativeWhileTheCallRuns() {
            Gate gate = threads.gate();
            CallQueue owned = threads.owner("owner");
            var caller = threads.start(
                    "caller",
                    () -> owned.callOrElse(-1, () -> {
                        gate.pass();
                        return 1;
                    }));
            gate.awaitArrival();

            caller.thread().interrupt();

            assertEquals(CallInterruptedException.class, caller.failure().getClass());
        }

        @Test
        void aTargetThreadThatWaitsInAnyWayRunsTheCallItself() {
            var owner = threads.start("owner", () -> {
                try (var own = CallQueue.forCurrentThread()) {
                    return List.of(
                            own.submit(() -> 1).result(),
                            own.submit(() -> 2).result(LONG),
                            own.submit(() -> 3).resultOrElse(-1, LONG),
                            own.submit(() -> 4).get(),
                            own.submit(() -> 5).get(1, DAYS),
                            own.submit(() -> 6).join());
                }
            });

            assertEquals(List.of(1, 2, 3, 4, 5, 6), owner.result());
        }

        @Test
        void aTargetThreadWithoutTimeDoesNotRunTheCall() {
            var owner = threads.start("owner", () -> {
                try (var own = CallQueue.forCurrentThread()) {
                    Call<Integer> call = own.submit(runs::incrementAndGet);
                    assertThrows(CallTimeoutException.class, () -> call.result(Duration.ZERO));
                    assertEquals(-1, call.resultOrElse(-1, Duration.ZERO));
                    return runs.get();
                }
            });

            assertEquals(0, owner.result());
        }

        @Test
        void aWaitCanPumpItsOwnQueue() {
            Call<Integer> call = queue.submit(runs::incrementAndGet);

            assertEquals(1, call.result(LONG, queue::receive));
        }

        @Test
        void aPumpRunsAgainAndAgainUntilTheCallHasEnded() {
            Call<Integer> call = queue.submit(() -> 1);

            assertEquals(7, call.result(LONG, () -> {
                if (runs.incrementAndGet() == 3) {
                    call.complete(7);
                }
            }));
            assertEquals(3, runs.get());
        }

        @Test
        void aThreadRestsBetweenTwoRunsOfItsPump() {
            Call<Integer> call = queue.submit(() -> 1);
            long began = System.nanoTime();

            assertThrows(CallTimeoutException.class, () -> call.result(SHORT, runs::incrementAndGet));

            long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
            assertTrue(runs.get() <= 10 * millis, "pumped " + runs + " times in " + millis + " ms");
        }

        @Test
        void everyoneWhoWaitsGetsTheOutcome() {
            Call<Integer> call = queue.submit(() -> 1);
            var waiters = Stream.<Callable<Integer>>of(
                            call::result, () -> call.result(LONG), call::get, call::join, () -> call.get(1, DAYS))
                    .map(wait -> threads.start("waiter", wait).awaitParked())
                    .toList();

            queue.receive();

            waiters.forEach(waiter -> assertEquals(1, waiter.result()));
        }

        @Test
        void anInterruptEndsAResultAndTheFlagIsSetAgain() {
            Call<Integer> call = queue.submit(() -> 1);
            var waiter = threads.start("waiter", () -> {
                        assertThrows(CallInterruptedException.class, call::result);
                        return Thread.currentThread().isInterrupted();
                    })
                    .awaitParked();

            waiter.thread().interrupt();

            assertTrue(waiter.result());
            assertEquals(WAITING, call.phase());
        }

        @Test
        void anInterruptEndsALookForAnAlternativeToo() {
            Call<Integer> call = queue.submit(() -> 1);
            var waiter = threads.start("waiter", () -> {
                        assertThrows(CallInterruptedException.class, () -> call.resultOrElse(-1, LONG));
                        return Thread.currentThread().isInterrupted();
                    })
                    .awaitParked();

            waiter.thread().interrupt();

            assertTrue(waiter.result());
            assertEquals(WAITING, call.phase());
        }

        @Test
        void whoGivesUpLeavesThoseWhoWaitLonger() {
            Call<Integer> call = queue.submit(() -> 1);
            var first = threads.start("first", () -> call.result()).awaitParked();
            var second = threads.start("second", () -> call.result()).awaitParked();
            var third = threads.start("third", () -> call.result()).awaitParked();

            second.thread().interrupt();

            assertEquals(CallInterruptedException.class, second.failure().getClass());
            assertEquals(1, queue.receive());
            assertEquals(1, first.result());
            assertEquals(1, third.result());
        }

        @Test
        void whoHasGivenUpIsForgottenThoughOthersWaitOn() throws InterruptedException {
            Call<Integer> call = queue.submit(() -> 1);

            awaitCollected(giveUpBeforeAnotherOne(call));

            queue.receive();
        }

        private WeakReference<Thread> giveUpBeforeAnotherOne(Call<Integer> call) throws InterruptedException {
            var first = new Thread(() -> assertThrows(CallInterruptedException.class, call::result), "first");
            first.start();
            Threads.awaitParked(first);
            threads.start("second", () -> call.result()).awaitParked();
            first.interrupt();
            first.join();
            return new WeakReference<>(first);
        }

        @Test
        void anInterruptEndsAGetAsTheFutureDefinesIt() {
            Call<Integer> call = queue.submit(() -> 1);
            var waiter = threads.start("waiter", () -> {
                        assertThrows(InterruptedException.class, call::get);
                        return Thread.currentThread().isInterrupted();
                    })
                    .awaitParked();

            waiter.thread().interrupt();

            assertFalse(waiter.result());
            assertEquals(WAITING, call.phase());
        }

        @Test
        void anInterruptDoesNotEndAJoin() {
            Call<Integer> call = queue.submit(() -> 1);
            var waiter = threads.start("waiter", () -> {
                        int value = call.join();
                        return Thread.currentThread().isInterrupted() ? value : -1;
                    })
                    .awaitParked();

            waiter.thread().interrupt();
            waiter.awaitParked();
            queue.receive();

            assertEquals(1, waiter.result());
        }

        @Test
        void aResultThatIsThereIsReadWithoutRegardToInterrupts() {
            Call<Integer> call = queue.submit(() -> 1);
            queue.receive();
            Thread.currentThread().interrupt();

            assertEquals(1, call.join());
            assertTrue(Thread.interrupted());
        }
    }

    @Nested
    class DependentStages {
        @Test
        void aStageGetsTheValue() {
            Call<Integer> call = queue.submit(() -> 1);
            CompletableFuture<Integer> next = call.thenApply(value -> value + 1);

            queue.receive();

            assertEquals(2, next.join());
        }

        @Test
        void aStageGetsTheOpsOwnException() {
            var failure = new IOException("from the call");
            Call<Integer> call = queue.submit(failing(failure));
            CompletableFuture<Throwable> seen = call.handle((value, thrown) -> thrown);
            CompletableFuture<Integer> next = call.thenApply(value -> value + 1);

            queue.receive();

            assertSame(failure, seen.join());
            assertSame(
                    failure, assertThrows(CompletionException.class, next::join).getCause());
        }

        @Test
        void aStageSeesTheOutcome() {
            Call<Integer> call = queue.submit(() -> 1);
            CompletableFuture<List<Object>> seen =
                    call.thenApply(value -> List.of(call.isDone(), call.phase(), call.result(), call.join()));

            queue.receive();

            assertEquals(List.of(true, SUCCEEDED, 1, 1), seen.join());
        }

        @Test
        void whoWaitsIsReleasedBeforeAStageHasRun() {
            CallQueue owned = threads.owner("owner");
            Gate opIs = threads.gate();
            Gate stageIs = threads.gate();
            Call<Void> call = owned.submit(opIs::pass);
            call.thenRun(stageIs::pass);
            var waiter = threads.start("waiter", () -> call.result()).awaitParked();

            opIs.open();
            stageIs.awaitArrival();

            assertNull(waiter.result());
        }

        @Test
        void aStageThatThrowsDoesNotHurtTheReceiver() {
            Call<Integer> call = queue.submit(() -> 1);
            CompletableFuture<Integer> next = call.thenApply(value -> {
                throw new AssertionError("from the stage");
            });
            Call<Integer> behind = queue.submit(() -> 2);

            assertEquals(2, queue.receive());
            assertTrue(next.isCompletedExceptionally());
            assertEquals(2, behind.result());
        }

        @Test
        void aStageRunsWhenTheCallIsWithdrawn() {
            Call<Integer> call = queue.submit(() -> 1);
            CompletableFuture<Throwable> seen = call.handle((value, thrown) -> thrown);

            call.withdraw();

            assertEquals(CancellationException.class, seen.join().getClass());
        }

        @Test
        void theCallIsItsOwnFuture() {
            Call<Integer> call = queue.submit(() -> 1);

            assertSame(call, call.toCompletableFuture());
        }
    }

    @Nested
    class SubmittedWithin {
        private final AtomicBoolean ran = new AtomicBoolean();

        @Test
        void aCallThatHasNotBegunInTimeIsWithdrawnThoughNobodyWaits() {
            var told = new CompletableFuture<Throwable>();
            Call<?> call = queue.within(SHORT).submit(() -> ran.set(true));
            call.whenComplete((value, thrown) -> told.complete(thrown));

            assertTrue(((CallTimeoutException)
                            told.orTimeout(LONG.toMillis(), MILLISECONDS).join())
                    .withdrawn());
            assertEquals(WITHDRAWN, call.phase());
            assertEquals(0, queue.size());
            assertEquals(0, queue.receive());
            assertFalse(ran.get());
        }

        @Test
        void aCallThatHasBegunInTimeMayTakeLonger() {
            Call<Integer> call = submitInTime(queue.within(SHORT), () -> {
                var began = System.nanoTime();
                while (System.nanoTime() - began < 2 * SHORT.toNanos()) {
                    Thread.onSpinWait();
                }
                return 1;
            });

            assertEquals(1, call.result());
            assertEquals(SUCCEEDED, call.phase());
        }

        /** Submits it and runs it here, before its time is over. */
        private Call<Integer> submitInTime(CallTarget limited, Callable<Integer> op) {
            Call<Integer> call;
            do {
                call = limited.submit(op);
            } while (queue.receive() == 0);
            return call;
        }

        @Test
        void theLimitHoldsForEachCallOnItsOwn() {
            CallTarget limited = queue.within(SHORT);
            Call<Integer> early = submitInTime(limited, () -> 1);
            Call<Integer> late = limited.submit(() -> 2);

            assertEquals(1, early.result());
            assertThrows(CallTimeoutException.class, late::result);
        }
    }

    @Nested
    class InBackground {
        @Test
        void itRunsOnAThreadOfItsOwn() {
            Gate gate = threads.gate();
            Call<Thread> one = Call.inBackground(() -> {
                gate.pass();
                return Thread.currentThread();
            });
            Call<Thread> two = Call.inBackground(Thread::currentThread);

            assertNotEquals(Thread.currentThread(), two.result());
            gate.open();
            assertNotEquals(one.result(), two.result());
        }

        @Test
        void itRunsOnAVirtualThreadWhereThereAreAny() {
            Thread thread = Call.inBackground(Thread::currentThread).result();

            assertTrue(!VirtualThreads.exist() || VirtualThreads.isVirtual(thread));
            assertTrue(thread.isDaemon());
        }

        @Test
        void itsExceptionIsTheOpsOwnHoweverOftenItIsRead() {
            var failure = new IOException("from the call");
            Call<Integer> call = Call.inBackground(failing(failure));

            assertSame(failure, assertThrows(IOException.class, call::result));
            assertSame(failure, assertThrows(IOException.class, call::result));
            assertEquals(FAILED, call.phase());
        }

        @Test
        void oneCanLookAtItPumpAndTakeAnAlternative() {
            Gate gate = threads.gate();
            var pumped = new AtomicInteger();
            Call<Integer> call = Call.inBackground(() -> {
                gate.pass();
                return 1;
            });
            gate.awaitArrival();

            assertFalse(call.isDone());
            assertEquals(RUNNING, call.phase());
            assertThrows(CallTimeoutException.class, () -> call.result(SHORT));
            assertEquals(-1, call.resultOrElse(-1, SHORT));
            assertThrows(CallTimeoutException.class, () -> call.result(SHORT, pumped::incrementAndGet));
            int before = pumped.get();
            assertEquals(1, call.result(LONG, () -> {
                pumped.incrementAndGet();
                gate.open();
            }));
            assertTrue(pumped.get() > before);
            assertEquals(SUCCEEDED, call.phase());
        }

        @Test
        void aCancelDoesNotInterruptIt() {
            Gate gate = threads.gate();
            var interrupted = new CompletableFuture<Boolean>();
            Call<?> call = Call.inBackground(() -> {
                gate.pass();
                return interrupted.complete(Thread.interrupted());
            });
            gate.awaitArrival();

            assertTrue(call.cancel(true));
            gate.open();

            assertFalse(interrupted.join());
            assertThrows(CancellationException.class, call::result);
        }

        @Test
        void itCanCallBackTheThreadThatWaitsForIt() {
            CallQueue owned = threads.owner("owner");

            int value = owned.call(
                    () -> Call.inBackground(() -> owned.call(() -> 1)).result());

            assertEquals(1, value);
        }

        @Test
        void aTimeoutOfACallWithoutAQueueHasAMessage() {
            Gate gate = threads.gate();
            Call<Void> call = Call.inBackground(() -> {
                gate.pass();
                return null;
            });

            assertNotNull(assertThrows(CallTimeoutException.class, () -> call.result(Duration.ZERO))
                    .getMessage());
        }
    }
}
