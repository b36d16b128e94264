package dev.callqueue.benchmarks.report;

import dev.callqueue.benchmarks.harness.Measurement;
import dev.callqueue.benchmarks.harness.Spread;

/**
 * A goal, and what was measured for it.
 *
 * @param goal the goal
 * @param measurement what was measured
 * @param figure the figure that is judged
 */
public record Judgement(Goal goal, Measurement measurement, Spread figure) {
    /** Judges a goal by the median. */
    static Judgement of(Goal goal, Measurement measurement) {
        return new Judgement(goal, measurement, goal.figure(measurement));
    }

    /** Whether the figure was taken on a machine where it counts. */
    public boolean counts() {
        return goal.where().counts(measurement.regime());
    }

    /** Whether the goal is met. */
    public boolean isMet() {
        return goal.isMetBy(figure.median(), measurement.unit());
    }

    /** Whether nine of ten rounds at least were worse than the goal, so that no noise explains it. */
    public boolean isMissedByFar() {
        double best = goal.sense() == Goal.Sense.FASTER ? figure.p90() : figure.p10();
        return counts() && !goal.isMetBy(best, measurement.unit());
    }

    /** The verdict in words. */
    String verdict() {
        if (!counts()) {
            return "does not count";
        }
        return isMet() ? "met" : "**not met**";
    }

    /** The goal in words. */
    String wanted() {
        return goal.describe(measurement.unit());
    }

    /** What was measured, in words. */
    String measured() {
        String median = goal.show(figure.median(), measurement.unit());
        if (figure.p10() == figure.p90()) {
            return median;
        }
        return median + " (" + goal.show(figure.p10(), measurement.unit()) + " .. "
                + goal.show(figure.p90(), measurement.unit()) + ")";
    }

    @Override
    public String toString() {
        return goal.quantity() + ": " + wanted() + ": " + measured() + ", " + measurement.regime();
    }
}
