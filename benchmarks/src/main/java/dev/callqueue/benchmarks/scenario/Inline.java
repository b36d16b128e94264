package dev.callqueue.benchmarks.scenario;

import dev.callqueue.CallQueue;
import dev.callqueue.benchmarks.contender.Op;
import dev.callqueue.benchmarks.harness.Measurement;
import dev.callqueue.benchmarks.harness.Pulse;
import dev.callqueue.benchmarks.harness.Settings;
import dev.callqueue.benchmarks.harness.Unit;
import java.util.Map;

/** How long a call takes from the queue's own thread, where it runs at once. */
final class Inline implements Scenario {
    private static final int BATCH = 4096;

    @Override
    public String id() {
        return "inline";
    }

    @Override
    public String title() {
        return "a call from the queue's own thread";
    }

    @Override
    public void run(Settings settings, Findings findings) throws Exception {
        Op op = new Op();
        double[] nanos = new double[settings.rounds()];
        try (CallQueue queue = CallQueue.forCurrentThread();
                Pulse pulse = new Pulse(settings)) {
            burst(queue, op, settings.warmUpNanos());
            for (int round = 0; round < nanos.length; round++) {
                pulse.beat();
                nanos[round] = burst(queue, op, settings.burstNanos());
            }
            findings.add(new Measurement(id(), id(), Unit.TIME, pulse.regime(), Map.of("callqueue", nanos)));
        }
    }

    private static double burst(CallQueue queue, Op op, long nanos) {
        long calls = 0;
        long begun = System.nanoTime();
        long now;
        do {
            for (int i = 0; i < BATCH; i++) {
                queue.call(op);
            }
            calls += BATCH;
            now = System.nanoTime();
        } while (now - begun < nanos);
        return (double) (now - begun) / calls;
    }
}
