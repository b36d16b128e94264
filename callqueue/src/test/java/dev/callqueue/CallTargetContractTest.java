package dev.callqueue;

import static dev.callqueue.Delays.LONG;
import static dev.callqueue.Delays.SHORT;
import static dev.callqueue.Eventually.awaitSize;
import static java.util.stream.Collectors.toList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** What every kind of target promises to whoever calls it. */
class CallTargetContractTest {

    // where calls run, and what comes back

    @EveryTarget
    void aCallRunsOnAThreadOfTheTarget(CallTarget target) {
        Thread ran = target.call(Thread::currentThread);

        assertNotEquals(Thread.currentThread(), ran);
    }

    @EveryTarget
    void aThreadKnowsWhetherItIsOneOfTheTarget(CallTarget target) {
        assertTrue(target.call(target::isTargetThread));
        assertFalse(target.isTargetThread());
    }

    @EveryTarget
    void aCallReturnsTheValueOfItsOp(CallTarget target) {
        var value = new Object();

        assertSame(value, target.call(() -> value));
        assertSame(value, target.submit(() -> value).result());
    }

    @EveryTarget
    void nullIsAValue(CallTarget target) throws Exception {
        assertNull(target.call(() -> null));
        assertNull(target.submit(() -> null).result());
        assertNull(target.submit(() -> null).get());
        assertNull(target.callOrElse("alternative", () -> null));
    }

    @EveryTarget
    void aCallWithoutAValueHasRunWhenItReturns(CallTarget target) {
        var list = new ArrayList<>(List.of(1, 2, 3));

        target.call(list::clear);

        assertEquals(List.of(), list);
    }

    @EveryTarget
    void aSubmitDoesNotWait(CallTarget target, Kind kind, Threads threads) {
        threads.hold(target, kind.threads());
        assertFalse(target.submit(() -> 1).isDone());
    }

    @EveryTarget
    void anExecutedRunnableRuns(CallTarget target, Threads threads) {
        Gate gate = threads.gate();
        target.execute(gate::pass);

        gate.awaitArrival();
    }

    // exceptions

    @EveryTarget
    void aCheckedExceptionReachesTheCallerUnchanged(CallTarget target) {
        var failure = new IOException("from the call");

        assertSame(failure, thrownBy(target, failure));
    }

    @EveryTarget
    void anErrorReachesTheCallerUnchanged(CallTarget target) {
        var failure = new AssertionError("from the call");

        assertSame(failure, thrownBy(target, failure));
    }

    @EveryTarget
    void aCompletionExceptionReachesTheCallerUnchanged(CallTarget target) {
        var failure = new CompletionException(new IOException("its cause"));

        assertSame(failure, thrownBy(target, failure));
    }

    @EveryTarget
    void anExecutionExceptionReachesTheCallerUnchanged(CallTarget target) {
        var failure = new ExecutionException(new IOException("its cause"));

        assertSame(failure, thrownBy(target, failure));
    }

    @EveryTarget
    void aCancellationExceptionOfTheOpReachesTheCallerUnchanged(CallTarget target) {
        var failure = new CancellationException("from the call");

        assertSame(failure, thrownBy(target, failure));
    }

    @EveryTarget
    void anInterruptedExceptionOfTheOpIsAnOrdinaryFailure(CallTarget target) {
        var failure = new InterruptedException("from the call");

        assertSame(failure, thrownBy(target, failure));
        assertFalse(Thread.currentThread().isInterrupted());
        assertEquals(1, target.call(() -> 1));
    }

    @EveryTarget
    void aRealStackOverflowReachesTheCallerAndTheTargetLivesOn(CallTarget target) {
        assertThrows(StackOverflowError.class, () -> target.call(this::endless));
        assertEquals(1, target.call(() -> 1));
    }

    private int endless() {
        return 1 + endless();
    }

    @EveryTarget
    void aFailureCanBeReadAgainAndAgain(CallTarget target) {
        var failure = new IOException("from the call");
        Call<Object> call = target.submit(failing(failure));

        assertSame(failure, assertThrows(IOException.class, call::result));
        assertSame(failure, assertThrows(IOException.class, call::result));
        assertSame(failure, assertThrows(ExecutionException.class, call::get).getCause());
        assertSame(failure, assertThrows(CompletionException.class, call::join).getCause());
    }

    /** What reaches the caller of {@code call}; checks that {@code result} throws the same. */
    private static Throwable thrownBy(CallTarget target, Throwable failure) {
        Throwable seen = assertThrows(Throwable.class, () -> target.call(failing(failure)::call));
        Call<Object> call = target.submit(failing(failure));
        assertSame(seen, assertThrows(Throwable.class, call::result));
        assertEquals(Call.Phase.FAILED, call.phase());
        return seen;
    }

    private static Callable<Object> failing(Throwable failure) {
        return () -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        };
    }

    @EveryTarget(withOneThread = true)
    void aFailureNobodyCanSeeGoesToTheUncaughtExceptionHandler(CallTarget target) throws Exception {
        var seen = new LinkedBlockingQueue<Throwable>();
        var failure = new IllegalStateException("nobody waits");
        Thread thread = target.call(Thread::currentThread);
        thread.setUncaughtExceptionHandler((where, what) -> seen.add(what));

        target.execute(() -> {
            throw failure;
        });

        assertSame(failure, seen.poll(LONG.toMillis(), TimeUnit.MILLISECONDS));
        assertSame(thread, target.call(Thread::currentThread));
    }

    // an alternative instead of a failure

    @EveryTarget
    void theAlternativeStandsForAnyExceptionOfTheOp(CallTarget target) {
        assertEquals("alternative", target.callOrElse("alternative", failingWith(new IOException())));
        assertEquals("alternative", target.callOrElse("alternative", failingWith(new InterruptedException())));
        assertNull(target.<String>callOrElse(null, failingWith(new IOException())));
    }

    private static Callable<String> failingWith(Exception failure) {
        return () -> {
            throw failure;
        };
    }

    @EveryTarget
    void theAlternativeStandsForATimeout(CallTarget target, Kind kind, Threads threads) {
        threads.hold(target, kind.threads());
        assertEquals("alternative", target.within(SHORT).callOrElse("alternative", () -> "late"));
    }

    @EveryTarget
    void theAlternativeStandsForAClosedQueue(CallTarget target, CallQueue queue) {
        queue.close();

        assertEquals("alternative", target.callOrElse("alternative", () -> "never"));
    }

    @EveryTarget
    void thereIsNoAlternativeToAnError(CallTarget target) {
        var failure = new AssertionError("from the call");

        var seen = assertThrows(
                AssertionError.class,
                () -> target.callOrElse("alternative", () -> {
                    throw failure;
                }));

        assertSame(failure, seen);
    }

    // memory

    @EveryTarget
    void whatWasDoneBeforeIsSeenInTheCallAndTheOtherWayRound(CallTarget target) {
        var cell = new int[1];
        for (int i = 0; i < 500; i++) {
            int before = cell[0];
            cell[0]++;
            assertEquals(before + 1, target.call(() -> cell[0]++));
            assertEquals(before + 2, cell[0]);
        }
    }

    @EveryTarget
    void whatASubmittedCallDidIsSeenByWhoFindsItDone(CallTarget target) {
        for (int i = 0; i < 100; i++) {
            var cell = new int[1];
            Call<Integer> call = target.submit(() -> cell[0] = 1);
            while (!call.isDone()) {
                Thread.onSpinWait();
            }
            assertEquals(1, cell[0]);
        }
    }

    // order

    @EveryTarget(withOneThread = true)
    void theCallsOfOneThreadBeginInTheirOrder(CallTarget target) {
        var seen = Collections.synchronizedList(new ArrayList<Integer>());
        for (int i = 0; i < 300; i += 3) {
            int first = i;
            target.execute(() -> seen.add(first));
            target.submit(() -> seen.add(first + 1));
            target.call(() -> seen.add(first + 2));
        }

        assertEquals(IntStream.range(0, 300).boxed().collect(toList()), seen);
    }

    @EveryTarget(withOneThread = true)
    void theCallsOfEachOfManyThreadsBeginInTheirOrder(CallTarget target, Threads threads) {
        List<List<Integer>> seen = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        var callers = seen.stream()
                .map(mine -> threads.start("caller", () -> {
                    for (int i = 0; i < 200; i++) {
                        int number = i;
                        target.execute(() -> mine.add(number));
                    }
                    return target.call(() -> List.copyOf(mine));
                }))
                .toList();

        for (var caller : callers) {
            assertEquals(IntStream.range(0, 200).boxed().collect(toList()), caller.result());
        }
    }

    @EveryTarget(withOneThread = true)
    void aSubmitOfTheTargetItselfIsQueued(CallTarget target) {
        var submitted = target.call(() -> {
            Call<Integer> call = target.submit(() -> 1);
            return List.of(call, call.phase());
        });

        assertEquals(Call.Phase.WAITING, submitted.get(1));
        assertEquals(1, ((Call<?>) submitted.get(0)).result());
    }

    // calls within calls

    @EveryTarget
    void aCallOfTheTargetItselfRunsAtOnceLikeANormalCall(CallTarget target) {
        assertTrue(target.call(() -> Thread.currentThread() == target.call(() -> target.call(Thread::currentThread))));
    }

    @EveryTarget
    void aCallOfTheTargetItselfNeedsNoTime(CallTarget target) {
        assertEquals(1, target.call(() -> target.within(Duration.ZERO).call(() -> 1)));
    }

    @EveryTarget
    void aCallOfTheTargetItselfGoesBeforeWhatIsQueued(CallTarget target, Kind kind, Threads threads) {
        var ran = new AtomicBoolean();
        threads.hold(target, kind.threads() - 1);
        boolean ranBefore = target.call(() -> {
            target.execute(() -> ran.set(true));
            return target.call(ran::get);
        });

        assertFalse(ranBefore);
    }

    @EveryTarget
    void aCallOfTheTargetItselfThrowsLikeANormalCall(CallTarget target) {
        var failure = new IOException("from the inner call");

        assertSame(failure, thrownBy(target, failure));
        assertSame(
                failure, assertThrows(IOException.class, () -> target.call(() -> target.call(failing(failure)::call))));
    }

    @EveryTarget
    void aTargetCanWaitForItsOwnSubmits(CallTarget target) throws Exception {
        assertEquals(1, target.call(() -> target.submit(() -> 1).result()));
        assertEquals(2, target.call(() -> target.submit(() -> 2).result(LONG)));
        assertEquals(
                3, target.<Integer, Exception>call(() -> target.submit(() -> 3).get()));
        assertEquals(4, target.call(() -> target.submit(() -> 4).join()));
        assertEquals(
                5,
                target.<Integer, Exception>call(
                        () -> target.submit(() -> 5).get(LONG.toMillis(), TimeUnit.MILLISECONDS)));
    }

    @EveryTarget
    void aTargetCanHarvestItself(CallTarget target) {
        int sum = target.call(() -> sum(target.harvest(List.of(1, 2, 3, 4, 5), input -> input * input)));

        assertEquals(55, sum);
    }

    private static int sum(Harvest<Integer, Integer> harvest) {
        int sum = 0;
        for (var item : harvest) {
            sum += item.result();
        }
        return sum;
    }

    @EveryTarget
    void aTargetWhoseThreadsAllWaitForItGoesOn(CallTarget target) {
        List<Call<Integer>> calls = IntStream.range(0, 12)
                .mapToObj(i -> target.submit(() -> fibonacci(target, 7)))
                .toList();

        calls.forEach(call -> assertEquals(13, call.result()));
    }

    private static int fibonacci(CallTarget target, int n) {
        if (n < 2) {
            return n;
        }
        Call<Integer> one = target.submit(() -> fibonacci(target, n - 1));
        return fibonacci(target, n - 2) + one.result();
    }

    @EveryTarget
    void aChainThatComesBackRunsLikeANestedCall(CallTarget target, Threads threads) {
        CallQueue other = threads.owner("other");

        assertEquals(1, target.call(() -> other.call(() -> target.call(() -> 1))));
        assertEquals(
                2,
                target.call(() ->
                        other.submit(() -> target.submit(() -> 2).result()).result()));
    }

    // a limit of time

    @EveryTarget
    void aCallThatCannotBeginInTimeIsWithdrawn(CallTarget target, Kind kind, CallQueue queue, Threads threads) {
        var ran = new AtomicBoolean();
        Gate gate = threads.hold(target, kind.threads());
        var timeout = assertThrows(
                CallTimeoutException.class, () -> target.within(SHORT).call(() -> ran.set(true)));
        assertTrue(timeout.withdrawn());
        assertEquals(0, queue.size());
        gate.open();

        target.call(() -> {});
        assertFalse(ran.get());
    }

    @EveryTarget
    void aTimeoutSaysThatARunningCallStillRuns(CallTarget target, Threads threads) {
        Gate gate = threads.gate();
        var timeout = assertThrows(
                CallTimeoutException.class, () -> target.within(SHORT).call(gate::pass));
        assertFalse(timeout.withdrawn());
    }

    @EveryTarget
    void aCallThatEndsInTimeKnowsNothingOfTheLimit(CallTarget target) {
        assertEquals(1, target.within(LONG).call(() -> 1));
        assertEquals(1, target.within(LONG).submit(() -> 1).result());
        assertEquals(1, target.within(LONG).callOrElse(2, () -> 1));
    }

    @EveryTarget
    void aLimitOfZeroDoesNotWait(CallTarget target, Kind kind, Threads threads) {
        threads.hold(target, kind.threads());
        assertThrows(
                CallTimeoutException.class, () -> target.within(Duration.ZERO).call(() -> 1));
    }

    @EveryTarget
    void aSubmittedCallThatCannotBeginInTimeIsWithdrawn(
            CallTarget target, Kind kind, CallQueue queue, Threads threads) {
        threads.hold(target, kind.threads());
        Call<Integer> call = target.within(SHORT).submit(() -> 1);

        assertTrue(assertThrows(CallTimeoutException.class, call::result).withdrawn());
        assertEquals(Call.Phase.WITHDRAWN, call.phase());
        assertEquals(0, queue.size());
    }

    // interrupts

    @EveryTarget
    void anInterruptedCallerGoesAndItsCallIsWithdrawn(CallTarget target, Kind kind, CallQueue queue, Threads threads) {
        var ran = new AtomicBoolean();
        Gate gate = threads.hold(target, kind.threads());
        var caller = threads.start("caller", () -> {
            assertThrows(CallInterruptedException.class, () -> target.call(() -> ran.set(true)));
            return Thread.currentThread().isInterrupted();
        });
        awaitSize(queue, 1);
        caller.thread().interrupt();

        assertTrue(caller.result(), "its flag is set again");
        assertEquals(0, queue.size());
        gate.open();

        target.call(() -> {});
        assertFalse(ran.get());
    }

    @EveryTarget
    void anInterruptOfTheCallerNeverReachesTheTarget(CallTarget target, Threads threads) throws Exception {
        var interrupted = new LinkedBlockingQueue<Boolean>();
        Gate gate = threads.gate();
        var caller = threads.start("caller", () -> {
            target.call(() -> {
                gate.pass();
                interrupted.add(Thread.interrupted());
            });
        });
        gate.awaitArrival();
        caller.thread().interrupt();
        assertEquals(CallInterruptedException.class, caller.failure().getClass());
        gate.open();

        assertEquals(false, interrupted.poll(LONG.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static Callable<String> passing(Gate gate) {
        return () -> {
            gate.pass();
            return "passed";
        };
    }

    @EveryTarget
    void thereIsNoAlternativeToAnInterrupt(CallTarget target, Threads threads) {
        Gate gate = threads.gate();
        Thread.currentThread().interrupt();

        assertThrows(CallInterruptedException.class, () -> target.callOrElse("alternative", passing(gate)));
        assertTrue(Thread.interrupted());
    }
}
