package dev.callqueue.testkit;

import static dev.callqueue.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A queue to which nobody refers any more, of a target whose threads do not refer to it either: consumers, or a loop. */
public abstract class AbandonedContract extends Contract {
    /** For subclasses. */
    protected AbandonedContract() {}

    private record Abandoned(WeakReference<CallQueue> queue, List<Call<Integer>> calls) {
        void awaitCollected() {
            eventually(() -> "collected: " + queue.get(), () -> {
                System.gc();
                return queue.refersTo(null);
            });
        }
    }

    /** Opens another queue, makes calls behind the gate, and forgets the queue. */
    private Abandoned abandoned(Gate gate) {
        CallQueue forgotten = kind().opening().apply(threads);
        for (int i = 0; i < atOnce(); i++) {
            forgotten.execute(gate::pass);
        }
        gate.awaitArrivals(atOnce());
        List<Call<Integer>> calls =
                IntStream.range(0, 5).mapToObj(i -> forgotten.submit(() -> i)).toList();
        return new Abandoned(new WeakReference<>(forgotten), calls);
    }

    @Test
    void theCallsOfAnAbandonedQueueAreRun() {
        Gate gate = threads.gate();
        Abandoned abandoned = abandoned(gate);
        abandoned.awaitCollected();

        gate.open();

        for (int i = 0; i < 5; i++) {
            assertEquals(i, abandoned.calls.get(i).result());
        }
    }

    /** That no thread is left is seen after every test. */
    @Test
    void theThreadsOfAnAbandonedQueueEnd() {
        Gate gate = threads.gate();
        Abandoned abandoned = abandoned(gate);
        gate.open();
        abandoned.calls.forEach(Call::result);

        abandoned.awaitCollected();
    }
}
