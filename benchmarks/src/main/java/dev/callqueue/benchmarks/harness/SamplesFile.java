package dev.callqueue.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All values of a run, one line per quantity and contender, separated by tabs. */
public final class SamplesFile {
    private static final String TAB = "\t";
    private static final int KEYS = 5;

    private SamplesFile() {}

    /** Writes the values. */
    public static void write(List<Measurement> measurements, Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Measurement each : measurements) {
            each.values()
                    .forEach((contender, values) -> lines.add(Stream.concat(
                                    Stream.of(
                                            each.scenario(),
                                            each.quantity(),
                                            each.unit().name(),
                                            each.regime().name(),
                                            contender),
                                    Arrays.stream(values).mapToObj(Double::toString))
                            .collect(Collectors.joining(TAB))));
        }
        Files.write(file, lines);
    }

    /** Reads what was written. */
    public static List<Measurement> read(Path file) throws IOException {
        Map<String, Measurement> measurements = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            List<String> fields = List.of(line.split(TAB));
            if (fields.size() <= KEYS) {
                throw new IOException("not a line of samples: " + line);
            }
            double[] values =
                    fields.stream().skip(KEYS).mapToDouble(Double::parseDouble).toArray();
            measurements
                    .computeIfAbsent(
                            fields.get(1),
                            quantity -> new Measurement(
                                    fields.get(0),
                                    quantity,
                                    Unit.valueOf(fields.get(2)),
                                    Regime.valueOf(fields.get(3)),
                                    new LinkedHashMap<>()))
                    .values()
                    .put(fields.get(4), values);
        }
        return List.copyOf(measurements.values());
    }
}
