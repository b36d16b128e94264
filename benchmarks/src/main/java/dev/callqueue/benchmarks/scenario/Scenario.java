package dev.callqueue.benchmarks.scenario;

import dev.callqueue.benchmarks.harness.Settings;

/** One question that is asked of several contenders in the same run. */
public interface Scenario {
    /** Its name on the command line. */
    String id();

    /** What is measured. */
    String title();

    /** Measures it. */
    void run(Settings settings, Findings findings) throws Exception;
}
