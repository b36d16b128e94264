package dev.callqueue.benchmarks.report;

import dev.callqueue.benchmarks.contender.Peers;
import dev.callqueue.benchmarks.harness.Curve;
import dev.callqueue.benchmarks.harness.Measurement;
import dev.callqueue.benchmarks.harness.Settings;
import dev.callqueue.benchmarks.harness.Spread;
import dev.callqueue.benchmarks.harness.Unit;
import dev.callqueue.benchmarks.scenario.Findings;
import dev.callqueue.benchmarks.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a run has found, as a page in Markdown with charts beside it. */
public final class ResultsPage {
    private final Findings findings;
    private final List<Scenario> scenarios;
    private final Settings settings;
    private final String command;
    private final Map<String, String> charts;
    private final StringBuilder page = new StringBuilder();

    /** A page on these findings of these scenarios, and the command that gives it. */
    public ResultsPage(Findings findings, List<Scenario> scenarios, Settings settings, String command) {
        this.findings = findings;
        this.scenarios = scenarios;
        this.settings = settings;
        this.command = command;
        this.charts = Charts.of(findings);
    }

    /** Writes {@code results.md} and the charts into a folder. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, String> chart : charts.entrySet()) {
            Files.writeString(folder.resolve(chart.getKey()), chart.getValue());
        }
        Files.writeString(folder.resolve("results.md"), text());
    }

    /** The page. */
    public String text() {
        page.setLength(0);
        line("# Speed, measured");
        line("");
        line("Written by `" + command + "`; what the words mean is told in [README](README.md).");
        line("");
        line("| | |");
        line("|---|---|");
        line("| JDK | " + System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version") + " |");
        line("| machine | " + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " CPUs |");
        line("| rounds | " + settings.rounds() + ", bursts of "
                + settings.burst().toMillis() + " ms |");
        line("");
        goals();
        for (Scenario scenario : scenarios) {
            section(scenario);
        }
        return page.toString();
    }

    private void goals() {
        List<Judgement> judgements = Goals.judge(findings);
        if (judgements.isEmpty()) {
            return;
        }
        line("## Goals");
        line("");
        line("| quantity | goal | measured (p10 .. p90) | | machine | command |");
        line("|---|---|---|---|---|---|");
        for (Judgement each : judgements) {
            String subject = each.goal().subject().equals("callqueue")
                    ? ""
                    : " (" + each.goal().subject() + ")";
            line("| " + each.goal().quantity() + subject + " | " + each.wanted() + " | " + each.measured() + " | "
                    + each.verdict() + " | " + each.measurement().regime() + " | `"
                    + "bin/benchmark --only " + each.measurement().scenario() + "` |");
        }
        line("");
        long met = judgements.stream()
                .filter(each -> each.counts() && each.isMet())
                .count();
        long missed = judgements.stream()
                .filter(each -> each.counts() && !each.isMet())
                .count();
        line(met + " met, " + missed + " not met, " + (judgements.size() - met - missed) + " that do not count.");
        line("");
    }

    private void section(Scenario scenario) {
        line("## " + scenario.id() + ": " + scenario.title());
        line("");
        String why = findings.skipped().get(scenario.id());
        if (why != null) {
            line("Not measured: " + why + ".");
            line("");
        }
        if (scenario.id().equals("sync")) {
            chart("round-trip.svg", "round trips of all contenders");
        }
        if (scenario.id().equals("latency")) {
            chart("latency.svg", "distribution of latencies");
        }
        findings.measurements().stream()
                .filter(each -> each.scenario().equals(scenario.id()))
                .forEach(this::table);
        findings.curves().stream()
                .filter(each -> each.scenario().equals(scenario.id()))
                .forEach(this::table);
    }

    private void table(Measurement measurement) {
        boolean compared = measurement.has(Peers.STX.id()) && measurement.unit().isTime();
        chart(measurement.quantity() + ".svg", measurement.quantity());
        line("| " + measurement.quantity() + ", " + machine(measurement) + " | median | p10 .. p90 |"
                + (compared ? " times as fast as stx (p10 .. p90) |" : ""));
        line("|---|--:|--:|" + (compared ? "--:|" : ""));
        measurement.values().keySet().stream()
                .filter(id -> measurement.unit() == Unit.TIME || !id.equals(Peers.VOLATILE.id()))
                .sorted(Comparator.comparingDouble(id -> measurement.spread(id).median()))
                .forEach(id -> line(row(measurement, id, compared)));
        line("");
    }

    private static String machine(Measurement measurement) {
        String pulse = Peers.VOLATILE.id();
        return measurement.has(pulse)
                ? measurement.regime() + " (ping-pong "
                        + Unit.TIME.show(measurement.spread(pulse).median()) + ")"
                : measurement.regime().toString();
    }

    private static String row(Measurement measurement, String id, boolean compared) {
        Unit unit = measurement.unit();
        Spread spread = measurement.spread(id);
        String row =
                "| " + Charts.nameOf(id) + " | " + unit.show(spread.median()) + " | " + unit.showRange(spread) + " |";
        if (!compared) {
            return row;
        }
        Spread faster = measurement.faster(id, List.of(Peers.STX.id()));
        return row + " " + Unit.number(faster.median()) + " (" + Unit.number(faster.p10()) + " .. "
                + Unit.number(faster.p90()) + ") |";
    }

    private void table(Curve curve) {
        chart(curve.quantity() + ".svg", curve.title());
        line("| " + curve.over() + " (" + curve.quantity() + ", " + curve.regime() + ") | "
                + curve.lines().keySet().stream().map(Charts::nameOf).collect(Collectors.joining(" | ")) + " |");
        line("|--:|" + "--:|".repeat(curve.lines().size()));
        TreeSet<Integer> points = new TreeSet<>();
        curve.lines().values().forEach(each -> points.addAll(each.keySet()));
        points.forEach(point -> line(row(curve, point)));
        line("");
    }

    private static String row(Curve curve, Integer point) {
        return curve.lines().values().stream()
                .map(each -> each.containsKey(point) ? curve.unit().show(each.getOrDefault(point, 0.0)) : "")
                .collect(Collectors.joining(" | ", "| " + point + " | ", " |"));
    }

    private void chart(String file, String what) {
        if (charts.containsKey(file)) {
            line("![" + what + "](" + file + ")");
            line("");
        }
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
