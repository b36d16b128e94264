package dev.callqueue.soak;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Sizes and reports are read while calls come, run and are withdrawn on all sides. */
final class SizeUnderRace implements Experiment {
    private static final int CALLERS = 3;

    private final Seen below = new Seen();
    private final Seen above = new Seen();
    private final Seen left = new Seen();
    private long looks;

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        for (Served served : Served.values()) {
            race(served, trial);
        }

        figures.say("%,d looks", looks);
        figures.none("below zero", below);
        figures.none("above what was submitted", above);
        figures.none("not zero in the end", left);
    }

    private void race(Served served, Trial trial) throws Exception {
        CallQueue queue = served.open(trial);
        AtomicLong submitted = new AtomicLong();
        AtomicBoolean over = new AtomicBoolean();
        Started<Long> looker = trial.compute("looker", () -> {
            long count = 0;
            for (; !over.get(); count++) {
                look(queue, submitted, count);
            }
            return count;
        });
        Duration time = trial.effort().isLong() ? Duration.ofSeconds(20) : Duration.ofMillis(200);
        List<Started<?>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(trial.start("caller", () -> trial.repeatFor(time, round -> submitSome(queue, submitted))));
        }
        for (Started<?> caller : callers) {
            caller.result();
        }
        over.set(true);
        looks += looker.result();
        queue.close();
        queue.asExecutorService().awaitTermination(Long.MAX_VALUE, TimeUnit.DAYS);
        left.unless(queue.size() == 0 && queue.report().waiting() == 0, served + ": " + queue.report());
    }

    private static void submitSome(CallQueue queue, AtomicLong submitted) {
        List<Call<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            submitted.incrementAndGet();
            calls.add(queue.submit(() -> 1));
        }
        for (int i = calls.size() - 1; i >= 0; i -= 2) {
            calls.get(i).withdraw();
        }
        calls.get(0).result();
    }

    private void look(CallQueue queue, AtomicLong submitted, long count) {
        int size = count % 100 == 0 ? queue.report().waiting() : queue.size();
        long most = submitted.get();
        below.unless(size >= 0, "size " + size);
        above.unless(size <= most, size + " of " + most);
    }
}
