package dev.callqueue.testkit;

import static dev.callqueue.testkit.Delays.LONG;
import static dev.callqueue.testkit.Delays.SHORT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.CallTarget;
import dev.callqueue.CallTimeoutException;
import dev.callqueue.QueueClosedException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a thread does while it waits for a call. */
public abstract class PumpingContract extends Contract {
    private final AtomicInteger pumped = new AtomicInteger();

    /** For subclasses. */
    protected PumpingContract() {}

    /** Opens the gate when it has run three times. */
    private Runnable opening(Gate gate) {
        return () -> {
            if (pumped.incrementAndGet() == 3) {
                gate.open();
            }
        };
    }

    @Test
    void aPumpRunsAgainAndAgainUntilTheCallHasEnded() {
        Gate gate = threads.gate();

        target.pumping(opening(gate)).call(gate::pass); // would not end otherwise

        assertFalse(pumped.get() < 3);
    }

    @Test
    void aPumpRunsWhileASubmittedCallIsAwaited() {
        Gate gate = threads.gate();

        assertEquals(1, target.submit(passing(gate, 1)).result(LONG, opening(gate)));
    }

    @Test
    void aPumpRunsWhileACallWithAnAlternativeIsAwaited() {
        Gate gate = threads.gate();

        assertEquals(1, target.pumping(opening(gate)).callOrElse(2, passing(gate, 1)));
    }

    @Test
    void aPumpRunsInTheThreadThatWaits() {
        Gate gate = threads.gate();
        var where = new AtomicReference<Thread>();

        target.pumping(() -> {
                    where.set(Thread.currentThread());
                    gate.open();
                })
                .call(gate::pass);

        assertSame(Thread.currentThread(), where.get());
    }

    /** So a waiting thread can go on serving its own queue. */
    @Test
    void aPumpCanServeTheQueueOfTheWaitingThread() {
        CallQueue mine = threads.closing(CallQueue.forCurrentThread());
        Call<Integer> fromElsewhere =
                threads.start("elsewhere", () -> mine.submit(() -> 1)).result();

        int value = target.pumping(mine::receive).call(() -> fromElsewhere.result());

        assertEquals(1, value);
    }

    @Test
    void whatAPumpThrowsEndsTheWait() {
        holdTarget();
        var failure = new IllegalStateException("from the pump");

        assertThrowsThis(failure, () -> pumpingFails(failure).call(() -> 1));

        assertEquals(0, queue.size(), "the call was withdrawn");
    }

    /** It is none of the reasons for which the alternative is taken, though it be of the same type. */
    @Test
    void whatAPumpThrowsIsThrownThoughThereIsAnAlternative() {
        holdTarget();
        QueueClosedException failure = refusalOfAnother();
        CallTarget pumping = pumpingFails(failure);

        assertThrowsThis(failure, () -> pumping.callOrElse(2, () -> 1));
        assertThrowsThis(failure, () -> target.submit(() -> 1).result(LONG, () -> pumping.call(() -> 1)));
    }

    @Test
    void aPumpDoesNotProlongTheTimeLimit() {
        holdTarget();

        assertThrows(
                CallTimeoutException.class,
                () -> target.pumping(pumped::incrementAndGet).within(SHORT).call(() -> 1));
        assertThrows(CallTimeoutException.class, () -> target.submit(() -> 1).result(SHORT, pumped::incrementAndGet));
    }
}
