package dev.callqueue.benchmarks.scenario;

import dev.callqueue.benchmarks.harness.Settings;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A scenario on one CPU: in this JVM if it has no more, otherwise in another one, which {@code taskset} confines. */
record Packed(Scenario scenario) implements Surroundings {
    private static final String TASKSET = "taskset";

    @Override
    public void run(Settings settings, Findings findings) throws Exception {
        if (Runtime.getRuntime().availableProcessors() == 1) {
            scenario.run(settings, findings);
        } else if (hasTaskset()) {
            new OwnJvm(scenario, List.of(TASKSET, "-c", "0")).run(settings, findings);
        } else {
            findings.skip(this, "there is no " + TASKSET + " on this machine");
        }
    }

    private static boolean hasTaskset() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, TASKSET)));
    }
}
