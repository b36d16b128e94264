package dev.callqueue.benchmarks.scenario;

import dev.callqueue.benchmarks.contender.Peer;
import dev.callqueue.benchmarks.harness.Kind;
import dev.callqueue.benchmarks.harness.Race;
import dev.callqueue.benchmarks.harness.Settings;
import dev.callqueue.benchmarks.harness.Throughput;
import dev.callqueue.benchmarks.harness.Unit;
import java.util.List;

/**
 * How many calls contenders manage, from so many callers at once.
 *
 * @param id its name on the command line
 * @param title what is measured
 * @param kind the way of calling
 * @param callers how many threads call
 * @param repeats how many times as many rounds it needs as others, because little is to be told apart
 * @param peers who takes part
 */
record Contest(String id, String title, Kind kind, int callers, int repeats, List<Peer> peers) implements Scenario {
    Contest(String id, String title, Kind kind, int callers, List<Peer> peers) {
        this(id, title, kind, callers, 1, peers);
    }

    @Override
    public void run(Settings settings, Findings findings) throws Exception {
        Unit unit = kind == Kind.CALL ? Unit.TIME : Unit.RATE;
        try (Throughput burst = new Throughput(id, kind, callers)) {
            findings.add(Race.run(id, unit, peers, burst, settings.withRounds(repeats * settings.rounds())));
        }
    }
}
