package dev.callqueue.benchmarks.contender;

import dev.callqueue.CallQueue;
import dev.callqueue.CallTarget;
import dev.callqueue.Harvest;
import java.util.List;

/** callqueue: consumers, and {@code harvest}. */
final class CallQueueHarvester implements Harvester {
    private final CallQueue queue;

    CallQueueHarvester(int threads) {
        queue = CallQueue.withConsumers(threads);
    }

    @Override
    public long harvest(List<Integer> inputs, CallTarget.Fn<Integer, Integer> fn) {
        long sum = 0;
        for (Harvest.Item<Integer, Integer> item : queue.harvest(inputs, fn)) {
            sum += item.result();
        }
        return sum;
    }

    @Override
    public void close() {
        queue.close();
    }
}
