package dev.callqueue.soak;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.CallTimeoutException;
import java.time.Duration;

/** Nobody receives, and all who call give up, in every way: their calls must leave nothing behind. */
final class ManyWithdrawn implements Experiment {
    private static final long ALLOWED = 1_500_000;

    /** What a call holds on to, so that one that is not let go shows at once. */
    private static final int BALLAST = 1_000;

    private final Seen left = new Seen();

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        CallQueue queue = trial.watch(CallQueue.create());
        CallQueue narrow = trial.watch(CallQueue.builder().capacity(1).build());
        giveUp(0, queue, narrow);
        trial.repeat(20_000, 20_000, round -> giveUp(round, queue, narrow));
        long before = Garbage.usedHeap();
        int calls = trial.repeat(300_000, 10_000_000, round -> giveUp(round, queue, narrow));
        long held = Garbage.usedHeap() - before;
        left.unless(queue.size() + narrow.size() == 0, queue.size() + " and " + narrow.size() + " in the line");

        figures.say("%,d withdrawn, cancelled or timed out", calls);
        figures.none("places not free at once", left);
        figures.check(held <= ALLOWED, "%s held", Figures.megabytes(Math.max(0, held)));
    }

    private void giveUp(int number, CallQueue queue, CallQueue narrow) {
        byte[] ballast = new byte[BALLAST];
        CallQueue target = number % 2 == 0 ? queue : narrow;
        if (number % 1_000 == 0) {
            try {
                target.within(Duration.ofNanos(1)).call(() -> ballast.length);
                left.add("a value, though nobody receives");
            } catch (CallTimeoutException expected) {
                left.unless(expected.withdrawn(), "not withdrawn");
            }
        } else {
            Call<Integer> call =
                    (number % 100 == 0 ? target.within(Duration.ofDays(1)) : target).submit(() -> ballast.length);
            if (number % 3 == 0) {
                call.cancel(false);
            } else {
                call.withdraw();
            }
        }
        left.unless(target.size() == 0, target.size() + " in the line");
    }
}
