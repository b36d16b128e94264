package dev.callqueue.testkit;

import static dev.callqueue.testkit.Delays.LONG;
import static dev.callqueue.testkit.Delays.SHORT;
import static dev.callqueue.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.callqueue.Call;
import dev.callqueue.CallTarget;
import dev.callqueue.CallTimeoutException;
import dev.callqueue.Raise;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Views: the same target with one option changed. */
public abstract class ViewContract extends Contract {
    /** For subclasses. */
    protected ViewContract() {}

    private List<CallTarget> views() {
        return List.of(target.within(LONG), target.raising(Raise.BOTH), target.pumping(() -> {}), target.named("view"));
    }

    @Test
    void aViewCallsTheSameTarget() {
        leaveOneThread();
        Thread thread = target.call(Thread::currentThread);

        views().forEach(view -> assertEquals(thread, view.call(Thread::currentThread)));
    }

    @Test
    void aThreadOfTheTargetIsOneOfEachView() {
        views().forEach(view -> assertTrue(target.call(view::isTargetThread)));
        views().forEach(view -> assertTrue(view.call(target::isTargetThread)));
    }

    /** A call through a view of one's own target is a call to oneself. */
    @Test
    void aCallThroughAViewOfOnesOwnTargetRunsAtOnce() {
        views().forEach(view ->
                assertTrue(target.call(() -> Thread.currentThread() == view.call(Thread::currentThread))));
    }

    @Test
    void aViewLeavesItsOriginalAsItWas() {
        holdTarget();
        CallTarget limited = target.within(SHORT);
        Call<Integer> without = target.submit(() -> 1);

        assertThrows(CallTimeoutException.class, () -> limited.call(() -> 1));

        assertEquals(Call.Phase.WAITING, without.phase());
    }

    @Test
    void optionsAddUp() {
        CallTarget view = target.raising(Raise.NONE).within(LONG).named("all of them");
        assertNull(view.submit(failing(new IOException())).result());

        holdTarget();

        String message = assertThrows(
                        CallTimeoutException.class, () -> view.within(SHORT).call(() -> 1))
                .toString();
        assertTrue(message.contains("all of them"), message);
    }

    @Test
    void aLaterOptionReplacesAnEarlierOne() {
        holdTarget();

        assertThrows(
                CallTimeoutException.class,
                () -> target.within(LONG.multipliedBy(10)).within(SHORT).call(() -> 1));
    }

    @Test
    void aTimeLimitHoldsForEachCallOnItsOwn() {
        CallTarget limited = target.within(LONG);
        limited.call(() -> {});
        CallTarget soon = target.within(SHORT);
        holdTarget();

        Stream.generate(() -> soon.submit(() -> 1)).limit(2).forEach(call -> {
            assertTrue(assertThrows(CallTimeoutException.class, call::result).withdrawn());
        });
    }

    @Test
    void theNameOfACallIsInTheReports() {
        Gate gate = threads.gate();
        target.named("the one at the gate").execute(gate::pass);
        gate.awaitArrival();
        leaveOneThread();
        target.named("the one behind").execute(() -> {});

        eventually(
                queue.report()::toString,
                () -> queue.report().running().stream()
                        .anyMatch(running -> running.call().contains("the one at the gate")));
        assertTrue(
                queue.report().line().stream().anyMatch(queued -> queued.call().contains("the one behind")));
    }
}
