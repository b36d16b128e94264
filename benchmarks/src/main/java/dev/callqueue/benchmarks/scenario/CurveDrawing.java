package dev.callqueue.benchmarks.scenario;

import dev.callqueue.benchmarks.harness.Curve;
import dev.callqueue.benchmarks.harness.Measurement;
import dev.callqueue.benchmarks.harness.Regime;
import dev.callqueue.benchmarks.harness.Unit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A curve that is drawn point by point. */
final class CurveDrawing {
    private final Map<String, SortedMap<Integer, Double>> lines = new LinkedHashMap<>();
    private Regime regime = Regime.QUIET;

    /** Adds the medians of a measurement. */
    void add(int at, Measurement measurement) {
        measurement.values().forEach((contender, values) -> {
            if (values.length > 0) {
                add(at, contender, measurement.spread(contender).median());
            }
        });
        saw(measurement.regime());
    }

    /** Adds one value. */
    void add(int at, String contender, double value) {
        lines.computeIfAbsent(contender, any -> new TreeMap<>()).put(at, value);
    }

    /** Part of it was measured on such a machine. */
    void saw(Regime seen) {
        regime = Regime.worse(regime, seen);
    }

    /** Leaves out a contender. */
    void remove(String contender) {
        lines.remove(contender);
    }

    /** The curve. */
    Curve curve(String scenario, String quantity, String title, String over, Unit unit) {
        return new Curve(scenario, quantity, title, over, unit, regime, lines);
    }
}
