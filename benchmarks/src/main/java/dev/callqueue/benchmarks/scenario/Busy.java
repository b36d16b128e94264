package dev.callqueue.benchmarks.scenario;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.callqueue.benchmarks.harness.Regime;
import dev.callqueue.benchmarks.harness.Settings;
import java.util.ArrayList;
import java.util.List;

/** A scenario beside as many threads that compute, and nothing else, as there are CPUs. */
record Busy(Scenario scenario) implements Surroundings {
    /** One that computes. */
    private static final class Neighbour extends Thread {
        private volatile boolean stopped;
        private volatile long result;

        Neighbour() {
            super("neighbour");
            setDaemon(true);
        }

        @Override
        public void run() {
            while (!stopped) {
                long sum = result;
                for (int i = 0; i < 1000; i++) {
                    sum = sum * 31 + i;
                }
                result = sum;
            }
        }
    }

    @Override
    public void run(Settings settings, Findings findings) throws Exception {
        Findings found = new Findings();
        List<Neighbour> neighbours = new ArrayList<>();
        try {
            for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                Neighbour neighbour = new Neighbour();
                neighbour.start();
                neighbours.add(neighbour);
            }
            scenario.run(settings, found);
        } finally {
            neighbours.forEach(each -> each.stopped = true);
            neighbours.forEach(Uninterruptibles::joinUninterruptibly);
        }
        found.measurements().forEach(each -> findings.add(each.in(Regime.busy(settings.rounds()))));
    }
}
