package dev.callqueue.testkit;

import static dev.callqueue.testkit.Delays.LONG;
import static dev.callqueue.testkit.Eventually.eventually;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.callqueue.Call;
import dev.callqueue.OwnerGoneException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** A target whose thread or loop ends although its queue is not closed. */
public abstract class GoneContract extends Contract {
    /** For subclasses. */
    protected GoneContract() {}

    /** Ends whoever serves the queue, as soon as he comes to it; need not wait. */
    protected abstract void endServer();

    private void gone() {
        endServer();
        eventually(() -> "gone: " + queue, this::isGone);
    }

    private boolean isGone() {
        try {
            target.submit(() -> 1).cancel(false);
            return false;
        } catch (OwnerGoneException gone) {
            return true;
        }
    }

    @Test
    void everyDoorSaysThatTheOwnerIsGone() {
        gone();

        assertThrows(OwnerGoneException.class, () -> target.call(() -> 1));
        assertThrows(OwnerGoneException.class, () -> target.submit(() -> 1));
        assertThrows(OwnerGoneException.class, () -> target.execute(() -> {}));
        assertThrows(OwnerGoneException.class, () -> target.harvest(List.of(1), input -> input));
    }

    @Test
    void itIsARejectionWithAReport() {
        gone();

        RejectedExecutionException rejected =
                assertThrows(RejectedExecutionException.class, () -> target.execute(() -> {}));

        assertEquals(
                queue.report().queue(),
                requireNonNull(((OwnerGoneException) rejected).report()).queue());
    }

    @Test
    void theAlternativeStandsForAGoneOwner() {
        gone();

        assertEquals("alternative", target.callOrElse("alternative", () -> "never"));
    }

    @Test
    void whoWaitsWhenTheOwnerEndsIsReleased() {
        Gate gate = holdTarget();
        endServer();
        var caller = threads.start("caller", () -> target.call(() -> 1));

        gate.open();

        assertEquals(OwnerGoneException.class, caller.failure().getClass());
    }

    @Test
    void whatWaitsWhenTheOwnerEndsFailsThoughNobodyWaits() {
        Gate gate = holdTarget();
        endServer();
        Call<Integer> call = target.submit(() -> 1);
        var told = call.handle((value, thrown) -> requireNonNull(thrown));

        gate.open();

        assertInstanceOf(
                OwnerGoneException.class,
                told.orTimeout(LONG.toNanos(), NANOSECONDS).join());
        assertEquals(Call.Phase.FAILED, call.phase());
        assertInstanceOf(
                OwnerGoneException.class,
                assertThrows(ExecutionException.class, call::get).getCause());
    }

    @Test
    void aGoneOwnerDoesNotKeepTheQueueFromBeingClosed() {
        gone();

        queue.close();

        assertThrows(RejectedExecutionException.class, () -> target.execute(() -> {}));
    }
}
