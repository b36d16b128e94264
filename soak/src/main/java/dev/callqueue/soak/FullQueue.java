package dev.callqueue.soak;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.QueueClosedException;
import dev.callqueue.QueueFullException;
import dev.callqueue.WhenFull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** More callers than places. */
@SuppressWarnings("FutureReturnValueIgnored") // what comes of it is counted
final class FullQueue implements Experiment {
    private static final int CAPACITY = 7;
    private static final int CALLERS = 6;

    private final Seen above = new Seen();
    private final Seen unusable = new Seen();
    private final Seen wrong = new Seen();
    private final Latencies woken = new Latencies();

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        for (WhenFull whenFull : WhenFull.values()) {
            for (Served served : Served.values()) {
                crowd(served, whenFull, trial);
            }
        }
        int freed = trial.repeat(2_000, 1_000_000, this::freeAPlace);
        trial.repeat(3, 200, round -> closeOnBlocked(trial));

        figures.none("times above capacity", above);
        figures.say("%,d places freed", freed);
        figures.none("not usable at once", unusable);
        figures.say("%,d blocked producers woken by close", woken.count());
        figures.within("after at most", woken.longest(), Duration.ofSeconds(1));
        figures.none("wrong outcomes", wrong);
    }

    private void crowd(Served served, WhenFull whenFull, Trial trial) throws Exception {
        CallQueue queue =
                served.open(trial, CallQueue.builder().capacity(CAPACITY).whenFull(whenFull));
        AtomicBoolean over = new AtomicBoolean();
        Started<?> looker = trial.start("looker", () -> {
            while (!over.get()) {
                int size = queue.size();
                above.unless(size >= 0 && size <= CAPACITY, served + ": " + size);
            }
        });
        Duration time = trial.effort().isLong() ? Duration.ofSeconds(10) : Duration.ofMillis(100);
        AtomicInteger ran = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        List<Started<Integer>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(trial.compute(
                    "caller",
                    () -> trial.repeatFor(time, round -> {
                        try {
                            if (round % 3 == 0) {
                                queue.call(ran::incrementAndGet);
                            } else {
                                queue.submit(ran::incrementAndGet);
                            }
                        } catch (QueueFullException full) {
                            refused.incrementAndGet();
                        }
                    })));
        }
        int made = 0;
        for (Started<Integer> caller : callers) {
            made += caller.result();
        }
        over.set(true);
        looker.result();
        queue.close();
        queue.asExecutorService().awaitTermination(Long.MAX_VALUE, TimeUnit.DAYS);
        wrong.unless(
                ran.get() + refused.get() == made && (whenFull == WhenFull.REFUSE || refused.get() == 0),
                served + ": " + ran + " ran and " + refused + " were refused of " + made);
    }

    private void freeAPlace(int number) {
        CallQueue queue = CallQueue.builder().capacity(2).build();
        Call<Integer> first = queue.submit(() -> 1);
        Call<Integer> second = queue.submit(() -> 2);
        (number % 2 == 0 ? first : second).withdraw();
        try {
            queue.execute(() -> {});
        } catch (QueueFullException e) {
            unusable.add(e);
        }
        try {
            queue.execute(() -> {});
            wrong.add("a third call in a queue for two");
        } catch (QueueFullException expected) {
            unusable.unless(queue.size() == 2 && queue.receive() == 2, "after it was refused");
        }
    }

    private void closeOnBlocked(Trial trial) throws Exception {
        int blocked = 50;
        CallQueue queue = trial.watch(
                CallQueue.builder().capacity(1).whenFull(WhenFull.WAIT).build());
        queue.submit(() -> 0);
        List<Started<Long>> callers = new ArrayList<>();
        for (int i = 0; i < blocked; i++) {
            callers.add(trial.compute("blocked", () -> {
                try {
                    queue.call(() -> 1);
                    wrong.add("a value, though nobody receives");
                } catch (QueueClosedException expected) {
                    return System.nanoTime();
                }
                return System.nanoTime();
            }));
        }
        for (Started<Long> caller : callers) {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(1))
                    .forever()
                    .until(() -> caller.thread().getState() == Thread.State.WAITING);
        }
        long closedNanos = System.nanoTime();
        queue.close();
        for (Started<Long> caller : callers) {
            woken.add(caller.result() - closedNanos);
        }
    }
}
