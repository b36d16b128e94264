package dev.callqueue.benchmarks.scenario;

import dev.callqueue.benchmarks.Benchmark;
import dev.callqueue.benchmarks.harness.SamplesFile;
import dev.callqueue.benchmarks.harness.Settings;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A scenario on one CPU: in this JVM if it has no more, otherwise in another one, which {@code taskset} confines. */
record Packed(Scenario scenario) implements Scenario {
    private static final String TASKSET = "taskset";
    private static final long LIMIT_MINUTES = 20;

    @Override
    public String id() {
        return scenario.id();
    }

    @Override
    public String title() {
        return scenario.title();
    }

    @Override
    public void run(Settings settings, Findings findings) throws Exception {
        if (Runtime.getRuntime().availableProcessors() == 1) {
            scenario.run(settings, findings);
        } else if (hasTaskset()) {
            runConfined(settings, findings);
        } else {
            findings.skip(this, "there is no " + TASKSET + " on this machine");
        }
    }

    private static boolean hasTaskset() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, TASKSET)));
    }

    private void runConfined(Settings settings, Findings findings) throws IOException, InterruptedException {
        Path samples = Files.createTempFile("benchmark", ".tsv");
        try {
            Process child = new ProcessBuilder(command(settings, samples))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                if (!child.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES) || child.exitValue() != 0) {
                    throw new IOException("the confined JVM failed: " + child);
                }
            } finally {
                child.destroyForcibly();
            }
            findings.add(SamplesFile.read(samples));
        } finally {
            Files.delete(samples);
        }
    }

    private List<String> command(Settings settings, Path samples) {
        List<String> command = new ArrayList<>(List.of(
                TASKSET,
                "-c",
                "0",
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Benchmark.class.getName()));
        command.addAll(List.of("--only", id(), "--samples", samples.toString(), "--quiet"));
        command.addAll(List.of("--rounds", Integer.toString(settings.rounds())));
        command.addAll(List.of("--burst", Long.toString(settings.burst().toMillis())));
        return command;
    }
}
