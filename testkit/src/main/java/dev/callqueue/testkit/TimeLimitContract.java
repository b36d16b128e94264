package dev.callqueue.testkit;

import static dev.callqueue.testkit.Delays.LONG;
import static dev.callqueue.testkit.Delays.SHORT;
import static dev.callqueue.testkit.Eventually.eventually;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.callqueue.Call;
import dev.callqueue.CallReport;
import dev.callqueue.CallTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What the end of a time limit means for the call, and what it does not. */
public abstract class TimeLimitContract extends Contract {
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    private final AtomicBoolean ran = new AtomicBoolean();

    /** For subclasses. */
    protected TimeLimitContract() {}

    private void assertNeverRuns(Gate gate) {
        assertEquals(0, queue.size());
        gate.open();
        letAllThreadsPass();
        assertFalse(ran.get());
    }

    // the limit of a call

    @Test
    void aCallThatEndsInTimeKnowsNothingOfTheLimit() {
        assertEquals(1, target.within(LONG).call(() -> 1));
        assertEquals(1, target.within(LONG).submit(() -> 1).result());
        assertEquals(1, target.within(LONG).callOrElse(2, () -> 1));
    }

    @Test
    void aCallThatCannotBeginInTimeNeverRuns() {
        Gate gate = holdTarget();

        var timeout = assertThrows(
                CallTimeoutException.class, () -> target.within(SHORT).call(() -> ran.set(true)));

        assertTrue(timeout.withdrawn());
        assertNeverRuns(gate);
    }

    @Test
    void aCallThatDoesNotEndInTimeGoesOn() {
        Gate gate = threads.gate();

        giveUpRunning(target, () -> {
            gate.pass();
            ran.set(true);
        });

        gate.awaitArrival();
        gate.open();
        letAllThreadsPass();
        assertTrue(ran.get());
    }

    @Test
    void theAlternativeStandsForATimeout() {
        Gate gate = holdTarget();

        assertEquals("alternative", target.within(SHORT).callOrElse("alternative", () -> {
            ran.set(true);
            return "late";
        }));

        assertNeverRuns(gate);
    }

    @Test
    void aLimitOfZeroDoesNotWait() {
        holdTarget();

        assertThrows(
                CallTimeoutException.class, () -> target.within(Duration.ZERO).call(() -> 1));
    }

    @Test
    void aLimitBeyondAllTimeIsNone() {
        assertEquals(1, target.within(FOR_EVER).call(() -> 1));
        assertEquals(1, target.within(FOR_EVER).submit(() -> 1).result(FOR_EVER));
    }

    @Test
    void aTimeoutTellsWhatTheTargetDoes() {
        Gate gate = threads.gate();
        target.named("the one that runs").execute(gate::pass);
        gate.awaitArrival();
        leaveOneThread(); // and that one stands at the gate

        var timeout = assertThrows(
                CallTimeoutException.class,
                () -> target.within(SHORT).named("the one that waits").call(() -> 1));

        String message = timeout.toString();
        assertTrue(message.contains("the one that waits"), message);
        CallReport report = requireNonNull(timeout.report());
        assertTrue(
                report.running().stream().anyMatch(each -> each.call().contains("the one that runs")),
                report::toString);
        assertEquals(1, timeout.place(), "it would have been the next");
    }

    // the limit of a submitted call

    @Test
    void aSubmittedCallThatHasNotBegunInTimeNeverRuns() {
        Gate gate = holdTarget();
        Call<?> call = target.within(SHORT).submit(() -> ran.set(true));

        assertTrue(assertThrows(CallTimeoutException.class, call::result).withdrawn());

        assertEquals(Call.Phase.WITHDRAWN, call.phase());
        assertNeverRuns(gate);
    }

    @Test
    void aSubmittedCallWithALimitOfZeroDoesNotWaitEither() {
        holdTarget();

        assertThrows(CallTimeoutException.class, target.within(Duration.ZERO).submit(() -> 1)::result);
    }

    @Test
    void aSubmittedCallThatHasNotBegunInTimeEndsThoughNobodyWaits() {
        holdTarget();
        CompletableFuture<Throwable> told =
                target.within(SHORT).submit(() -> 1).handle((value, thrown) -> requireNonNull(thrown));

        assertInstanceOf(
                CallTimeoutException.class,
                told.orTimeout(LONG.toNanos(), NANOSECONDS).join());
    }

    @Test
    void whatWasExecutedAndHasNotBegunInTimeNeverRuns() {
        Gate gate = holdTarget();

        target.within(SHORT).execute(() -> ran.set(true));

        awaitWaiting(0);
        assertNeverRuns(gate);
    }

    @Test
    void aSubmittedCallThatHasBegunInTimeMayTakeLonger() {
        Gate gate = threads.gate();
        Duration limit = SHORT;
        Call<Integer> begun = submitted(limit, gate);
        while (begun.phase() == Call.Phase.WITHDRAWN) { // the machine is busy
            limit = limit.multipliedBy(2);
            begun = submitted(limit, gate);
        }

        long since = System.nanoTime();
        long nanos = limit.toNanos();
        eventually(() -> "the limit is over", () -> System.nanoTime() - since > nanos);
        gate.open();

        assertEquals(1, begun.result());
    }

    /** A call that has begun, or was withdrawn because it could not in time. */
    private Call<Integer> submitted(Duration limit, Gate gate) {
        Call<Integer> call = target.within(limit).submit(passing(gate, 1));
        eventually(() -> "begun or withdrawn: " + call, () -> call.phase() != Call.Phase.WAITING);
        return call;
    }

    // looking

    @Test
    void aLookThatTimesOutLeavesTheCallAlone() {
        Gate gate = holdTarget();
        Call<Integer> call = target.submit(() -> 1);

        assertFalse(assertThrows(CallTimeoutException.class, () -> call.result(SHORT))
                .withdrawn());
        assertThrows(CallTimeoutException.class, () -> call.result(Duration.ZERO));
        assertThrows(TimeoutException.class, () -> call.get(SHORT.toNanos(), NANOSECONDS));
        assertThrows(TimeoutException.class, () -> call.get(-1, NANOSECONDS));
        assertEquals(-1, call.resultOrElse(-1, SHORT));

        assertEquals(Call.Phase.WAITING, call.phase());
        gate.open();
        assertEquals(1, call.result());
    }

    @Test
    void theAlternativeOfALookStandsForAnException() {
        assertEquals(-1, target.<Integer>submit(failing(new IOException())).resultOrElse(-1, LONG));
    }

    @Test
    void theAlternativeOfALookStandsForAWithdrawnCall() {
        holdTarget();
        Call<Integer> call = target.submit(() -> 1);
        call.withdraw();

        assertEquals(-1, call.resultOrElse(-1, LONG));
    }

    @Test
    void thereIsNoAlternativeOfALookToAnError() {
        var failure = new AssertionError("from the call");
        Call<Integer> call = target.submit(failing(failure));

        assertThrowsThis(failure, () -> call.resultOrElse(-1, LONG));
    }
}
