package dev.callqueue.soak;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The same experiments in JVMs that go about things differently. */
final class OtherJvms implements Experiment {
    private static final List<Path> TASKSET = List.of(Path.of("/usr/bin/taskset"), Path.of("/bin/taskset"));

    /** Here it is only asked whether it works: nobody is quick without a compiler. */
    private static final Effort AT_EASE = Effort.glimpse(30);

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        Class<? extends Experiment> experiment = trial.effort().isLong() ? ALittleOfAll.class : TheCore.class;
        for (ChildJvm jvm : jvms()) {
            jvm.run(experiment, AT_EASE, trial, figures);
        }
    }

    private static List<ChildJvm> jvms() {
        List<ChildJvm> all = new ArrayList<>(List.of(
                ChildJvm.with("-Xint", "-Xint"),
                ChildJvm.with("SerialGC", "-XX:+UseSerialGC"),
                ChildJvm.with("ZGC", "-XX:+UseZGC"),
                ChildJvm.with("common pool of 0", "-Djava.util.concurrent.ForkJoinPool.common.parallelism=0"),
                ChildJvm.with("common pool of 1", "-Djava.util.concurrent.ForkJoinPool.common.parallelism=1"),
                ChildJvm.withRandomisedCompiler(),
                ChildJvm.withModules("on the module path"),
                ChildJvm.with("told of 1 CPU", "-XX:ActiveProcessorCount=1")));
        TASKSET.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .ifPresent(
                        taskset -> all.add(ChildJvm.with("bound to 1 CPU").startedBy(taskset.toString(), "-c", "0")));
        return all;
    }
}
