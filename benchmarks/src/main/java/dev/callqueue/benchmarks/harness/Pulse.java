package dev.callqueue.benchmarks.harness;

import dev.callqueue.benchmarks.contender.Peers;
import java.util.ArrayList;
import java.util.List;

/** Feels, beside everything that is measured, whether two threads of this machine still run at the same time. */
public final class Pulse implements AutoCloseable {
    private static final int BEATS_PER_BURST = 5;

    private final Lane lane;
    private final Throughput pingPong = new Throughput("pulse", Kind.CALL, 1);
    private final long nanos;
    private final List<Double> values = new ArrayList<>();

    /** Begins with a few unmeasured beats. */
    public Pulse(Settings settings) throws Exception {
        lane = Lane.open(Peers.VOLATILE);
        nanos = Math.max(1, settings.burstNanos() / BEATS_PER_BURST);
        lane.wake();
        pingPong.run(lane, settings.warmUpNanos() / BEATS_PER_BURST, Recorder.NONE);
        lane.sleep();
    }

    /** Several beats, where nothing is measured in rounds. */
    public void beat(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            beat();
        }
    }

    /** One beat. */
    public void beat() throws Exception {
        lane.wake();
        pingPong.run(lane, nanos, (quantity, value) -> values.add(value));
        lane.sleep();
    }

    /** The nanoseconds of a ping-pong, of each beat. */
    public double[] values() {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** What the beats say about the machine. */
    public Regime regime() {
        return Regime.of(Runtime.getRuntime().availableProcessors(), values());
    }

    @Override
    public void close() {
        pingPong.close();
        lane.close();
    }
}
