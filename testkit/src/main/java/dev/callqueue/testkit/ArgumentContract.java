package dev.callqueue.testkit;

import static dev.callqueue.testkit.Delays.LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.callqueue.Call;
import dev.callqueue.CallTarget;
import dev.callqueue.Harvest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Arguments are checked before anything is changed. */
@SuppressWarnings("NullAway") // passes null on purpose
public abstract class ArgumentContract extends Contract {
    private static final Duration NEGATIVE = Duration.ofNanos(-1);

    /** For subclasses. */
    protected ArgumentContract() {}

    private static void assertRefused(Executable body) {
        assertThrows(NullPointerException.class, body);
    }

    // null

    @Test
    void anOpMustNotBeNull() {
        holdTarget();

        assertRefused(() -> target.call((CallTarget.Op<Integer, RuntimeException>) null));
        assertRefused(() -> target.call((CallTarget.VoidOp<RuntimeException>) null));
        assertRefused(() -> target.callOrElse("alternative", null));
        assertRefused(() -> target.submit((Callable<Integer>) null));
        assertRefused(() -> target.submit((CallTarget.VoidOp<RuntimeException>) null));
        assertRefused(() -> target.execute(null));
        assertEquals(0, queue.size());
    }

    @Test
    void anOpMustNotBeNullInACallOfTheTargetToItselfEither() {
        target.call(() -> {
            assertRefused(() -> target.call((CallTarget.Op<Integer, RuntimeException>) null));
            assertRefused(() -> target.callOrElse("alternative", null));
        });
    }

    @Test
    void inputsAndFunctionOfAHarvestMustNotBeNull() {
        List<Integer> read = new ArrayList<>();
        Iterable<Integer> inputs = () -> {
            read.add(1);
            return List.of(1).iterator();
        };

        assertRefused(() -> target.harvest((Iterable<Integer>) null, input -> input));
        assertRefused(() -> target.harvest(inputs, null));
        assertRefused(() -> new Harvest<Integer, Integer>(target).submit(1, null));
        assertEquals(List.of(), read);
    }

    @Test
    void anOptionMustNotBeNull() {
        assertRefused(() -> target.within(null));
        assertRefused(() -> target.raising(null));
        assertRefused(() -> target.pumping(null));
        assertRefused(() -> target.named(null));
    }

    @Test
    void theArgumentsOfACallMustNotBeNull() {
        Gate gate = holdTarget();
        Call<Integer> call = target.submit(() -> 1);

        assertRefused(() -> call.result(null));
        assertRefused(() -> call.result(LONG, null));
        assertRefused(() -> call.resultOrElse(1, null));
        assertRefused(() -> call.completeExceptionally(null));
        assertRefused(() -> call.completeAsync(null));
        assertEquals(Call.Phase.WAITING, call.phase());
        gate.open();
        assertEquals(1, call.result());
    }

    @Test
    void anAlternativeMayBeNull() {
        assertNull(target.callOrElse(null, failing(new IOException())));
        assertNull(target.submit(failing(new IOException())).resultOrElse(null, LONG));
    }

    @Test
    void argumentsAreCheckedBeforeTheDoor() {
        queue.close();

        assertRefused(() -> target.execute(null));
        assertRefused(() -> target.submit((Callable<Integer>) null));
    }

    // durations

    @Test
    void aDurationMustNotBeNegative() {
        Gate gate = holdTarget();
        Call<Integer> call = target.submit(() -> 1);

        assertThrows(IllegalArgumentException.class, () -> target.within(NEGATIVE));
        assertThrows(IllegalArgumentException.class, () -> target.within(Duration.ofSeconds(Long.MIN_VALUE)));
        assertThrows(IllegalArgumentException.class, () -> call.result(NEGATIVE));
        assertThrows(IllegalArgumentException.class, () -> call.result(NEGATIVE, () -> {}));
        assertThrows(IllegalArgumentException.class, () -> call.resultOrElse(2, NEGATIVE));
        assertThrows(IllegalArgumentException.class, () -> new Harvest<Integer, Integer>(target).next(NEGATIVE));
        assertFalse(call.isDone());
        gate.open();
        assertEquals(1, call.result());
    }

    @Test
    void aDurationOfZeroIsNoMistake() {
        Call<Integer> call = target.submit(() -> 1);
        call.result();

        assertEquals(1, call.result(Duration.ZERO));
    }

    @Test
    void aDurationBeyondAllTimeIsForEver() {
        Gate gate = holdTarget();
        Call<Integer> call = target.submit(() -> 1);
        var waiter = threads.start("waiter", () -> call.result(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)))
                .awaitWaiting();

        gate.open();

        assertEquals(1, waiter.result());
    }
}
