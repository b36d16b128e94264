package dev.callqueue.testkit;

import static dev.callqueue.testkit.Delays.LONG;
import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.callqueue.Call;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A call is a {@code CompletableFuture}, to the letter. */
public abstract class FutureContract extends Contract {
    /** For subclasses. */
    protected FutureContract() {}

    // waiting

    @Test
    void everyoneWhoWaitsGetsTheOutcome() {
        Gate gate = holdTarget();
        Call<Integer> call = target.submit(() -> 1);
        var waiters = Stream.<Callable<Integer>>of(
                        call::result, () -> call.result(LONG), call::get, call::join, () -> call.get(1, DAYS))
                .map(wait -> threads.start("waiter", wait).awaitWaiting())
                .toList();

        gate.open();

        waiters.forEach(waiter -> assertEquals(1, waiter.result()));
    }

    @Test
    void anOutcomeThatIsThereNeedsNoTime() throws Exception {
        Call<Integer> call = target.submit(() -> 1);
        call.result();

        assertEquals(1, call.getNow(2));
        assertEquals(1, call.result(Duration.ZERO));
        assertEquals(1, call.resultOrElse(2, Duration.ZERO));
        assertEquals(1, call.get(0, NANOSECONDS));
        assertEquals(1, call.get(-1, NANOSECONDS));
    }

    @Test
    void getNowTakesWhatItIsGivenWhileThereIsNoOutcome() {
        holdTarget();

        assertEquals(2, target.submit(() -> 1).getNow(2));
    }

    // dependent stages

    @Test
    void aStageGetsTheValue() {
        assertEquals(2, target.submit(() -> 1).thenApply(value -> value + 1).join());
    }

    @Test
    void aStageGetsTheOpsOwnException() {
        var failure = new IOException("from the call");

        assertSame(
                failure,
                target.submit(failing(failure))
                        .handle((value, thrown) -> thrown)
                        .join());
    }

    @Test
    void aStageThatNeedsAValueFailsWithTheExceptionAsItsCause() {
        var failure = new IOException("from the call");
        CompletableFuture<Object> stage = target.submit(failing(failure)).thenApply(value -> value);

        assertSame(failure, assertThrows(CompletionException.class, stage::join).getCause());
    }

    /** The outcome is visible before dependent stages run. */
    @Test
    void aStageSeesTheOutcome() {
        Gate gate = holdTarget();
        Call<Integer> call = target.submit(() -> 1);
        CompletableFuture<List<Object>> seen =
                call.thenApply(value -> List.of(call.isDone(), call.phase(), call.result(), call.join()));

        gate.open();

        assertEquals(List.of(true, Call.Phase.SUCCEEDED, 1, 1), seen.join());
    }

    @Test
    void aStageRunsWhenItsCallIsWithdrawn() {
        holdTarget();
        Call<Integer> call = target.submit(() -> 1);
        CompletableFuture<Throwable> seen = call.handle((value, thrown) -> thrown);

        call.withdraw();

        assertEquals(CancellationException.class, seen.join().getClass());
    }

    @Test
    void aStageThatThrowsDoesNotHurtTheTarget() {
        Gate gate = holdTarget();
        CompletableFuture<Integer> stage = target.submit(() -> 1).thenApply(value -> {
            throw new AssertionError("from the stage");
        });
        Call<Integer> behind = target.submit(() -> 2);

        gate.open();

        assertEquals(2, behind.result());
        assertThrows(CompletionException.class, stage::join);
    }

    @Test
    void whoWaitsIsReleasedBeforeTheStagesHaveRun() {
        Gate opIs = threads.gate();
        Gate stageIs = threads.gate();
        Call<?> call = target.submit(opIs::pass);
        CompletableFuture<Void> stage = call.thenRun(stageIs::pass);
        var waiter = threads.start("waiter", () -> call.result()).awaitWaiting();

        opIs.open();
        stageIs.awaitArrival();

        assertNull(waiter.result());
        assertEquals(false, stage.isDone());
    }

    @Test
    void callsCanBeAwaitedTogether() {
        CompletableFuture<?>[] calls =
                IntStream.range(0, 10).mapToObj(i -> target.submit(() -> i)).toArray(CompletableFuture<?>[]::new);

        CompletableFuture.allOf(calls).orTimeout(LONG.toNanos(), NANOSECONDS).join();

        assertTrue(Stream.of(calls).allMatch(CompletableFuture::isDone));
    }

    @Test
    void aStageCanRunOnTheTarget() {
        CompletableFuture<Boolean> stage =
                CompletableFuture.completedFuture(1).thenApplyAsync(value -> target.isTargetThread(), target);

        assertTrue(stage.orTimeout(LONG.toNanos(), NANOSECONDS).join());
    }

    @Test
    void aCallIsItsOwnFuture() {
        Call<Integer> call = target.submit(() -> 1);

        assertSame(call, call.toCompletableFuture());
        assertEquals(1, call.result());
    }

    /** Each call submits the next one in a stage: a recursion would use up the stack. */
    @Test
    void aLongChainOfCallsNeedsNoStack() {
        var done = new CompletableFuture<Integer>();
        leaveOneThread();

        target.execute(() -> next(0, done)); // there, no call ends before it has its stage

        assertEquals(10_000, done.orTimeout(LONG.toNanos(), NANOSECONDS).join());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // its outcome comes at the end of the chain
    private void next(int number, CompletableFuture<Integer> done) {
        target.submit(() -> number).whenComplete((value, failure) -> {
            if (failure != null) {
                done.completeExceptionally(failure);
            } else if (value == 10_000) {
                done.complete(value);
            } else {
                next(value + 1, done);
            }
        });
    }
}
