package dev.callqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Calls that are run inside of a wait leave nothing behind in the line. */
class NestingTest {
    private static final int MANY = 20_000;

    @AutoClose
    private final Threads threads = new Threads();

    @Test
    void theCallsThatAThreadWaitsForInItsOwnQueueLeaveTheLine() {
        CallQueue queue = CallQueue.forCurrentThread();
        for (int i = 0; i < MANY; i++) {
            int number = i;
            assertEquals(number, queue.submit(() -> number).result());
        }

        assertEquals(0, queue.size());
        assertTrue(queue.core().head(1).isEmpty());
        assertEquals(0, queue.receive());
    }

    @Test
    void whoWaitsForACallRunsTheEarlierOnesFirst() {
        CallQueue queue = CallQueue.forCurrentThread();
        var order = new ArrayList<Integer>();
        var calls = new ArrayList<Call<?>>();
        queue.execute(() -> calls.get(2).result());
        for (int i = 0; i < 4; i++) {
            int number = i;
            calls.add(queue.submit(() -> order.add(number)));
        }

        assertEquals(1, queue.receive(1));
        assertEquals(List.of(0, 1, 2), order);
        assertEquals(1, queue.size());
        assertEquals(1, queue.receive());
        assertEquals(List.of(0, 1, 2, 3), order);
    }

    @Test
    void whoWaitsForACallLeavesTheEarlierOnesOfOthers() {
        CallQueue queue = CallQueue.forCurrentThread();
        var order = new ArrayList<String>();
        threads.start("other", () -> queue.execute(() -> order.add("of another")))
                .result();

        queue.submit(() -> order.add("waited for")).result();

        assertEquals(List.of("waited for"), order);
        assertEquals(1, queue.receive());
        assertEquals(List.of("waited for", "of another"), order);
    }

    @Test
    void laterCallsStayInTheLineWhenTheOneThatIsWaitedForIsWithdrawnMeanwhile() {
        CallQueue queue = CallQueue.forCurrentThread();
        var order = new ArrayList<String>();
        var calls = new ArrayList<Call<?>>();
        queue.execute(() -> {
            assertThrows(CancellationException.class, () -> calls.get(1).result());
            order.add("the waiting is over");
        });
        calls.add(queue.submit(() -> order.add("withdrawn: " + calls.get(1).withdraw())));
        calls.add(queue.submit(() -> order.add("never")));
        calls.add(queue.submit(() -> order.add("later")));

        assertEquals(2, queue.receive());
        assertEquals(List.of("withdrawn: true", "the waiting is over", "later"), order);
    }

    @Test
    void laterCallsStayInTheLineWhenAnotherThreadTakesUpTheOneThatIsWaitedFor() {
        CallQueue queue = threads.closing(CallQueue.create());
        Gate gate = threads.gate();
        var order = new CopyOnWriteArrayList<String>();
        var calls = new ArrayList<Call<?>>();
        queue.execute(() -> {
            calls.get(1).result();
            order.add("the waiting is over");
        });
        calls.add(queue.submit(() -> {
            threads.start("another", () -> queue.receive(1));
            gate.awaitArrival();
        }));
        calls.add(queue.submit(gate::pass));
        calls.add(queue.submit(() -> order.add("later")));
        var waiting = threads.start("waiting", () -> queue.receive()).awaitParked();

        gate.open();

        assertEquals(2, waiting.result());
        assertEquals(List.of("the waiting is over", "later"), order);
    }

    @Test
    void shutdownNowReturnsWhatWasExecutedItself() {
        CallQueue queue = CallQueue.create();
        Runnable task = () -> {};
        queue.execute(task);

        assertEquals(List.of(task), queue.asExecutorService().shutdownNow());
    }

    @Test
    void aCallThatIsNestedTooDeepKeepsNoPlaceInABoundedQueue() {
        CallQueue queue = CallQueue.builder()
                .owner(Thread.currentThread())
                .capacity(2)
                .maxDepth(1)
                .build();
        queue.execute(() -> {
            Call<Integer> tooDeep = queue.submit(() -> 1);
            assertEquals(CallDepthException.class, failureOf(tooDeep).getClass());
        });

        assertEquals(1, queue.receive());
        assertEquals(0, queue.size());
    }

    @Test
    void aCallThatIsNestedTooDeepRunsNowhere() {
        CallQueue queue =
                CallQueue.builder().owner(Thread.currentThread()).maxDepth(1).build();
        var tooDeep = new ArrayList<Call<Integer>>();
        queue.execute(() -> {
            tooDeep.add(queue.submit(() -> 1));
            failureOf(tooDeep.get(0));
        });

        queue.receive();

        assertFalse(tooDeep.get(0).isRunBy(Thread.currentThread()));
    }

    @Test
    void aListenerIsToldThatACallThatIsNestedTooDeepNeverRuns() {
        var told = new Told();
        CallQueue queue = CallQueue.builder()
                .owner(Thread.currentThread())
                .maxDepth(1)
                .listener(told)
                .build();
        var failures = new ArrayList<Throwable>();
        queue.execute(() -> failures.add(failureOf(queue.submit(() -> 1))));

        queue.receive();

        assertEquals(failures, told.unrun);
        assertEquals(Collections.singletonList(null), told.ended, "the outer call alone has run");
    }

    private static Throwable failureOf(Call<?> call) {
        try {
            call.result();
            throw new AssertionError("it has a value");
        } catch (CallException failure) {
            return failure;
        }
    }
}
