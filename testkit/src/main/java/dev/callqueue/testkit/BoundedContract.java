package dev.callqueue.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.callqueue.Call;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every target with room for only so many calls, whatever it does when it is full. */
public abstract class BoundedContract extends Contract {
    /** For subclasses. */
    protected BoundedContract() {}

    /** Holds the target and fills the queue; returns the calls that wait. */
    List<Call<Integer>> fill() {
        holdTarget();
        return IntStream.range(0, kind().capacity())
                .mapToObj(i -> target.submit(() -> i))
                .toList();
    }

    @Test
    void thereIsRoomForExactlySoManyCalls() {
        fill();

        assertEquals(kind().capacity(), queue.size());
    }

    @Test
    void thePlaceOfAWithdrawnCallIsFreeAtOnce() {
        List<Call<Integer>> calls = fill();
        for (int i = 0; i < 3 * calls.size(); i++) {
            calls.get(i % calls.size()).withdraw();
            calls = replaced(calls, i % calls.size());
        }

        assertEquals(kind().capacity(), queue.size());
    }

    private List<Call<Integer>> replaced(List<Call<Integer>> calls, int index) {
        Call<Integer> another = target.submit(() -> index);
        return IntStream.range(0, calls.size())
                .mapToObj(i -> i == index ? another : calls.get(i))
                .toList();
    }

    @Test
    void thePlaceOfATimedOutCallIsFree() {
        List<Call<Integer>> calls = fill();
        calls.get(0).withdraw();
        Call<Integer> limited = target.within(Delays.SHORT).submit(() -> 1);
        limited.handle((value, thrown) -> 0).join();

        assertEquals(Call.Phase.WAITING, target.submit(() -> 1).phase());
    }

    /** A bounded queue whose owner posts to itself must never block. */
    @Test
    void aCallOfTheTargetToItselfNeedsNoPlace() {
        Gate gate = threads.gate();
        Call<Integer> own = target.submit(() -> {
            gate.pass();
            return target.call(() -> 1);
        });
        gate.awaitArrival();
        leaveOneThread();
        List<Call<Integer>> calls = IntStream.range(0, kind().capacity())
                .mapToObj(i -> target.submit(() -> i))
                .toList();

        gate.open();

        assertEquals(1, own.result());
        Stream.of(calls.get(0), calls.get(calls.size() - 1)).forEach(Call::result);
    }

    @Test
    void aCallThatComesBackInAChainNeedsNoPlace() {
        var other = threads.owner("other");
        Gate gate = threads.gate();
        Call<Integer> chain = target.submit(() -> other.call(() -> {
            gate.pass();
            return target.call(() -> 1);
        }));
        gate.awaitArrival();
        leaveOneThread();
        List<Call<Integer>> calls = IntStream.range(0, kind().capacity())
                .mapToObj(i -> target.submit(() -> i))
                .toList();

        gate.open();

        assertEquals(1, chain.result());
        calls.forEach(Call::result);
    }
}
