package dev.callqueue.benchmarks.harness;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** A burst of single calls, each of them timed; records median and 99th percentile, and keeps a histogram of all. */
public final class Latency implements Burst {
    private static final int MOST_PER_BURST = 200_000;
    private static final int DIGITS = 3;

    private final String quantity;
    private final long pauseNanos;
    private final long[] nanos = new long[MOST_PER_BURST];
    private final Map<String, Histogram> histograms = new HashMap<>();

    /** Calls with so long a pause before each, in which the caller is busy. */
    public Latency(String quantity, long pauseNanos) {
        this.quantity = quantity;
        this.pauseNanos = pauseNanos;
    }

    @Override
    public void run(Lane lane, long burstNanos, Recorder recorder) throws Exception {
        TimedLoop loop = lane.loop(TimedCallLoop.class, TimedLoop.class);
        int count = loop.run(lane.contender(), lane.op(), nanos, pauseNanos, System.nanoTime() + burstNanos);
        lane.counted(count);
        if (recorder.isForWarmUp()) {
            return;
        }
        Histogram histogram = histograms.computeIfAbsent(lane.peer().id(), id -> new Histogram(DIGITS));
        for (int i = 0; i < count; i++) {
            histogram.recordValue(nanos[i]);
        }
        double[] sorted =
                Arrays.stream(nanos, 0, count).sorted().asDoubleStream().toArray();
        recorder.record(quantity + "-p50", Spread.quantile(sorted, 0.5));
        recorder.record(quantity + "-p99", Spread.quantile(sorted, 0.99));
    }

    /** All calls of that contender that were measured. */
    public Histogram histogram(String contender) {
        return histograms.getOrDefault(contender, new Histogram(DIGITS));
    }
}
