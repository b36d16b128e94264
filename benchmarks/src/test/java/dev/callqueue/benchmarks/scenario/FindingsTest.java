package dev.callqueue.benchmarks.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callqueue.benchmarks.harness.Curve;
import dev.callqueue.benchmarks.harness.Measurement;
import dev.callqueue.benchmarks.harness.Regime;
import dev.callqueue.benchmarks.harness.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingsTest {
    @TempDir
    private Path folder;

    @Test
    void whatOneJvmWritesAnotherOneReads() throws IOException {
        Path file = folder.resolve("findings");
        Findings written = new Findings();
        written.add(new Measurement(
                "packed", "packed", Unit.TIME, Regime.PACKED, Map.of("callqueue", new double[] {1.5, 2e9})));
        Map<String, SortedMap<Integer, Double>> lines = Map.of("stx", new TreeMap<>(Map.of(1, 2.5)));
        written.add(new Curve("queues", "queues-time", "title", "queues", Unit.TIME, Regime.QUIET, lines));
        Histogram latencies = new Histogram(3);
        latencies.recordValue(42);
        written.addLatencies("callqueue", latencies);
        written.skip(Scenarios.named("packed"), "no taskset");
        written.write(file);

        Findings read = new Findings();
        read.addAll(Findings.read(file));

        assertThat(read.measurements()).usingRecursiveComparison().isEqualTo(written.measurements());
        assertThat(read.curves()).isEqualTo(written.curves());
        assertThat(read.latencies()).isEqualTo(written.latencies());
        assertThat(read.skipped()).isEqualTo(Map.of("packed", "no taskset"));
    }

    @Test
    void whatIsNoneIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("findings"), "something else");

        assertThatThrownBy(() -> Findings.read(file)).isInstanceOf(IOException.class);
    }
}
