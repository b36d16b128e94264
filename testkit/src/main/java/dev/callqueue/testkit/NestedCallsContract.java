package dev.callqueue.testkit;

import static dev.callqueue.testkit.Delays.LONG;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.CallTarget;
import dev.callqueue.Harvest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Calls that make calls: where nested normal calls would work, these work too. */
public abstract class NestedCallsContract extends Contract {
    /** For subclasses. */
    protected NestedCallsContract() {}

    // to itself

    @Test
    void aCallOfTheTargetItselfRunsAtOnceLikeANormalCall() {
        assertTrue(target.call(() -> Thread.currentThread() == target.call(() -> target.call(Thread::currentThread))));
    }

    @Test
    void aCallOfTheTargetItselfNeedsNoTime() {
        assertEquals(1, target.call(() -> target.within(Duration.ZERO).call(() -> 1)));
    }

    @Test
    void aCallOfTheTargetItselfThrowsLikeANormalCall() {
        var failure = new IOException("from the inner call");

        assertThrowsThis(failure, () -> target.call(() -> target.call(failing(failure)::call)));
    }

    @Test
    void callsOfTheTargetToItselfCanBeNestedLikeNormalCalls() {
        assertEquals(500, depth(500));
    }

    private int depth(int levels) {
        return levels == 0 ? 0 : target.call(() -> 1 + depth(levels - 1));
    }

    @Test
    void theTargetCanWaitForItsOwnSubmitWithResult() {
        assertEquals(1, target.call(() -> target.submit(() -> 1).result()));
    }

    @Test
    void theTargetCanWaitForItsOwnSubmitWithALimitedResult() {
        assertEquals(1, target.call(() -> target.submit(() -> 1).result(LONG)));
    }

    @Test
    void theTargetCanWaitForItsOwnSubmitWithGet() throws Exception {
        assertEquals(
                1, target.<Integer, Exception>call(() -> target.submit(() -> 1).get()));
    }

    @Test
    void theTargetCanWaitForItsOwnSubmitWithALimitedGet() throws Exception {
        assertEquals(
                1, target.<Integer, Exception>call(() -> target.submit(() -> 1).get(LONG.toNanos(), NANOSECONDS)));
    }

    @Test
    void theTargetCanWaitForItsOwnSubmitWithJoin() {
        assertEquals(1, target.call(() -> target.submit(() -> 1).join()));
    }

    @Test
    void theTargetCanHarvestItself() {
        assertEquals(55, target.call(() -> sum(target.harvest(List.of(1, 2, 3, 4, 5), input -> input * input))));
    }

    private static int sum(Harvest<Integer, Integer> harvest) {
        int sum = 0;
        for (var item : harvest) {
            sum += item.result();
        }
        return sum;
    }

    /** A pool that waits for its own calls is not used up by that. */
    @Test
    void aTargetWhoseThreadsAllWaitForItGoesOn() {
        List<Call<Integer>> calls = IntStream.range(0, 2 * atOnce())
                .mapToObj(i -> target.submit(() -> fibonacci(6)))
                .toList();

        calls.forEach(call -> assertEquals(8, call.result()));
    }

    private int fibonacci(int n) {
        if (n < 2) {
            return n;
        }
        Call<Integer> one = target.submit(() -> fibonacci(n - 1));
        return fibonacci(n - 2) + one.result();
    }

    // there and back

    @Test
    void aChainThatComesBackRunsInTheThreadThatWaits() {
        leaveOneThread();
        CallQueue other = threads.owner("other");

        assertTrue(target.call(() -> Thread.currentThread() == other.call(() -> target.call(Thread::currentThread))));
    }

    @Test
    void aChainComesBackToAThreadThatWaitsInResult() throws Exception {
        assertComesBack(Call::result);
    }

    @Test
    void aChainComesBackToAThreadThatWaitsInALimitedResult() throws Exception {
        assertComesBack(call -> call.result(LONG));
    }

    @Test
    void aChainComesBackToAThreadThatWaitsInGet() throws Exception {
        assertComesBack(Call::get);
    }

    @Test
    void aChainComesBackToAThreadThatWaitsInALimitedGet() throws Exception {
        assertComesBack(call -> call.get(LONG.toNanos(), NANOSECONDS));
    }

    @Test
    void aChainComesBackToAThreadThatWaitsInJoin() throws Exception {
        assertComesBack(Call::join);
    }

    /** How a thread waits. */
    private interface Wait {
        int await(Call<Integer> call) throws Exception;
    }

    private void assertComesBack(Wait wait) throws Exception {
        leaveOneThread();
        CallQueue other = threads.owner("other");
        Callable<Integer> thereAndBack = () -> wait.await(other.submit(() -> wait.await(target.submit(() -> 1))));

        assertEquals(1, target.<Integer, Exception>call(thereAndBack::call));
    }

    @Test
    void aChainComesBackToAThreadThatWaitsInAHarvest() {
        leaveOneThread();
        CallQueue other = threads.owner("other");

        assertEquals(6, target.call(() -> sum(other.harvest(List.of(1, 2, 3), input -> target.call(() -> input)))));
    }

    @Test
    void aChainComesBackOverSeveralThreads() {
        leaveOneThread();
        CallQueue one = threads.owner("one");
        CallQueue two = threads.owner("two");

        assertEquals(1, target.call(() -> one.call(() -> two.call(() -> target.call(() -> one.call(() -> 1))))));
    }

    @Test
    void aChainComesBackThroughAThreadWithoutAQueue() {
        leaveOneThread();

        assertEquals(
                1,
                target.call(() -> Call.inBackground(() -> target.call(() -> 1)).result()));
    }

    @Test
    void aCallOfAChainThatWasGivenUpRunsLikeAnyOther() throws Exception {
        leaveOneThread();
        CallQueue other = threads.owner("other");
        Gate gate = threads.gate();
        var late = new CompletableFuture<String>();

        target.call(() -> giveUpRunning(other, () -> {
            gate.pass();
            late.complete(target.call(() -> "of the chain"));
        }));
        gate.open();

        assertEquals("of the chain", late.get(LONG.toNanos(), NANOSECONDS));
    }

    @Test
    void anExceptionComesBackThroughAChain() {
        leaveOneThread();
        CallTarget other = threads.owner("other");
        var failure = new IOException("at the end of the chain");

        assertThrowsThis(failure, () -> target.call(() -> other.call(() -> target.call(failing(failure)::call))));
    }
}
