package dev.callqueue.soak;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.Harvest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Chains of calls that come back to a thread which waits for them, and have to run there. */
final class ComingBack implements Experiment {
    private final Latencies took = new Latencies();
    private final Seen wrong = new Seen();

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        trial.repeat(5, 200, round -> {
            for (Served served : Served.values()) {
                toOneself(served, trial);
                thereAndBack(served, trial);
            }
            for (int length = 3; length <= 8; length++) {
                around(length, trial);
            }
            poolOnItself(1 + round % 4, trial);
        });

        figures.say("%,d came back", took.count());
        figures.within("and worked after at most", took, Duration.ofMillis(100));
        figures.none("did not", wrong);
    }

    private void toOneself(Served served, Trial trial) {
        CallQueue queue = served.open(trial);
        works(served + " calls itself", () -> queue.call(() -> queue.call(() -> queue.call(() -> 1))));
        works(
                served + " waits for itself",
                () -> queue.call(() -> queue.submit(() -> 1).result()));
        works(
                served + " harvests from itself",
                () -> queue.call(() -> sum(queue.harvest(List.of(0, 1, 0), input -> input))));
        queue.close();
    }

    private static int sum(Harvest<Integer, Integer> harvest) {
        int sum = 0;
        for (Harvest.Item<Integer, Integer> item : harvest) {
            sum += item.result();
        }
        return sum;
    }

    private void thereAndBack(Served served, Trial trial) {
        CallQueue there = served.open(trial);
        CallQueue back = Served.OWNER.open(trial);
        works(served + " and back", () -> back.call(() -> there.call(() -> back.call(() -> there.call(() -> 1)))));
        works(
                served + " and back in time",
                () -> back.within(Duration.ofMinutes(1))
                        .call(() -> there.call(
                                () -> back.within(Duration.ofMinutes(1)).call(() -> 1))));
        works(
                served + " and back by futures",
                () -> back.call(
                        () -> there.submit(() -> back.submit(() -> 1).join()).get()));
        works(
                served + " and back as executors",
                () -> back.call(() -> there.asExecutorService()
                        .submit(() -> back.asExecutorService().submit(() -> 1).get())
                        .get()));
        there.close();
        back.close();
    }

    private void around(int length, Trial trial) {
        List<CallQueue> ring = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            ring.add(Served.OWNER.open(trial));
        }
        works("twice around a ring of " + length, () -> around(ring, 2 * length));
        ring.forEach(CallQueue::close);
    }

    private static int around(List<CallQueue> ring, int steps) {
        return ring.get(steps % ring.size()).call(() -> steps == 0 ? 1 : around(ring, steps - 1));
    }

    private void poolOnItself(int consumers, Trial trial) {
        CallQueue pool = trial.watch(CallQueue.withConsumers(consumers));
        List<Call<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 2 * consumers; i++) {
            calls.add(pool.submit(
                    () -> pool.submit(() -> pool.submit(() -> 1).result()).result()));
        }
        for (Call<Integer> call : calls) {
            works("a pool of " + consumers + " waits for itself", call::result);
        }
        pool.close();
    }

    private void works(String what, Callable<Integer> call) {
        long begunNanos = System.nanoTime();
        try {
            wrong.unless(call.call() == 1, what);
            took.add(System.nanoTime() - begunNanos, what);
        } catch (Exception e) {
            wrong.add(what + ": " + e);
        }
    }
}
