package dev.callqueue.soak;

import dev.callqueue.CallQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Very many threads call one owner at once, several times each. */
final class Producers implements Experiment {
    private static final int CALLS = 5;

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        int producers = trial.times(1_000, 10_000);
        CallQueue queue = Served.OWNER.open(trial);
        Gate gate = new Gate();
        Latencies latencies = new Latencies();
        AtomicLong ran = new AtomicLong();
        List<Started<?>> started = new ArrayList<>();
        for (int i = 0; i < producers; i++) {
            started.add(trial.start("producer " + i, () -> {
                gate.pass();
                long begunNanos = System.nanoTime();
                for (int call = 0; call < CALLS; call++) {
                    queue.call(ran::incrementAndGet);
                    trial.progress();
                }
                latencies.addSince(begunNanos);
            }));
            trial.progress();
        }
        gate.awaitArrivals(producers);
        gate.open();
        for (Started<?> each : started) {
            each.result();
        }

        figures.say("%,d producers", producers);
        figures.same("calls done", (long) CALLS * producers, ran.get());
        figures.say("%d calls of one: median %s", CALLS, Figures.time(latencies.median()));
        figures.within(
                "slowest producer",
                latencies.longest(),
                atLeastAMilli(latencies.median()).multipliedBy(100));
    }

    /** Where the median is next to nothing, the slowest shows the operating system and not the queue. */
    private static Duration atLeastAMilli(Duration median) {
        Duration milli = Duration.ofMillis(1);
        return median.compareTo(milli) < 0 ? milli : median;
    }
}
