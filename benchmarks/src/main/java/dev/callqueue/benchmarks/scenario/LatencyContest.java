package dev.callqueue.benchmarks.scenario;

import dev.callqueue.benchmarks.contender.Peer;
import dev.callqueue.benchmarks.harness.Latency;
import dev.callqueue.benchmarks.harness.Race;
import dev.callqueue.benchmarks.harness.Settings;
import dev.callqueue.benchmarks.harness.Unit;
import java.time.Duration;
import java.util.List;

/**
 * How long single calls take, with a pause before each in which the caller is busy.
 *
 * @param id its name on the command line
 * @param title what is measured
 * @param pause the pause
 * @param peers who takes part
 */
record LatencyContest(String id, String title, Duration pause, List<Peer> peers) implements Scenario {
    @Override
    public void run(Settings settings, Findings findings) throws Exception {
        Latency burst = new Latency(id, pause.toNanos());
        findings.add(Race.run(id, Unit.TIME, peers, burst, settings));
        if (pause.isZero()) {
            peers.forEach(peer -> findings.addLatencies(peer.id(), burst.histogram(peer.id())));
        }
    }
}
