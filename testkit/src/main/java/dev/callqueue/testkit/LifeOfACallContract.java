package dev.callqueue.testkit;

import static dev.callqueue.Call.Phase.RUNNING;
import static dev.callqueue.Call.Phase.SUCCEEDED;
import static dev.callqueue.Call.Phase.WAITING;
import static dev.callqueue.Call.Phase.WITHDRAWN;
import static dev.callqueue.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.callqueue.Call;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every accepted call ends, in exactly one way; it is withdrawn or it runs, never both. */
public abstract class LifeOfACallContract extends Contract {
    private final AtomicBoolean ran = new AtomicBoolean();

    /** For subclasses. */
    protected LifeOfACallContract() {}

    // phases

    @Test
    void aCallThatHasNotBegunWaits() {
        holdTarget();

        assertEquals(WAITING, target.submit(() -> 1).phase());
    }

    @Test
    void aCallThatHasBegunRuns() {
        Gate gate = threads.gate();
        Call<?> call = target.submit(gate::pass);
        gate.awaitArrival();

        assertEquals(RUNNING, call.phase());
        assertFalse(call.isDone());
    }

    @Test
    void aCallSeesItselfRun() throws Exception {
        var itself = new CompletableFuture<Call<?>>();
        Call<Call.Phase> call = target.submit(() -> itself.join().phase());
        itself.complete(call);

        assertEquals(RUNNING, call.get());
    }

    @Test
    void aCallThatReturnedHasSucceeded() {
        Call<Integer> call = target.submit(() -> 1);

        call.result();

        assertEquals(SUCCEEDED, call.phase());
        assertTrue(call.isDone());
        assertFalse(call.isCompletedExceptionally());
    }

    // withdrawing

    @Test
    void aWithdrawnCallNeverRuns() {
        Gate gate = holdTarget();
        Call<?> call = target.submit(() -> ran.set(true));

        assertTrue(call.withdraw());

        assertEquals(WITHDRAWN, call.phase());
        gate.open();
        letAllThreadsPass();
        assertFalse(ran.get());
    }

    @Test
    void aWithdrawnCallHasEndedAsCancelled() {
        holdTarget();
        Call<?> call = target.submit(() -> 1);

        call.withdraw();

        assertTrue(call.isDone());
        assertTrue(call.isCancelled());
        assertThrows(CancellationException.class, call::result);
        assertThrows(CancellationException.class, call::get);
        assertThrows(CancellationException.class, call::join);
    }

    @Test
    void withdrawingReleasesWhoWaitsForTheCall() {
        holdTarget();
        Call<?> call = target.submit(() -> 1);
        var waiter = threads.start("waiter", () -> call.result()).awaitWaiting();

        call.withdraw();

        assertEquals(CancellationException.class, waiter.failure().getClass());
    }

    @Test
    void withdrawingAgainSaysTheSame() {
        holdTarget();
        Call<?> call = target.submit(() -> 1);

        assertTrue(call.withdraw());
        assertTrue(call.withdraw());
    }

    @Test
    void aCallCanBeWithdrawnFromAmongOthers() {
        Gate gate = holdTarget();
        List<Call<Integer>> calls =
                IntStream.range(0, 5).mapToObj(i -> target.submit(() -> i)).toList();

        for (int i : new int[] {2, 0, 4}) {
            calls.get(i).withdraw();
        }

        assertEquals(2, queue.size());
        gate.open();
        assertEquals(1, calls.get(1).result());
        assertEquals(3, calls.get(3).result());
    }

    @Test
    void theMemoryOfAWithdrawnCallIsFreeAtOnce() {
        holdTarget();
        var held = new ArrayList<WeakReference<?>>();
        Call<Integer> call = submitHoldingAnArray(held);

        call.withdraw();

        awaitCollected(held.get(0));
        assertEquals(WITHDRAWN, call.phase());
    }

    @Test
    void aCallThatHasRunHoldsNothingButItsOutcome() {
        var held = new ArrayList<WeakReference<?>>();
        Call<Integer> call = submitHoldingAnArray(held);

        assertEquals(1_000, call.result());

        awaitCollected(held.get(0));
        assertEquals(1_000, call.result());
    }

    private Call<Integer> submitHoldingAnArray(List<WeakReference<?>> held) {
        var array = new byte[1_000];
        held.add(new WeakReference<>(array));
        return target.submit(() -> array.length);
    }

    private static void awaitCollected(WeakReference<?> reference) {
        eventually(() -> "collected: " + reference.get(), () -> {
            System.gc();
            return reference.refersTo(null);
        });
    }

    @Test
    void aRunningCallCannotBeWithdrawn() {
        Gate gate = threads.gate();
        Call<Integer> call = target.submit(passing(gate, 1));
        gate.awaitArrival();

        assertFalse(call.withdraw());

        assertEquals(RUNNING, call.phase());
        gate.open();
        assertEquals(1, call.result());
    }

    @Test
    void anEndedCallCannotBeWithdrawn() {
        Call<Integer> call = target.submit(() -> 1);
        call.result();

        assertFalse(call.withdraw());

        assertEquals(SUCCEEDED, call.phase());
        assertEquals(1, call.result());
    }

    @Test
    void aCancelledCallThatHasNotBegunIsWithdrawn() {
        holdTarget();
        for (boolean interrupt : new boolean[] {false, true}) {
            Call<?> call = target.submit(() -> 1);

            assertTrue(call.cancel(interrupt));

            assertEquals(WITHDRAWN, call.phase());
            assertTrue(call.isCancelled());
            assertEquals(0, queue.size());
        }
    }

    @Test
    void aCallIsWithdrawnOrItRunsButNeverBoth() {
        for (int i = 0; i < 300; i++) {
            var runs = new AtomicInteger();
            Call<Integer> call = target.submit(runs::incrementAndGet);

            boolean withdrawn = call.withdraw();

            eventually(() -> "ended: " + call, call::isDone);
            assertEquals(withdrawn ? WITHDRAWN : SUCCEEDED, call.phase());
            assertEquals(withdrawn ? 0 : 1, runs.get());
        }
    }

    // the account

    @Test
    void everyAcceptedCallSucceedsFailsOrIsWithdrawn() {
        var runs = new AtomicInteger();
        List<Call<?>> calls = storm(runs);

        Map<Call.Phase, Integer> count = new EnumMap<>(Call.Phase.class);
        calls.forEach(call -> {
            call.handle((value, failure) -> 0).join();
            count.merge(call.phase(), 1, Integer::sum);
        });

        int succeeded = count.getOrDefault(SUCCEEDED, 0);
        int failed = count.getOrDefault(Call.Phase.FAILED, 0);
        int withdrawn = count.getOrDefault(WITHDRAWN, 0);
        assertEquals(calls.size(), succeeded + failed + withdrawn);
        assertEquals(runs.get(), succeeded + failed, "those that ran");
        assertNotEquals(0, succeeded);
    }

    /** Calls of several threads that succeed, fail, and are withdrawn, cancelled and timed out as chance will have it. */
    private List<Call<?>> storm(AtomicInteger runs) {
        var callers = IntStream.range(0, 3)
                .mapToObj(caller -> threads.start("caller", () -> {
                    List<Call<?>> calls = new ArrayList<>();
                    for (int i = 0; i < 200; i++) {
                        var from = i % 7 == 6 ? target.within(Delays.SHORT) : target;
                        boolean fails = i % 5 == 0;
                        Call<Integer> call = from.submit(() -> {
                            int run = runs.incrementAndGet();
                            if (fails) {
                                throw new IllegalStateException("one of those that fail");
                            }
                            return run;
                        });
                        calls.add(call);
                        if (i % 3 == 0) {
                            call.withdraw();
                        }
                        if (i % 15 == 14) { // a target may have room for only so many
                            call.exceptionally(failure -> 0).join();
                        }
                    }
                    return calls;
                }))
                .toList();
        return callers.stream()
                .<Call<?>>flatMap(caller -> caller.result().stream())
                .toList();
    }
}
