package dev.callqueue.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.callqueue.Call;
import dev.callqueue.Harvest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The order in which calls begin, seen with the one thread that the tests leave the target. */
public abstract class OrderContract extends Contract {
    private final List<Integer> seen = Collections.synchronizedList(new ArrayList<>());

    /** For subclasses. */
    protected OrderContract() {}

    @BeforeEach
    void letOneThreadRunThemAll() {
        leaveOneThread();
    }

    private static List<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    @Test
    void theCallsOfOneThreadBeginInTheirOrder() {
        for (int i = 0; i < 300; i += 3) {
            int first = i;
            target.execute(() -> seen.add(first));
            Call<Boolean> second = target.submit(() -> seen.add(first + 1));
            target.call(() -> seen.add(first + 2));
            assertEquals(true, second.isDone());
        }

        assertEquals(upTo(300), seen);
    }

    @Test
    void theCallsOfEachOfManyThreadsBeginInTheirOrder() {
        var callers = IntStream.range(0, 4)
                .mapToObj(caller -> threads.start("caller", () -> {
                    List<Integer> mine = new ArrayList<>();
                    for (int i = 0; i < 200; i += 2) {
                        int number = i;
                        target.submit(() -> mine.add(number)).result();
                        target.call(() -> mine.add(number + 1));
                    }
                    return target.call(() -> List.copyOf(mine));
                }))
                .toList();

        callers.forEach(caller -> assertEquals(upTo(200), caller.result()));
    }

    /** One target with several views is one target. */
    @Test
    void theCallsThroughSeveralViewsBeginInTheirOrder() {
        Gate gate = threads.hold(target, 1);
        target.execute(() -> seen.add(0));
        target.named("view").execute(() -> seen.add(1));
        queue.execute(() -> seen.add(2));
        target.within(Delays.LONG).execute(() -> seen.add(3));
        Call<Integer> last = target.submit(() -> 4);

        gate.open();

        last.result();
        assertEquals(upTo(4), seen);
    }

    @Test
    void aWithdrawnCallLeavesTheOrderOfTheOthers() {
        Gate gate = threads.hold(target, 1);
        List<Call<Boolean>> calls = IntStream.of(0, 100, 1, 101, 2)
                .mapToObj(i -> target.submit(() -> seen.add(i)))
                .toList();

        calls.get(1).withdraw();
        calls.get(3).withdraw();
        gate.open();

        calls.get(4).result();
        assertEquals(upTo(3), seen);
    }

    // what a thread of the target does to itself

    @Test
    void aCallOfTheTargetItselfGoesBeforeWhatIsQueued() {
        target.call(() -> {
            target.execute(() -> seen.add(1));
            return target.call(() -> seen.add(0));
        });
        target.call(() -> {});

        assertEquals(upTo(2), seen);
    }

    @Test
    void aSubmitOfTheTargetItselfIsQueued() {
        List<Object> submitted = target.call(() -> {
            Call<Integer> call = target.submit(() -> 1);
            return List.of(call, call.phase());
        });

        assertEquals(Call.Phase.WAITING, submitted.get(1));
        assertEquals(1, ((Call<?>) submitted.get(0)).result());
    }

    @Test
    void anExecuteOfTheTargetItselfIsQueued() {
        target.call(() -> {
            target.execute(() -> seen.add(1));
            seen.add(0);
        });
        target.call(() -> {});

        assertEquals(upTo(2), seen);
    }

    // what comes back in a chain

    @Test
    void aChainCallRunsItsCallersEarlierCallsFirst() {
        var other = threads.owner("other");

        target.call(() -> other.call(() -> {
            target.execute(() -> seen.add(0));
            Call<Boolean> second = target.submit(() -> seen.add(1));
            target.call(() -> seen.add(2));
            return second.isDone();
        }));

        assertEquals(upTo(3), seen);
    }

    @Test
    void everyWaitInAChainRunsTheWaitersEarlierCallsFirst() {
        List<Consumer<Call<?>>> waits = List.of(
                Call::result,
                call -> call.result(Delays.LONG),
                Call::join,
                call -> assertDoesNotThrow(() -> call.get()),
                call -> assertDoesNotThrow(() -> call.get(Delays.LONG.toSeconds(), TimeUnit.SECONDS)));
        var other = threads.owner("other");
        for (Consumer<Call<?>> wait : waits) {
            seen.clear();

            target.call(() -> other.call(() -> {
                target.execute(() -> seen.add(0));
                wait.accept(target.submit(() -> seen.add(1)));
                seen.add(2);
            }));

            assertEquals(upTo(3), seen);
        }
    }

    @Test
    void aWaitForAnItemInAChainRunsTheWaitersEarlierCallsFirst() {
        var other = threads.owner("other");

        target.call(() -> other.call(() -> {
            var harvest = new Harvest<Integer, Boolean>(target);
            target.execute(() -> seen.add(0));
            Call<Boolean> harvested = harvest.submit(1, seen::add);
            assertSame(harvested, harvest.take().call());
            seen.add(2);
        }));

        assertEquals(upTo(3), seen);
    }

    @Test
    void callsOutsideTheChainWaitUntilTheWaitingIsOver() {
        var other = threads.owner("other");
        Gate inOther = threads.gate();
        Call<?> chain = target.submit(() -> {
            other.call(() -> {
                inOther.pass();
                target.call(() -> seen.add(0));
            });
            seen.add(1);
        });
        inOther.awaitArrival();
        Call<Boolean> outside = target.submit(() -> seen.add(2));

        inOther.open();

        chain.result();
        outside.result();
        assertEquals(upTo(3), seen);
    }
}
