package dev.callqueue.benchmarks.report;

import dev.callqueue.benchmarks.contender.HarvestPeer;
import dev.callqueue.benchmarks.contender.Peer;
import dev.callqueue.benchmarks.contender.Peers;
import dev.callqueue.benchmarks.contender.Trait;
import dev.callqueue.benchmarks.harness.Curve;
import dev.callqueue.benchmarks.harness.Measurement;
import dev.callqueue.benchmarks.harness.Regime;
import dev.callqueue.benchmarks.harness.Unit;
import dev.callqueue.benchmarks.scenario.Findings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** The charts of a run. */
final class Charts {
    private static final int COLOURS = 8;

    /** What is drawn of the distribution of latencies: the calls that are slower than all but one of so many. */
    private static final double[] ONE_OF = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000};

    private static final List<Double> LATENCY_TICKS = List.of(1.0, 10.0, 100.0, 1000.0, 10_000.0);

    private final Findings findings;
    private final Map<String, String> charts = new LinkedHashMap<>();

    private Charts(Findings findings) {
        this.findings = findings;
    }

    /** All charts for which something was measured, by file name. */
    static Map<String, String> of(Findings findings) {
        Charts charts = new Charts(findings);
        charts.draw();
        return charts.charts;
    }

    private void draw() {
        findings.measurement("sync").ifPresent(found -> charts.put("round-trip.svg", roundTrips(found)));
        rates("async-1", "Calls with a future, one caller");
        rates("async-4", "Calls with a future, four callers");
        rates("execute-1", "Fire and forget, one caller");
        rates("execute-4", "Fire and forget, four callers");
        findings.measurement("latency-p50").ifPresent(found -> charts.put("latency.svg", latencies(found.regime())));
        for (Curve curve : findings.curves()) {
            if (!curve.lines().isEmpty()) {
                charts.put(curve.quantity() + ".svg", curve(curve));
            }
        }
    }

    private static String roundTrips(Measurement measurement) {
        BarChart chart = new BarChart(
                "Call another thread and get the answer",
                note("median round trip, logarithmic; shorter is better", measurement.regime()),
                true,
                Unit.TIME::show);
        for (String id : fastestFirst(measurement)) {
            chart.bar(nameOf(id), measurement.spread(id).median(), styleOf(id));
        }
        return chart.draw();
    }

    private void rates(String quantity, String title) {
        findings.measurement(quantity).ifPresent(found -> charts.put(quantity + ".svg", rates(found, title)));
    }

    private static String rates(Measurement measurement, String title) {
        BarChart chart = new BarChart(
                title,
                note("million calls per second, median; longer is better", measurement.regime()),
                false,
                Unit::number);
        for (String id : fastestFirst(measurement)) {
            if (!id.equals(Peers.VOLATILE.id())) {
                chart.bar(nameOf(id), 1e3 / measurement.spread(id).median(), styleOf(id));
            }
        }
        return chart.draw();
    }

    private static List<String> fastestFirst(Measurement measurement) {
        return measurement.values().keySet().stream()
                .sorted(Comparator.comparingDouble(id -> measurement.spread(id).median()))
                .toList();
    }

    private static String note(String words, Regime regime) {
        return regime == Regime.DISCARD ? words + " – does not count" : words;
    }

    private static String styleOf(String id) {
        if (id.startsWith("callqueue")) {
            return Svg.OWN;
        }
        return Peers.all().stream().anyMatch(peer -> peer.id().equals(id) && peer.is(Trait.LIMIT)) ? "limit" : "plain";
    }

    private String latencies(Regime regime) {
        LineChart chart = new LineChart(
                "How long a call takes",
                note("each call timed, one caller; lower is better", regime),
                new LineChart.Axis("calls that were faster", true, LATENCY_TICKS, Charts::percentile),
                new LineChart.Axis("time per call, logarithmic", true, List.of(), Unit.TIME::show));
        List<String> styles = styles(findings.latencies().keySet().stream().toList());
        int line = 0;
        for (Map.Entry<String, Histogram> each : findings.latencies().entrySet()) {
            Histogram histogram = each.getValue();
            double[] xs = Arrays.stream(ONE_OF)
                    .filter(oneOf -> oneOf <= histogram.getTotalCount())
                    .toArray();
            double[] ys = Arrays.stream(xs)
                    .map(oneOf -> Math.max(1, histogram.getValueAtPercentile(100 - 100 / oneOf)))
                    .toArray();
            if (xs.length > 0) {
                chart.line(nameOf(each.getKey()), styles.get(line), xs, ys);
            }
            line++;
        }
        return chart.draw();
    }

    /** 10 stands for the 90 % that are faster than one of ten. */
    private static String percentile(double oneOf) {
        return Scale.brief(String.format(Locale.ROOT, "%.2f", 100 - 100 / oneOf).replaceFirst("(?<=[.][0-9])0$", ""))
                + " %";
    }

    private static String curve(Curve curve) {
        Unit unit = curve.unit();
        boolean rate = unit == Unit.RATE;
        List<Double> points = curve.lines().values().stream()
                .flatMap(line -> line.keySet().stream())
                .distinct()
                .sorted()
                .map(Integer::doubleValue)
                .toList();
        LineChart chart = new LineChart(
                curve.title().substring(0, 1).toUpperCase(Locale.ROOT)
                        + curve.title().substring(1),
                note(rate ? "median; higher is better" : "median; lower is better", curve.regime()),
                new LineChart.Axis(curve.over(), true, points, Charts::count),
                new LineChart.Axis(
                        unit.title(),
                        unit == Unit.TIME,
                        List.of(),
                        rate || unit == Unit.TIMES ? Unit::number : unit::show));
        List<String> styles = styles(List.copyOf(curve.lines().keySet()));
        int index = 0;
        for (Map.Entry<String, SortedMap<Integer, Double>> line : curve.lines().entrySet()) {
            double[] xs = line.getValue().keySet().stream()
                    .mapToDouble(Integer::doubleValue)
                    .toArray();
            double[] ys = line.getValue().values().stream()
                    .mapToDouble(value -> rate ? 1e3 / value : value)
                    .toArray();
            chart.line(nameOf(line.getKey()), styles.get(index++), xs, ys);
        }
        return chart.draw();
    }

    /** A colour for each: always the same one for callqueue, whoever else is there. */
    private static List<String> styles(List<String> ids) {
        List<String> styles = new ArrayList<>();
        int other = 1;
        for (String id : ids) {
            if (id.equals(Peers.CALLQUEUE.id())) {
                styles.add(Svg.OWN);
            } else {
                styles.add("s" + other);
                other = other % (COLOURS - 1) + 1;
            }
        }
        return styles;
    }

    private static String count(double number) {
        if (number >= 1e6) {
            return Math.round(number / 1e6) + "M";
        }
        return number >= 1e4 ? Math.round(number / 1e3) + "k" : Long.toString(Math.round(number));
    }

    /** A contender's name for people. */
    static String nameOf(String id) {
        return Stream.concat(
                        Peers.all().stream()
                                .filter(peer -> peer.id().equals(id))
                                .map(Peer::title),
                        HarvestPeer.all().stream()
                                .filter(peer -> peer.id().equals(id))
                                .map(HarvestPeer::title))
                .findFirst()
                .orElse(id);
    }
}
