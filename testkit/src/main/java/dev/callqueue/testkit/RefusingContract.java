package dev.callqueue.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.callqueue.Call;
import dev.callqueue.QueueFullException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A target that refuses calls when it is full. */
public abstract class RefusingContract extends BoundedContract {
    /** For subclasses. */
    protected RefusingContract() {}

    @Test
    void aFullQueueRefusesEveryCall() {
        fill();

        assertThrows(QueueFullException.class, () -> target.call(() -> 1));
        assertThrows(QueueFullException.class, () -> target.submit(() -> 1));
        assertThrows(QueueFullException.class, () -> target.execute(() -> {}));
        assertEquals(kind().capacity(), queue.size());
    }

    @Test
    void aRefusalIsARejectionAsAnExecutorSaysIt() {
        fill();

        assertInstanceOf(
                RejectedExecutionException.class,
                assertThrows(QueueFullException.class, () -> target.execute(() -> {})));
    }

    @Test
    void whatWasRefusedNeverRuns() {
        List<Call<Integer>> calls = fill();
        var ran = new AtomicBoolean();

        assertThrows(QueueFullException.class, () -> target.execute(() -> ran.set(true)));

        threads.gates().forEach(Gate::open);
        calls.forEach(Call::result);
        letAllThreadsPass();
        assertFalse(ran.get());
    }

    @Test
    void theAlternativeStandsForAFullQueue() {
        fill();

        assertEquals("alternative", target.callOrElse("alternative", () -> "never"));
    }

    @Test
    void aTimeLimitDoesNotMakeItWait() {
        fill();

        assertThrows(QueueFullException.class, () -> target.within(Delays.LONG).call(() -> 1));
    }
}
