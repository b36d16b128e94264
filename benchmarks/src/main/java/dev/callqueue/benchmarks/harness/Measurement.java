package dev.callqueue.benchmarks.harness;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one quantity.
 *
 * @param scenario the scenario that gives it, as it is called on the command line
 * @param quantity what it is; the scenario, or one of several that it gives
 * @param unit what the values count
 * @param regime what kind of machine it was measured on
 * @param values for each contender one value per round
 */
public record Measurement(String scenario, String quantity, Unit unit, Regime regime, Map<String, double[]> values)
        implements Serializable {
    /** The same, in another regime. */
    public Measurement in(Regime other) {
        return new Measurement(scenario, quantity, unit, other, values);
    }

    /** The spread of one contender's values. */
    public Spread spread(String contender) {
        return Spread.of(of(contender));
    }

    /** Whether the contender took part. */
    public boolean has(String contender) {
        return values.containsKey(contender);
    }

    /** How many times as much time as the base the subject takes, round by round. */
    public Spread times(String subject, String base) {
        return Spread.of(ratios(of(subject), of(base)));
    }

    /** How many times as fast as the base the subject is, round by round; of several bases, the one that is best then. */
    public Spread faster(String subject, List<String> bases) {
        return Spread.of(ratios(best(bases), of(subject)));
    }

    private double[] best(List<String> contenders) {
        double @Nullable [] best = null;
        for (String contender : contenders) {
            double[] next = of(contender);
            best = best == null ? next.clone() : least(best, next);
        }
        if (best == null) {
            throw new IllegalArgumentException("no base to compare with");
        }
        return best;
    }

    private static double[] least(double[] one, double[] other) {
        double[] least = new double[Math.min(one.length, other.length)];
        for (int i = 0; i < least.length; i++) {
            least[i] = Math.min(one[i], other[i]);
        }
        return least;
    }

    private static double[] ratios(double[] above, double[] below) {
        double[] ratios = new double[Math.min(above.length, below.length)];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = above[i] / below[i];
        }
        return ratios;
    }

    private double[] of(String contender) {
        double[] found = values.get(contender);
        if (found == null) {
            throw new IllegalArgumentException(contender + " took no part in " + quantity);
        }
        return found;
    }
}
