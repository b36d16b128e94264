package dev.callqueue.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.callqueue.Call;
import dev.callqueue.CallTarget;
import dev.callqueue.CallTimeoutException;
import dev.callqueue.Raise;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Where the exception of a call is raised. What is raised in the receiver leaves a thread of the target, and is seen by the
 * uncaught exception handler.
 */
public abstract class RaisingContract extends Contract {
    private final IOException failure = new IOException("from the call");
    private final IllegalStateException unchecked = new IllegalStateException("from the call");

    /** For subclasses. */
    protected RaisingContract() {}

    private Object callRaising(Raise where) throws Exception {
        return target.raising(where).<Object, Exception>call(failing(failure)::call);
    }

    private void assertRaisedInTheReceiver(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            threads.uncaught().await(failure);
        }
        letAllThreadsPass();
        assertEquals(times, threads.uncaught().count(failure));
    }

    // call

    @Test
    void raisedInTheCallerItIsThrownThereOnly() throws Exception {
        assertThrowsThis(failure, () -> callRaising(Raise.CALLER));

        assertRaisedInTheReceiver(0);
    }

    @Test
    void raisedInTheReceiverItLeavesTheTargetAndTheCallReturnsNull() throws Exception {
        assertNull(callRaising(Raise.RECEIVER));

        assertRaisedInTheReceiver(1);
    }

    @Test
    void raisedInBothItIsTheSameObject() throws Exception {
        assertThrowsThis(failure, () -> callRaising(Raise.BOTH));

        assertRaisedInTheReceiver(1);
    }

    @Test
    void raisedNowhereItIsReplacedByNull() throws Exception {
        assertNull(callRaising(Raise.NONE));

        assertRaisedInTheReceiver(0);
    }

    @Test
    void anErrorCanBeRaisedInTheReceiverToo() throws Exception {
        var error = new AssertionError("from the call");

        assertNull(target.raising(Raise.RECEIVER).<Object, Exception>call(failing(error)::call));

        threads.uncaught().await(error);
    }

    @Test
    void aCallThatReturnsIsNoneOfThisConcern() {
        for (Raise where : Raise.values()) {
            assertEquals(1, target.raising(where).call(() -> 1));
        }
    }

    @Test
    void theAlternativeStandsWhereverItIsRaised() throws Exception {
        for (Raise where : Raise.values()) {
            assertEquals("alternative", target.raising(where).callOrElse("alternative", failing(failure)));
        }

        assertRaisedInTheReceiver(2);
    }

    // submit and execute

    @Test
    void theResultOfASubmittedCallIsNullUnlessItIsRaisedInTheCaller() throws Exception {
        for (Raise where : List.of(Raise.RECEIVER, Raise.NONE)) {
            assertNull(target.raising(where).submit(failing(failure)).result());
        }

        assertRaisedInTheReceiver(1);
    }

    @Test
    void theFutureAndThePhaseShowTheFailureWhereverItIsRaised() {
        for (Raise where : Raise.values()) {
            Call<Object> call = target.raising(where).submit(failing(failure));

            assertSame(
                    failure, assertThrows(ExecutionException.class, call::get).getCause());
            assertSame(failure, call.handle((value, thrown) -> thrown).join());
            assertTrue(call.isCompletedExceptionally());
            assertEquals(Call.Phase.FAILED, call.phase());
        }
    }

    @Test
    void whatWasExecutedCanBeRaisedInTheReceiver() throws Exception {
        execute(Raise.RECEIVER);

        threads.uncaught().await(unchecked);
        letAllThreadsPass();
        assertEquals(1, threads.uncaught().count(unchecked));
    }

    @Test
    void whatWasExecutedAndIsRaisedNowhereIsToldToNobody() {
        execute(Raise.NONE);

        letAllThreadsPass();
        assertEquals(0, threads.uncaught().count(unchecked));
    }

    private void execute(Raise where) {
        target.raising(where).execute(() -> {
            throw unchecked;
        });
    }

    // the target goes on

    @Test
    void theCallsBehindOneThatRaisesStayQueuedAndRun() {
        Gate gate = holdTarget();
        Call<Object> raising = target.raising(Raise.RECEIVER).submit(failing(failure));
        List<Call<Integer>> behind =
                IntStream.range(0, 3).mapToObj(i -> target.submit(() -> i)).toList();

        gate.open();

        assertNull(raising.result());
        for (int i = 0; i < 3; i++) {
            assertEquals(i, behind.get(i).result());
        }
    }

    /** A consumer thread that ends this way is replaced. */
    @Test
    void aTargetHasAsManyThreadsAfterRaisesAsBefore() {
        for (int i = 0; i < 3 * atOnce(); i++) {
            assertNull(target.raising(Raise.RECEIVER).submit(failing(failure)).result());
        }

        holdTarget(); // fails if there are fewer
    }

    // calls in calls

    @Test
    void aCallOfTheTargetItselfRaisesInTheEnclosingReceive() throws Exception {
        var returned = new CompletableFuture<Object>();

        target.execute(() -> {
            try {
                returned.complete("returned " + callRaising(Raise.RECEIVER));
            } catch (Exception thrown) {
                returned.completeExceptionally(thrown);
            }
        });

        assertEquals("returned null", returned.get());
        assertRaisedInTheReceiver(1);
    }

    @Test
    void aCallThatComesBackInAChainRaisesInTheEnclosingReceive() throws Exception {
        leaveOneThread();
        CallTarget other = threads.owner("other");

        String returned = target.<String, Exception>call(
                () -> other.<String, Exception>call(() -> "returned " + callRaising(Raise.RECEIVER)));

        assertEquals("returned null", returned);
        threads.uncaught().await(failure);
        assertEquals(1, threads.uncaught().count(failure));
    }

    // what is no failure of the call

    @Test
    void aTimeoutReachesTheCallerWhereverItIsRaised() {
        holdTarget();

        for (Raise where : Raise.values()) {
            assertThrows(
                    CallTimeoutException.class,
                    () -> target.raising(where).within(Delays.SHORT).call(() -> 1));
        }
    }
}
