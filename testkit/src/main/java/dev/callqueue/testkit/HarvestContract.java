package dev.callqueue.testkit;

import static dev.callqueue.testkit.Delays.LONG;
import static dev.callqueue.testkit.Delays.SHORT;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.callqueue.Call;
import dev.callqueue.CallInterruptedException;
import dev.callqueue.CallTarget;
import dev.callqueue.Harvest;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many calls, submitted one by one and harvested in the order in which they end. */
public abstract class HarvestContract extends Contract {
    private Harvest<Integer, Integer> harvest;

    /** For subclasses. */
    protected HarvestContract() {}

    @BeforeEach
    void makeHarvest() {
        harvest = new Harvest<>(target);
    }

    private static CallTarget.Fn<Integer, Integer> passing(Gate gate) {
        return input -> {
            gate.pass();
            return input;
        };
    }

    /** Submits this and waits until it has ended. */
    private void ended(int input) {
        harvest.submit(input, it -> it * it).join();
    }

    // items

    @Test
    void anItemHasItsInputItsCallAndItsResult() {
        Call<Integer> call = harvest.submit(3, input -> input * input);

        var item = harvest.take();

        assertEquals(3, item.input());
        assertSame(call, item.call());
        assertEquals(9, item.result());
    }

    @Test
    void whatEndsFirstIsHarvestedFirst() {
        holdTarget();
        List<Call<Integer>> calls = IntStream.range(0, 5)
                .mapToObj(i -> harvest.submit(i, input -> input))
                .toList();
        List<Integer> order = List.of(3, 0, 4, 1, 2);

        order.forEach(i -> calls.get(i).complete(i));

        assertEquals(order, harvest.next().stream().map(Harvest.Item::input).toList());
    }

    @Test
    void anItemThrowsTheOpsOwnException() {
        var failure = new IOException("from the call");
        harvest.submit(1, input -> Contract.<Integer>failing(failure).call())
                .handle((value, thrown) -> 0)
                .join();

        var item = harvest.take();

        assertThrowsThis(failure, item::result);
    }

    @Test
    void aWithdrawnCallIsHarvestedToo() {
        holdTarget();
        harvest.submit(1, input -> input).withdraw();

        assertThrows(CancellationException.class, harvest.take()::result);
        assertTrue(harvest.isDone());
    }

    @Test
    void nullIsAnInputAndAValue() {
        var nulls = new Harvest<@Nullable String, @Nullable String>(target);
        nulls.submit(null, input -> input).join();

        var item = nulls.take();

        assertNull(item.input());
        assertNull(item.result());
    }

    @Test
    void whatWasRefusedDoesNotCount() {
        queue.close();

        assertThrows(RuntimeException.class, () -> harvest.submit(1, input -> input));

        assertEquals(0, harvest.submitted());
        assertTrue(harvest.isDone());
    }

    // next

    @Test
    void nextNeverWaits() {
        holdTarget();
        Call<Integer> call = harvest.submit(1, input -> input);

        assertEquals(List.of(), harvest.next());
        assertFalse(call.isDone());
    }

    @Test
    void nextTakesWhatEndedSinceTheLastLook() {
        ended(1);
        ended(2);
        assertEquals(
                List.of(1, 2), harvest.next().stream().map(Harvest.Item::input).toList());
        ended(3);

        assertEquals(
                List.of(3), harvest.next().stream().map(Harvest.Item::input).toList());
        assertEquals(List.of(), harvest.next());
    }

    @Test
    void nextWaitsForAFirstItemIfItIsToldTo() {
        Gate gate = threads.gate();
        Call<Integer> call = harvest.submit(1, passing(gate));
        assertEquals(List.of(), harvest.next(SHORT));
        var taker = threads.start("taker", () -> harvest.next(LONG)).awaitWaiting();

        gate.open();

        assertSame(call, taker.result().get(0).call());
    }

    // take and iterate

    @Test
    void takeWaitsForTheNextCallToEnd() {
        Gate gate = threads.gate();
        Call<Integer> call = harvest.submit(1, passing(gate));
        var taker = threads.start("taker", () -> harvest.take()).awaitWaiting();

        gate.open();

        assertSame(call, taker.result().call());
    }

    @Test
    void takeHasNothingMoreWhenEverythingIsHarvested() {
        ended(1);
        harvest.take();

        assertThrows(NoSuchElementException.class, harvest::take);
    }

    @Test
    void theIteratorEndsWhenEverythingSubmittedIsHarvested() {
        for (int i = 1; i <= 5; i++) {
            ended(i);
        }
        int sum = 0;
        for (var item : harvest) {
            sum += item.input();
        }

        assertEquals(15, sum);
        assertThrows(NoSuchElementException.class, harvest.iterator()::next);
    }

    @Test
    void severalThreadsCanTakeWithoutTakingTwice() {
        for (int i = 0; i < 90; i++) {
            ended(i);
        }
        var takers = IntStream.range(0, 3)
                .mapToObj(i -> threads.start("taker", this::sumOfAllTaken))
                .toList();

        assertEquals(90 * 89 / 2, takers.stream().mapToInt(Started::result).sum());
    }

    private int sumOfAllTaken() {
        int sum = 0;
        while (true) {
            try {
                sum += harvest.take().input();
            } catch (NoSuchElementException end) {
                return sum;
            }
        }
    }

    @Test
    void anInterruptEndsTheWaitForAnItem() {
        Gate gate = threads.gate();
        Call<Integer> call = harvest.submit(1, passing(gate));
        var taker = threads.start("taker", () -> {
                    assertThrows(CallInterruptedException.class, harvest::take);
                    return Thread.currentThread().isInterrupted();
                })
                .awaitWaiting();

        taker.thread().interrupt();

        assertTrue(taker.result());
        gate.open();
        assertSame(call, harvest.take().call());
    }

    @Test
    void closingTheQueueEndsTheWaitForAnItem() {
        holdTarget();
        Call<Integer> call = harvest.submit(1, input -> input);
        var taker = threads.start("taker", () -> harvest.take()).awaitWaiting();

        queue.closeNow();

        assertSame(call, taker.result().call());
    }

    // progress

    @Test
    void aHarvestOfNothingIsDone() {
        assertTrue(harvest.isDone());
        assertEquals(List.of(), harvest.next());
    }

    @Test
    void aHarvestIsDoneWhenEverythingHasEndedAndWasHarvested() {
        ended(1);
        assertFalse(harvest.isDone());

        harvest.take();

        assertTrue(harvest.isDone());
    }

    /** Or a loop until it is done would miss the last call. */
    @Test
    void aHarvestIsNotDoneWhileItsLastCallRuns() {
        Gate gate = threads.gate();
        Call<Integer> call = harvest.submit(1, passing(gate));
        gate.awaitArrival();

        assertEquals(List.of(), harvest.next());
        assertFalse(harvest.isDone());

        gate.open();
        call.result();
        assertFalse(harvest.isDone());
    }

    @Test
    void progressIsCounted() {
        ended(1);
        ended(2);
        harvest.take();

        assertEquals(2, harvest.submitted());
        assertEquals(1, harvest.harvested());
    }

    // close

    @Test
    void closingWithdrawsWhatHasNotBegunAndLeavesTheRest() {
        Gate gate = threads.gate();
        List<Call<Integer>> running = IntStream.range(0, atOnce())
                .mapToObj(i -> harvest.submit(i, passing(gate)))
                .toList();
        gate.awaitArrivals(atOnce());
        Call<Integer> waiting = harvest.submit(1, input -> input);

        harvest.close();

        assertEquals(Call.Phase.WITHDRAWN, waiting.phase());
        gate.open();
        for (int i = 0; i < atOnce(); i++) {
            assertEquals(i, running.get(i).result());
        }
    }

    @Test
    void whatIsSubmittedAfterTheCloseIsWithdrawn() {
        holdTarget();
        harvest.close();

        assertEquals(Call.Phase.WITHDRAWN, harvest.submit(1, input -> input).phase());
    }

    @Test
    void aClosedHarvestHandsOutAllThatWasSubmitted() {
        Gate gate = holdTarget();
        Call<Integer> last = IntStream.range(0, 3)
                .mapToObj(i -> harvest.submit(i, input -> input))
                .reduce((one, next) -> next)
                .orElseThrow();

        harvest.close();
        gate.open();

        last.handle((value, thrown) -> 0).orTimeout(LONG.toNanos(), NANOSECONDS).join();
        assertEquals(3, harvest.next().size());
        assertTrue(harvest.isDone());
    }
}
