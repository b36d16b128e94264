package dev.callqueue.soak;

import dev.callqueue.Call;
import dev.callqueue.CallDeadlockException;
import dev.callqueue.CallQueue;
import dev.callqueue.CallTimeoutException;
import dev.callqueue.Harvest;
import dev.callqueue.OwnerGoneException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;

/** An application that uses everything the library has, and leaves a part of it unclosed. For a class loader of its own. */
@SuppressWarnings("FutureReturnValueIgnored") // left behind on purpose
public final class Tenant {
    private Tenant() {}

    /** Uses everything. */
    public static void useEverything() throws Exception {
        consumersAndHarvest();
        timeLimits();
        deadlock();
        deadOwner();
        background();
        failure();
    }

    /** Uses somebody else's queue, and so starts its consumer. */
    public static void use(CallQueue queue) {
        queue.call(() -> {});
        queue.within(Duration.ofHours(1)).submit(() -> 1).result();
    }

    private static void consumersAndHarvest() {
        CallQueue forgotten = CallQueue.withConsumers(2);
        for (Harvest.Item<Integer, Integer> item : forgotten.harvest(List.of(1, 2, 3), input -> input)) {
            item.result();
        }
        try (CallQueue closed = CallQueue.withConsumers(1)) {
            closed.call(() -> {});
            closed.asExecutorService().submit(() -> 1);
        }
    }

    private static void timeLimits() {
        CallQueue unserved = CallQueue.create();
        Call<Integer> limited = unserved.within(Duration.ofMillis(1)).submit(() -> 1);
        unserved.within(Duration.ofHours(1)).submit(() -> 1);
        try {
            limited.result();
            throw new IllegalStateException("a call that nobody receives has a value");
        } catch (CallTimeoutException expected) {
            unserved.close();
        }
    }

    private static void deadlock() throws Exception {
        CallQueue left = CallQueue.withConsumers(1);
        CallQueue right = CallQueue.withConsumers(1);
        CyclicBarrier both = new CyclicBarrier(2);
        Call<Integer> one = left.submit(() -> {
            both.await();
            return right.call(() -> 1);
        });
        Call<Integer> other = right.submit(() -> {
            both.await();
            return left.call(() -> 1);
        });
        int told = 0;
        for (Call<Integer> each : List.of(one, other)) {
            try {
                each.result();
            } catch (CallDeadlockException expected) {
                told++;
            }
        }
        if (told == 0) {
            throw new IllegalStateException("a deadlock was not told");
        }
        left.closeNow();
        right.closeNow();
    }

    private static void deadOwner() throws Exception {
        Thread owner = new Thread(() -> {});
        CallQueue queue = CallQueue.builder().owner(owner).build();
        Call<Integer> call = queue.submit(() -> 1);
        owner.start();
        try {
            call.result();
            throw new IllegalStateException("a call that nobody receives has a value");
        } catch (OwnerGoneException expected) {
            owner.join();
        }
    }

    private static void background() {
        Call.inBackground(() -> 1).result();
    }

    private static void failure() {
        CallQueue queue = CallQueue.withConsumers(1);
        queue.submit(() -> {
            throw new IllegalStateException("nobody looks at this");
        });
        queue.close();
    }
}
