package dev.callqueue.soak;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Very many calls, most of them the cheapest there are, with some of all others among them; the heap must not grow. */
@SuppressWarnings("FutureReturnValueIgnored") // only the memory matters
final class ManyCalls implements Experiment {
    private static final int BATCH = 1_000;
    private static final long ALLOWED = 2_000_000;

    private long ran;

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        CallQueue own = trial.watch(CallQueue.create());
        CallQueue pool = Served.CONSUMERS.open(trial);
        CallQueue unserved = trial.watch(CallQueue.create());
        for (int i = 0; i < 300; i++) {
            batch(own, pool, unserved);
        }
        long before = Garbage.usedHeap();
        long calls = ran;
        List<Long> growth = new ArrayList<>();
        for (int part = 0; part < 10; part++) {
            trial.repeat(50, 10_000, round -> batch(own, pool, unserved));
            growth.add(Garbage.usedHeap() - before);
            trial.progress();
        }
        long least = growth.stream().mapToLong(Long::longValue).min().orElse(0);
        long most = growth.stream().mapToLong(Long::longValue).max().orElse(0);

        figures.say("%,d calls", ran - calls);
        figures.check(
                Math.max(most, -least) <= ALLOWED,
                "heap after collection %s to %s beside %s",
                signed(least),
                signed(most),
                Figures.megabytes(before));
    }

    private static String signed(long bytes) {
        return (bytes >= 0 ? "+" : "") + Figures.megabytes(bytes);
    }

    private void batch(CallQueue own, CallQueue pool, CallQueue unserved) {
        for (int i = 0; i < BATCH; i++) {
            own.execute(() -> ran++);
        }
        own.receive();
        pool.call(() -> pool.submit(() -> 1).result());
        pool.submit(() -> {
                    throw new IllegalStateException("one that fails");
                })
                .resultOrElse(null, Duration.ofMinutes(1));
        pool.within(Duration.ofMinutes(1)).callOrElse(0, () -> 1);
        pool.harvest(List.of(1, 2), input -> input).forEach(item -> item.result());
        Call<Integer> timed = unserved.within(Duration.ofHours(1)).submit(() -> 1);
        timed.withdraw();
        unserved.within(Duration.ofNanos(1)).callOrElse(0, () -> 1);
        CallQueue passing = CallQueue.create();
        passing.submit(() -> 1);
        passing.close();
    }
}
