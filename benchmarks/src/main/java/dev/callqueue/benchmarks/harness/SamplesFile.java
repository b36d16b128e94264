package dev.callqueue.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All values of a run, one line per quantity and contender, separated by tabs. */
public final class SamplesFile {
    private static final String TAB = "\t";

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
}
