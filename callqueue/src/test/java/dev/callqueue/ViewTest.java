package dev.callqueue;

import static dev.callqueue.Delays.LONG;
import static dev.callqueue.Delays.SHORT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Views of a target: the same queue with one option changed. */
class ViewTest {
    @AutoClose
    private final Threads threads = new Threads();

    /** Nobody receives from it but the tests. */
    private final CallQueue queue = threads.closing(CallQueue.create());

    @Test
    void aViewCallsTheSameQueue() {
        queue.named("one").execute(() -> {});
        queue.within(LONG).execute(() -> {});
        queue.raising(Raise.NONE).execute(() -> {});
        queue.pumping(() -> {}).execute(() -> {});

        assertEquals(4, queue.receive());
    }

    @Test
    void aViewLeavesItsOriginalAsItWas() {
        queue.within(Duration.ZERO);
        queue.raising(Raise.NONE);
        var failure = new IOException("from the call");
        var caller = threads.start(
                        "caller",
                        () -> queue.call(() -> {
                            throw failure;
                        }))
                .awaitParked();

        queue.receive();

        assertSame(failure, caller.failure());
    }

    @Test
    void optionsAddUp() throws Exception {
        CallTarget both = queue.within(LONG).raising(Raise.NONE).named("both");
        var pumped = new AtomicInteger();

        assertNull(both.pumping(queue::receive).call(() -> {
            throw new IOException();
        }));
        CallTarget hasty = both.within(SHORT).pumping(pumped::incrementAndGet);
        do {
            assertThrows(CallTimeoutException.class, () -> hasty.call(() -> 1));
        } while (pumped.get() == 0);
    }

    @Test
    void aLaterOptionReplacesAnEarlierOne() {
        CallTarget view = queue.within(Duration.ZERO).within(LONG).pumping(() -> {
            throw new AssertionError("replaced");
        });

        assertEquals(1, view.pumping(queue::receive).call(() -> 1));
    }

    @Test
    void aPumpRunsOnTheWaitingThread() {
        Thread caller = Thread.currentThread();
        var elsewhere = new AtomicInteger();
        CallTarget pumping = queue.pumping(() -> {
            if (Thread.currentThread() != caller) {
                elsewhere.incrementAndGet();
            }
            queue.receive();
        });

        assertEquals(1, pumping.call(() -> 1));
        assertEquals(0, elsewhere.get());
    }

    @Test
    void theExceptionOfAPumpEndsTheWaitAndReachesTheCaller() {
        var failure = new IllegalStateException("from the pump");

        var seen = assertThrows(
                IllegalStateException.class,
                () -> queue.pumping(() -> {
                            throw failure;
                        })
                        .call(() -> 1));

        assertSame(failure, seen);
        assertEquals(0, queue.receive(), "nobody waits for the call any more");
    }

    @Test
    void aHarvestOfAViewHasItsOptions() {
        Harvest<Integer, Integer> harvest = queue.within(SHORT).harvest(List.of(1), n -> n);

        assertThrows(CallTimeoutException.class, harvest.take()::result);
    }

    @Test
    void theNameOfACallIsInTheReport() {
        Gate gate = threads.gate();
        CallQueue owned = threads.owner("owner");
        owned.named("load the page").execute(gate::pass);
        gate.awaitArrival();

        String report = owned.report().toString();

        assertTrue(report.contains("load the page"), report);
    }

    @Test
    void aViewKnowsItsTargetsThreads() {
        CallTarget view = queue.named("view");
        Call<Boolean> inside = view.submit(view::isTargetThread);

        assertFalse(view.isTargetThread());
        queue.receive();
        assertTrue(inside.result());
    }

    @Test
    void aClosedQueueRefusesTheCallsThatWouldRunAtOnce() {
        CallQueue owned = CallQueue.forCurrentThread();
        owned.close();

        assertThrows(QueueClosedException.class, () -> owned.call(() -> 1));
        assertEquals("alternative", owned.callOrElse("alternative", () -> "never"));
    }

    @Test
    void aRunningCallHasNoPlaceHoweverManyWait() {
        CallQueue owned = threads.owner("owner");
        Gate gate = threads.gate();
        Call<Void> running = owned.submit(gate::pass);
        gate.awaitArrival();
        for (int i = 0; i < 2_000; i++) {
            owned.execute(() -> {});
        }

        assertEquals(
                0,
                assertThrows(CallTimeoutException.class, () -> running.result(SHORT))
                        .place());
        gate.open();
    }

    @Test
    void theListenerIsToldWhyThoughThereIsAnAlternative() {
        var told = new Told();
        CallQueue heard = threads.closing(CallQueue.builder().listener(told).build());

        assertEquals(0, heard.within(SHORT).callOrElse(0, () -> 1));

        var timeout = assertInstanceOf(CallTimeoutException.class, told.unrun.get(0));
        assertNotNull(timeout.report());
        assertEquals(1, timeout.place());
    }

    @Test
    void aTimeoutSaysWhetherTheCallMayStillRun() {
        var waiting = assertThrows(
                CallTimeoutException.class, () -> queue.within(SHORT).call(() -> 1));
        assertTrue(waiting.withdrawn());
        assertEquals(1, waiting.place());

        Gate gate = threads.gate();
        threads.start("receiver", queue::receiveUntilClosed);
        CallTimeoutException running;
        do {
            running = assertThrows(CallTimeoutException.class, () -> {
                queue.within(SHORT).call(gate::pass);
            });
        } while (running.withdrawn());
        assertEquals(0, running.place());
    }
}
