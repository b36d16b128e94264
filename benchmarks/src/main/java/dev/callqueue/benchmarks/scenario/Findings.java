package dev.callqueue.benchmarks.scenario;

import dev.callqueue.benchmarks.harness.Curve;
import dev.callqueue.benchmarks.harness.Measurement;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** All that was found in one run. */
@SuppressWarnings("serial") // the lists and maps that it makes are serializable, as is all that is in them
public final class Findings implements Serializable {
    private static final long serialVersionUID = 1;

    private final List<Measurement> measurements = new ArrayList<>();
    private final List<Curve> curves = new ArrayList<>();
    private final Map<String, Histogram> latencies = new LinkedHashMap<>();
    private final Map<String, String> skipped = new LinkedHashMap<>();

    /** Reads what another JVM of this program has written. */
    static Findings read(Path file) throws IOException {
        try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(file))) {
            return (Findings) in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException(file + " was written by another program", e);
        }
    }

    /** Writes all of it, for {@link #read}. */
    public void write(Path file) throws IOException {
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(file))) {
            out.writeObject(this);
        }
    }

    /** Adds all of that. */
    void addAll(Findings found) {
        measurements.addAll(found.measurements);
        curves.addAll(found.curves);
        latencies.putAll(found.latencies);
        skipped.putAll(found.skipped);
    }

    /** Adds what a race gave. */
    public void add(List<Measurement> found) {
        measurements.addAll(found);
    }

    /** Adds a measurement. */
    public void add(Measurement found) {
        measurements.add(found);
    }

    /** Adds a curve. */
    public void add(Curve found) {
        curves.add(found);
    }

    /** Adds how long a contender's single calls took. */
    public void addLatencies(String contender, Histogram found) {
        latencies.put(contender, found);
    }

    /** A scenario could not be run. */
    public void skip(Scenario scenario, String why) {
        skipped.put(scenario.id(), why);
    }

    /** All measurements. */
    public List<Measurement> measurements() {
        return measurements;
    }

    /** The measurement of a quantity, if it was taken. */
    public Optional<Measurement> measurement(String quantity) {
        return measurements.stream()
                .filter(each -> each.quantity().equals(quantity))
                .findFirst();
    }

    /** All curves. */
    public List<Curve> curves() {
        return curves;
    }

    /** How long single calls took, by contender. */
    public Map<String, Histogram> latencies() {
        return latencies;
    }

    /** Why scenarios were not run. */
    public Map<String, String> skipped() {
        return skipped;
    }
}
