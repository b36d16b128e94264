package dev.callqueue.benchmarks.report;

import dev.callqueue.benchmarks.harness.Measurement;
import dev.callqueue.benchmarks.harness.Regime;
import dev.callqueue.benchmarks.harness.Spread;
import dev.callqueue.benchmarks.harness.Unit;
import java.util.List;

/**
 * What is to be reached in one quantity.
 *
 * @param quantity the quantity
 * @param subject whose figure is judged
 * @param bases whom it is compared with; of several, the one that is best in a round; none for a goal without comparison
 * @param sense how the limit is meant
 * @param limit the limit
 * @param where the only regime in which the figure counts
 */
public record Goal(String quantity, String subject, List<String> bases, Sense sense, double limit, Where where) {
    /** How a limit is meant. */
    enum Sense {
        /** At least so many times as fast. */
        FASTER,
        /** At most so many times the time. */
        TIMES,
        /** At most this value. */
        VALUE
    }

    /** Where a figure counts. */
    enum Where {
        /** On two CPUs that nobody else uses. */
        QUIET,
        /** On one CPU. */
        PACKED,
        /** Beside threads that compute. */
        BUSY,
        /** Everywhere: it is no time. */
        ANY;

        boolean counts(Regime regime) {
            return switch (this) {
                case QUIET -> regime == Regime.QUIET;
                case PACKED -> regime == Regime.PACKED;
                case BUSY -> regime == Regime.BUSY;
                case ANY -> true;
            };
        }
    }

    static Goal faster(String quantity, double limit, String... bases) {
        return new Goal(quantity, "callqueue", List.of(bases), Sense.FASTER, limit, Where.QUIET);
    }

    static Goal times(String quantity, String subject, double limit, String base) {
        return new Goal(quantity, subject, List.of(base), Sense.TIMES, limit, Where.QUIET);
    }

    static Goal value(String quantity, double limit) {
        return new Goal(quantity, "callqueue", List.of(), Sense.VALUE, limit, Where.QUIET);
    }

    Goal counting(Where other) {
        return new Goal(quantity, subject, bases, sense, limit, other);
    }

    /** What the measurement says about the figure of this goal. */
    Spread figure(Measurement measurement) {
        return switch (sense) {
            case FASTER -> measurement.faster(subject, bases);
            case TIMES -> measurement.times(subject, bases.get(0));
            case VALUE -> measurement.spread(subject);
        };
    }

    boolean isMetBy(double figure, Unit unit) {
        double rounded = unit == Unit.BYTES ? Math.rint(figure) : figure; // a byte is not divided
        return sense == Sense.FASTER ? rounded >= limit : rounded <= limit;
    }

    /** The limit in words. */
    String describe(Unit unit) {
        String base = String.join(" or ", bases);
        return switch (sense) {
            case FASTER -> "≥ " + plain(limit) + " × as fast as " + base;
            case TIMES -> "≤ " + plain(limit) + " × the time of " + base;
            case VALUE -> "≤ " + unit.show(limit);
        };
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    /** A figure in words. */
    String show(double figure, Unit unit) {
        return sense == Sense.VALUE ? unit.show(figure) : Unit.number(figure) + " ×";
    }
}
