package dev.callqueue.benchmarks.scenario;

import dev.callqueue.benchmarks.Benchmark;
import dev.callqueue.benchmarks.harness.Settings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A scenario in a JVM of its own, where the JIT compiler has seen nothing else: so it gives what it gives when it is asked for
 * alone.
 *
 * @param scenario the scenario
 * @param launcher what the command begins with, before that of the JVM
 */
public record OwnJvm(Scenario scenario, List<String> launcher) implements Surroundings {
    private static final long LIMIT_MINUTES = 60;

    /** The scenario in a JVM that is like this one. */
    public OwnJvm(Scenario scenario) {
        this(scenario, List.of());
    }

    @Override
    public void run(Settings settings, Findings findings) throws IOException, InterruptedException {
        Path file = Files.createTempFile("benchmark", ".findings");
        try {
            Process child = new ProcessBuilder(command(settings, file))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                if (!child.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES) || child.exitValue() != 0) {
                    throw new IOException("the JVM of " + id() + " failed: " + child);
                }
            } finally {
                child.destroyForcibly();
            }
            findings.addAll(Findings.read(file));
        } finally {
            Files.delete(file);
        }
    }

    private List<String> command(Settings settings, Path file) {
        List<String> command = new ArrayList<>(launcher);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Benchmark.class.getName()));
        command.addAll(List.of("--only", id(), "--findings", file.toString(), "--quiet"));
        command.addAll(List.of("--rounds", Integer.toString(settings.rounds())));
        command.addAll(List.of("--burst", Long.toString(settings.burst().toMillis())));
        if (settings.full()) {
            command.add("--full");
        }
        return command;
    }
}
