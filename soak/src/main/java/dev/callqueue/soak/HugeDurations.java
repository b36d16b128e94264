package dev.callqueue.soak;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.CallTarget;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Time limits so large that the clock's value at their end is beyond the largest number, and such as are none. That the clock
 * itself wraps cannot be brought about.
 */
final class HugeDurations implements Experiment {
    private static final List<Duration> HUGE = List.of(
            Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
            Duration.ofDays(365L * 1_000_000),
            Duration.ofNanos(Long.MAX_VALUE),
            Duration.ofNanos(Long.MAX_VALUE - 1),
            Duration.ofNanos(Long.MAX_VALUE / 2 + 1));

    private final Seen early = new Seen();
    private final Seen late = new Seen();
    private int waits;

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        for (Duration huge : HUGE) {
            for (Served served : Served.values()) {
                waitForEnd(huge, served, trial);
            }
        }
        doNotWait();

        figures.say("%,d waits with limits from 146 years to the largest Duration", waits);
        figures.none("ended early", early);
        figures.none("waits of no time at all that waited", late);
    }

    /** Waits in all ways for something that comes a moment later. */
    private void waitForEnd(Duration huge, Served served, Trial trial) throws Exception {
        CallQueue queue = served.open(trial);
        CallTarget limited = queue.within(huge);
        Gate gate = new Gate();
        Call<Integer> gated = limited.submit(() -> {
            gate.pass();
            return 1;
        });
        CallQueue empty = trial.watch(CallQueue.create());
        List<Started<Integer>> waiting = List.of(
                trial.compute("call", () -> limited.call(() -> 1)),
                trial.compute("callOrElse", () -> limited.callOrElse(-1, () -> 1)),
                trial.compute("result", () -> gated.result(huge)),
                trial.compute("pump", () -> gated.result(huge, trial::progress)),
                trial.compute("resultOrElse", () -> gated.resultOrElse(-1, huge)),
                trial.compute("get", () -> gated.get(Long.MAX_VALUE, TimeUnit.DAYS)),
                trial.compute("receive", () -> empty.receive(huge)),
                trial.compute(
                        "harvest",
                        () -> limited.harvest(List.of(1), input -> input)
                                .next(huge)
                                .size()),
                trial.compute(
                        "awaitTermination",
                        () -> queue.asExecutorService().awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS)
                                ? 1
                                : 0));
        gate.awaitArrivals(1);
        gate.open();
        empty.submit(() -> 1).result();
        for (Started<Integer> each : waiting) {
            if (each.thread().getName().equals("awaitTermination")) {
                queue.close();
            }
            waits++;
            int result = each.result();
            early.unless(result == 1, each.thread().getName() + " with " + huge + ": " + result);
        }
    }

    /** No time at all means: do not wait. */
    private void doNotWait() throws Exception {
        CallQueue queue = CallQueue.create();
        Call<Integer> call = queue.submit(() -> 1);
        late.unless(call.resultOrElse(-1, Duration.ZERO) == -1, "resultOrElse");
        late.unless(queue.within(Duration.ZERO).callOrElse(-1, () -> 1) == -1, "callOrElse");
        late.unless(queue.receiveFor(Duration.ZERO) == 0, "receiveFor");
        late.unless(CallQueue.create().receive(Duration.ZERO) == 0, "receive");
        try {
            call.get(Long.MIN_VALUE, TimeUnit.DAYS);
            late.add("get");
        } catch (TimeoutException expected) {
            late.unless(queue.size() == 1, "the call is gone");
        }
    }
}
