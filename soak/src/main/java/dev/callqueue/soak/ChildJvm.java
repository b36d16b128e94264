package dev.callqueue.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs an experiment in another JVM with options of its own: a small heap, no compiler, another garbage collector, one CPU. */
final class ChildJvm {
    private final String label;
    private final List<String> prefix;
    private final List<String> options;

    private ChildJvm(String label, List<String> prefix, List<String> options) {
        this.label = label;
        this.prefix = prefix;
        this.options = options;
    }

    /** A JVM with the library on the class path and these options. */
    static ChildJvm with(String label, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("-cp", ClassPath.all()));
        return new ChildJvm(label, List.of(), all);
    }

    /** A JVM whose compiler takes its decisions at random, so that it reorders what it never would otherwise. */
    static ChildJvm withRandomisedCompiler() {
        return with(
                "with a randomised compiler",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:+IgnoreUnrecognizedVMOptions", // each version has some more
                "-XX:+StressLCM",
                "-XX:+StressGCM",
                "-XX:+StressIGVN",
                "-XX:+StressCCP",
                "-XX:+StressIncrementalInlining",
                "-XX:+StressMacroExpansion",
                "-XX:+StressUnstableIfTraps");
    }

    /** A JVM with the library on the module path. */
    static ChildJvm withModules(String label) {
        return new ChildJvm(
                label,
                List.of(),
                List.of(
                        "-p",
                        ClassPath.library(),
                        "--add-modules",
                        "dev.callqueue",
                        "--add-opens",
                        "dev.callqueue/dev.callqueue=ALL-UNNAMED",
                        "-cp",
                        ClassPath.experiments()));
    }

    /** The same JVM, started by another command. */
    ChildJvm startedBy(String... command) {
        return new ChildJvm(label, List.of(command), options);
    }

    /** That experiment, done there as thoroughly as here. */
    Experiment doing(Class<? extends Experiment> experiment) {
        return (trial, figures) -> run(experiment, trial.effort(), trial, figures);
    }

    /** Does the experiment there and notes its figures here. */
    void run(Class<? extends Experiment> experiment, Effort effort, Trial trial, Figures figures) throws Exception {
        List<String> command = new ArrayList<>(prefix);
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(options);
        command.add(Child.class.getName());
        command.addAll(Child.arguments(experiment, effort));
        Process process = trial.closing(new ChildProcess(new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start()))
                .process();

        if (!noteFigures(process, trial, figures)) {
            figures.fail(Verdict.NOT_MET, label + ": ended with exit code " + process.waitFor() + " and no figures");
        }
    }

    private boolean noteFigures(Process process, Trial trial, Figures figures) throws IOException {
        boolean noted = false;
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                trial.progress();
                noted |= Child.readFigures(line, label, figures);
            }
        }
        return noted;
    }

    /** A process that does not outlive the trial. */
    private record ChildProcess(Process process) implements AutoCloseable {
        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
