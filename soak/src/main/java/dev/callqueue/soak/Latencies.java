package dev.callqueue.soak;

import java.time.Duration;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long something took, time after time. Thread-safe. */
final class Latencies {
    private final Histogram nanos = new ConcurrentHistogram(3);

    private long longestNanos = -1; // guarded by this, like the next
    private String ofLongest = "";

    /** It took so long, and this is what it was. */
    void add(long tookNanos, String what) {
        add(tookNanos);
        synchronized (this) {
            if (tookNanos > longestNanos) {
                longestNanos = tookNanos;
                ofLongest = what;
            }
        }
    }

    /** What took longest, if that is known. */
    synchronized String ofLongest() {
        return ofLongest;
    }

    /** It took so long. */
    void add(long tookNanos) {
        nanos.recordValue(Math.max(0, tookNanos));
    }

    /** It took from then until now. */
    void addSince(long begunNanos) {
        add(System.nanoTime() - begunNanos);
    }

    /** Adds all of these to the others. */
    void addTo(Latencies others) {
        others.nanos.add(nanos);
    }

    long count() {
        return nanos.getTotalCount();
    }

    /** The time that so many percent did not exceed. */
    Duration percentile(double percent) {
        return Duration.ofNanos(nanos.getValueAtPercentile(percent));
    }

    Duration median() {
        return percentile(50);
    }

    Duration longest() {
        return Duration.ofNanos(nanos.getMaxValue());
    }
}
