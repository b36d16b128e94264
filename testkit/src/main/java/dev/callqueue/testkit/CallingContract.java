package dev.callqueue.testkit;

import static java.util.stream.Collectors.summingInt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.callqueue.Call;
import dev.callqueue.CallTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where calls run, what comes back, and what both sides see of each other's memory. */
public abstract class CallingContract extends Contract {
    /** For subclasses. */
    protected CallingContract() {}

    // where calls run

    @Test
    void aCallRunsOnAThreadOfTheTarget() {
        assertNotEquals(Thread.currentThread(), target.call(Thread::currentThread));
    }

    @Test
    void aThreadOfTheTargetKnowsThatItIsOne() {
        assertTrue(target.call(target::isTargetThread));
    }

    @Test
    void anyOtherThreadKnowsThatItIsNone() {
        assertFalse(target.isTargetThread());
    }

    @Test
    void anExecutedRunnableRunsOnAThreadOfTheTarget() {
        Gate gate = threads.gate();

        target.execute(() -> {
            if (target.isTargetThread()) {
                gate.pass();
            }
        });

        gate.awaitArrival();
    }

    // what comes back

    @Test
    void aCallReturnsTheValueOfItsOp() {
        var value = new Object();

        assertSame(value, target.call(() -> value));
    }

    @Test
    void aSubmittedCallHasTheValueOfItsOp() {
        var value = new Object();

        assertSame(value, target.submit(() -> value).result());
    }

    @Test
    void aCallThatSucceedsNeedsNoAlternative() {
        assertEquals("value", target.callOrElse("alternative", () -> "value"));
    }

    @Test
    void nullIsAValueOfACall() {
        assertNull(target.call(() -> null));
    }

    @Test
    void nullIsAValueOfASubmittedCall() throws Exception {
        Call<Object> call = target.submit(() -> null);

        assertNull(call.result());
        assertNull(call.get());
        assertNull(call.join());
        assertEquals(Call.Phase.SUCCEEDED, call.phase());
    }

    @Test
    void nullIsAValueToWhichThereIsNoAlternative() {
        assertNull(target.callOrElse("alternative", () -> null));
    }

    @Test
    void aCallWithoutAValueHasRunWhenItReturns() {
        var list = new ArrayList<>(List.of(1, 2, 3));

        target.call(list::clear);

        assertEquals(List.of(), list);
    }

    @Test
    void theCompilerKnowsWhatACallThrows() throws IOException {
        CallTarget.Op<String, IOException> op = () -> "read";

        assertEquals("read", target.call(op)); // would not compile if it threw any Exception
        int size = target.call(List.of(1, 2)::size); // and this not if it threw a checked one
        assertEquals(2, size);
    }

    @Test
    void callableAndRunnableObjectsArePassedAsMethodReferences() throws Exception {
        Callable<Integer> callable = () -> 1;
        var runs = new AtomicInteger();
        Runnable runnable = runs::incrementAndGet;

        assertEquals(1, target.<Integer, Exception>call(callable::call));
        assertEquals(1, target.submit(callable).result());
        assertNull(target.submit(runnable::run).result());
        target.call(runnable::run);
        assertEquals(2, runs.get());
    }

    // who waits, and who does not

    @Test
    void aSubmitDoesNotWait() {
        holdTarget();

        assertFalse(target.submit(() -> 1).isDone());
    }

    @Test
    void anExecuteDoesNotWait() {
        holdTarget();

        target.execute(() -> {});

        assertEquals(1, queue.size());
    }

    @Test
    void manyThreadsCanCallAtTheSameTime() {
        var callers = IntStream.range(0, 8)
                .mapToObj(i -> threads.start(
                        "caller",
                        () -> IntStream.range(0, 100)
                                .map(j -> target.call(() -> 100 * i + j))
                                .sum()))
                .toList();

        assertEquals(800 * 799 / 2, callers.stream().collect(summingInt(Started::result)));
    }

    @Test
    void asManyCallsRunAtTheSameTimeAsTheTargetHasThreads() {
        holdTarget(); // fails if they do not
    }

    // how many wait

    @Test
    void theSizeIsTheNumberOfCallsThatHaveNotBegun() {
        Gate gate = holdTarget();
        assertEquals(0, queue.size());
        List<Call<Integer>> calls =
                IntStream.range(0, 3).mapToObj(i -> target.submit(() -> i)).toList();
        assertEquals(3, queue.size());

        gate.open();
        calls.forEach(Call::result);

        assertEquals(0, queue.size());
    }

    // memory

    @Test
    void whatWasDoneBeforeACallIsSeenInItAndTheOtherWayRound() {
        var cell = new int[1];
        for (int i = 0; i < 1_000; i += 2) {
            cell[0]++;
            assertEquals(i + 1, target.call(() -> cell[0]++));
            assertEquals(i + 2, cell[0]);
        }
    }

    @Test
    void whatACallDidIsSeenByWhoFindsItDone() {
        for (int i = 0; i < 100; i++) {
            var cell = new int[1];
            Call<Integer> call = target.submit(() -> cell[0] = 1);
            while (!call.isDone()) {
                Thread.onSpinWait();
            }
            assertEquals(1, cell[0]);
        }
    }

    @Test
    void whatACallDidIsSeenByItsStages() {
        for (int i = 0; i < 100; i++) {
            var cell = new int[1];
            Call<Integer> call = target.submit(() -> cell[0] = 1);

            assertEquals(1, call.thenApply(value -> cell[0]).join());
        }
    }
}
