package dev.callqueue.benchmarks.harness;

import java.util.Arrays;

/**
 * The middle of many values and how far they lie apart.
 *
 * @param p10 a tenth of them is below
 * @param median half of them is below
 * @param p90 a tenth of them is above
 */
public record Spread(double p10, double median, double p90) {
    /** Of these values. */
    public static Spread of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Spread(quantile(sorted, 0.1), quantile(sorted, 0.5), quantile(sorted, 0.9));
    }

    /** A quantile of values that are sorted, interpolated between the two that are nearest. */
    static double quantile(double[] sorted, double q) {
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        double at = q * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
