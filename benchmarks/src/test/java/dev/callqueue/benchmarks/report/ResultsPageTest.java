package dev.callqueue.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callqueue.benchmarks.harness.Curve;
import dev.callqueue.benchmarks.harness.Measurement;
import dev.callqueue.benchmarks.harness.Regime;
import dev.callqueue.benchmarks.harness.Settings;
import dev.callqueue.benchmarks.harness.Unit;
import dev.callqueue.benchmarks.scenario.Findings;
import dev.callqueue.benchmarks.scenario.Scenario;
import dev.callqueue.benchmarks.scenario.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsPageTest {
    @TempDir
    private Path folder;

    @Test
    void everyGoalIsAnsweredWithItsCommand() {
        String page = page("sync", "producers-async", "packed").text();
        assertThat(page)
                .contains("Written by `bin/benchmark --only sync`")
                .contains("| rounds | 60, bursts of 25 ms |")
                .contains(
                        "| sync | ≤ 2.5 × the time of volatile | 2.00 × | met | quiet | `bin/benchmark --only sync` |")
                .contains(
                        "| sync | ≥ 100 × as fast as stx | 50.0 × | **not met** | quiet | `bin/benchmark --only sync` |");
    }

    @Test
    void contendersAreListedFastestFirst() {
        assertThat(page("sync").text()).contains("""
                        | sync, quiet (ping-pong 120 ns) | median | p10 .. p90 | times as fast as stx (p10 .. p90) |
                        |---|--:|--:|--:|
                        | volatile ping-pong (limit) | 120 ns | 120 ns .. 120 ns | 100 (100 .. 100) |
                        | callqueue | 240 ns | 240 ns .. 240 ns | 50.0 (50.0 .. 50.0) |
                        """);
    }

    @Test
    void curvesAreTablesToo() {
        assertThat(page("producers-async").text()).contains("""
                        | calling threads (producers-async, quiet) | callqueue | newSingleThreadExecutor |
                        |--:|--:|--:|
                        | 1 | 32.0 M/s | 8.00 M/s |
                        | 2 | 32.0 M/s |  |
                        """);
    }

    @Test
    void whatCouldNotBeMeasuredSaysWhy() {
        assertThat(page("packed").text()).contains("Not measured: there is no taskset on this machine.");
    }

    @Test
    void everyChartOnThePageIsWrittenBesideIt() throws IOException {
        page("sync", "producers-async").write(folder);

        Matcher chart =
                Pattern.compile("!\\[[^]]*]\\(([^)]+)\\)").matcher(Files.readString(folder.resolve("results.md")));
        List<String> charts = new ArrayList<>();
        while (chart.find()) {
            charts.add(chart.group(1));
        }
        assertThat(charts).containsExactly("round-trip.svg", "producers-async.svg");
        assertThat(charts).allSatisfy(name -> assertThat(folder.resolve(name)).exists());
    }

    private static ResultsPage page(String... ids) {
        List<Scenario> scenarios = List.of(ids).stream().map(Scenarios::named).toList();
        Map<String, double[]> sync = new LinkedHashMap<>();
        sync.put("callqueue", new double[] {240});
        sync.put("stx", new double[] {12_000});
        sync.put("volatile", new double[] {120});
        sync.put("callqueue-park", new double[] {12_000});
        sync.put("park", new double[] {12_000});
        sync.put("recipe", new double[] {2e6});
        sync.put("recipe-busy", new double[] {1e6});
        Map<String, SortedMap<Integer, Double>> lines = new LinkedHashMap<>();
        lines.put("callqueue", new TreeMap<>(Map.of(1, 31.25, 2, 31.25)));
        lines.put("stx", new TreeMap<>(Map.of(1, 125.0)));

        Findings findings = new Findings();
        findings.add(new Measurement("sync", "sync", Unit.TIME, Regime.QUIET, sync));
        findings.add(new Curve(
                "producers-async", "producers-async", "by callers", "calling threads", Unit.RATE, Regime.QUIET, lines));
        findings.skip(Scenarios.named("packed"), "there is no taskset on this machine");
        return new ResultsPage(
                findings, scenarios, new Settings(60, Duration.ofMillis(25), false), "bin/benchmark --only sync");
    }
}
