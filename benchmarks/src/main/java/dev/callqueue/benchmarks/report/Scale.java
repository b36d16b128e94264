package dev.callqueue.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a value lies on an axis.
 *
 * @param logarithmic whether equal factors have equal lengths
 * @param least the value at the beginning
 * @param most the value at the end
 * @param from the place of the beginning
 * @param to the place of the end
 */
record Scale(boolean logarithmic, double least, double most, double from, double to) {
    private static final int STEPS = 5;

    /** An axis of powers of ten around these values. */
    static Scale logarithmic(double least, double most, double from, double to) {
        double floor = Math.pow(10, Math.floor(Math.log10(least)));
        double ceiling = Math.pow(10, Math.ceil(Math.log10(most)));
        return new Scale(true, floor, Math.max(ceiling, 10 * floor), from, to);
    }

    /** An axis from zero to a round number above that value. */
    static Scale linear(double most, double from, double to) {
        double step = roundStep(most / STEPS);
        return new Scale(false, 0, step * Math.max(1, Math.ceil(most / step)), from, to);
    }

    /** The smallest of 1, 2, 5, 10 … that is not less. */
    private static double roundStep(double atLeast) {
        if (atLeast <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= atLeast * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /** A value in words, without digits that say nothing. */
    static String brief(String words) {
        return words.replaceFirst("[.]0+(?= |$)", "");
    }

    double at(double value) {
        double part = logarithmic ? Math.log(value / least) / Math.log(most / least) : (value - least) / (most - least);
        return from + part * (to - from);
    }

    /** The values to write at the axis. */
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (logarithmic) {
            for (double tick = least; tick <= most * (1 + 1e-9); tick *= 10) {
                ticks.add(tick);
            }
        } else {
            double step = roundStep(most / STEPS);
            for (int i = 0; i * step <= most * (1 + 1e-9); i++) {
                ticks.add(i * step);
            }
        }
        return ticks;
    }

    /** Those of these values that lie on the axis; without any, the values that the scale chooses. */
    List<Double> ticks(List<Double> wanted) {
        if (wanted.isEmpty()) {
            return ticks();
        }
        return wanted.stream()
                .filter(tick -> tick >= least * (1 - 1e-9) && tick <= most * (1 + 1e-9))
                .toList();
    }
}
