package dev.callqueue.testkit;

import static dev.callqueue.Call.Phase.FAILED;
import static dev.callqueue.Call.Phase.SUCCEEDED;
import static dev.callqueue.Call.Phase.WITHDRAWN;
import static dev.callqueue.testkit.Delays.SHORT;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.callqueue.Call;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A call that is completed by hand: while it waits, it never runs; while it runs, the given outcome stands. */
public abstract class CompletionByHandContract extends Contract {
    private final IOException failure = new IOException("by hand");
    private final AtomicBoolean ran = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private Gate gate;

    /** For subclasses. */
    protected CompletionByHandContract() {}

    @BeforeEach
    void makeGate() {
        gate = threads.gate();
    }

    private String op() {
        ran.set(true);
        gate.pass();
        ended.set(true);
        return "by the op";
    }

    /** A call that waits, behind those at the gate. */
    private Call<String> waiting() {
        for (int i = 0; i < atOnce(); i++) {
            target.execute(gate::pass);
        }
        gate.awaitArrivals(atOnce());
        return target.submit(this::op);
    }

    /** A call that runs, and stands at the gate. */
    private Call<String> running() {
        Call<String> call = target.submit(this::op);
        gate.awaitArrival();
        return call;
    }

    private void assertNeverRuns(Call<String> call) {
        assertEquals(WITHDRAWN, call.phase());
        assertEquals(0, queue.size());
        gate.open();
        letAllThreadsPass();
        assertFalse(ran.get());
        assertEquals(WITHDRAWN, call.phase());
    }

    /** Lets the op go on to its own end. */
    private void letOpEnd() {
        gate.open();
        letAllThreadsPass();
        assertTrue(ended.get());
    }

    // while it waits

    @Test
    void aWaitingCallThatIsGivenAValueNeverRuns() {
        Call<String> call = waiting();

        assertTrue(call.complete("by hand"));

        assertNeverRuns(call);
    }

    @Test
    void theValueGivenToAWaitingCallStands() throws Exception {
        Call<String> call = waiting();

        assertTrue(call.complete("by hand"));

        assertEquals("by hand", call.result());
        assertEquals("by hand", call.get());
        assertEquals("by hand", call.join());
    }

    @Test
    void aWaitingCallThatIsGivenAFailureNeverRuns() {
        Call<String> call = waiting();

        assertTrue(call.completeExceptionally(failure));

        assertNeverRuns(call);
        assertThrowsThis(failure, call::result);
    }

    @Test
    void aWaitingCallWhoseFutureTimesOutNeverRuns() {
        Call<String> call = waiting();

        assertSame(call, call.orTimeout(SHORT.toNanos(), NANOSECONDS));

        assertThrows(TimeoutException.class, call::result);
        assertNeverRuns(call);
    }

    @Test
    void aWaitingCallThatIsGivenAValueOnTimeoutNeverRuns() {
        Call<String> call = waiting();

        assertSame(call, call.completeOnTimeout("by the clock", SHORT.toNanos(), NANOSECONDS));

        assertEquals("by the clock", call.result());
        assertNeverRuns(call);
    }

    @Test
    void aWaitingCallThatAnotherThreadCompletesNeverRuns() {
        Call<String> call = waiting();

        assertSame(call, call.completeAsync(() -> "by another thread"));

        assertEquals("by another thread", call.result());
        assertNeverRuns(call);
    }

    @Test
    void aWaitingCallWhoseValueIsObtrudedNeverRuns() {
        Call<String> call = waiting();

        call.obtrudeValue("by hand");

        assertEquals("by hand", call.result());
        assertNeverRuns(call);
    }

    // while it runs

    @Test
    void theValueGivenToARunningCallStands() throws Exception {
        Call<String> call = running();

        assertTrue(call.complete("by hand"));
        letOpEnd();

        assertEquals("by hand", call.result());
        assertEquals("by hand", call.get());
        assertEquals("by hand", call.join());
        assertEquals(SUCCEEDED, call.phase());
    }

    @Test
    void theFailureGivenToARunningCallStands() {
        Call<String> call = running();

        assertTrue(call.completeExceptionally(failure));
        letOpEnd();

        assertThrowsThis(failure, call::result);
        assertSame(failure, assertThrows(ExecutionException.class, call::get).getCause());
        assertSame(failure, assertThrows(CompletionException.class, call::join).getCause());
        assertEquals(FAILED, call.phase());
    }

    @Test
    void theCancelOfARunningCallStands() {
        Call<String> call = running();

        assertTrue(call.cancel(false));
        letOpEnd();

        assertTrue(call.isCancelled());
        assertThrows(CancellationException.class, call::result);
        assertThrows(CancellationException.class, call::get);
        assertThrows(CancellationException.class, call::join);
    }

    @Test
    void aCancelledCallThatRanWasNotWithdrawn() {
        Call<String> call = running();

        call.cancel(false);
        assertNotEquals(WITHDRAWN, call.phase());
        letOpEnd();

        assertNotEquals(WITHDRAWN, call.phase());
    }

    @Test
    void whoWaitsForARunningCallGoesOnWhenItIsCompletedByHand() {
        Call<String> call = running();
        var waiter = threads.start("waiter", () -> call.result()).awaitWaiting();

        call.complete("by hand");

        assertEquals("by hand", waiter.result());
        assertFalse(ended.get());
    }

    @Test
    void whatARunningCallThrowsAfterItsCompletionGoesToTheUncaughtExceptionHandler() throws Exception {
        Call<String> call = target.submit(() -> {
            gate.pass();
            throw failure;
        });
        gate.awaitArrival();

        call.complete("by hand");
        gate.open();

        threads.uncaught().await(failure);
        assertEquals("by hand", call.result());
    }

    // after its end

    @Test
    void anEndedCallCannotBeCompletedByHand() {
        Call<String> call = target.submit(() -> "by the op");
        call.result();

        assertFalse(call.complete("by hand"));
        assertFalse(call.completeExceptionally(failure));
        assertFalse(call.cancel(false));

        assertEquals("by the op", call.result());
    }

    @Test
    void aWithdrawnCallCannotBeCompletedByHand() {
        Call<String> call = waiting();
        call.withdraw();

        assertFalse(call.complete("by hand"));

        assertTrue(call.isCancelled());
    }
}
