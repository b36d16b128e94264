package dev.callqueue.benchmarks.scenario;

import dev.callqueue.benchmarks.contender.HarvestPeer;
import dev.callqueue.benchmarks.contender.Harvester;
import dev.callqueue.benchmarks.harness.Measurement;
import dev.callqueue.benchmarks.harness.Pulse;
import dev.callqueue.benchmarks.harness.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How long so many threads take for jobs whose results are harvested as they come.
 *
 * @param id its name on the command line
 * @param title what is measured
 * @param threads how many threads work
 * @param rounds how many rounds, of those asked for
 * @param jobs the jobs
 */
record HarvestContest(
        String id, String title, int threads, Function<Settings, Integer> rounds, Function<Settings, Jobs> jobs)
        implements Scenario {
    @Override
    public void run(Settings settings, Findings findings) throws Exception {
        findings.add(measure(settings.withRounds(rounds.apply(settings))));
    }

    /** Measures it with that many rounds. */
    Measurement measure(Settings settings) throws Exception {
        Jobs work = jobs.apply(settings);
        List<HarvestPeer> peers = HarvestPeer.all();
        Map<String, double[]> values = new LinkedHashMap<>();
        Map<String, Harvester> harvesters = new LinkedHashMap<>();
        try (Pulse pulse = new Pulse(settings)) {
            for (HarvestPeer peer : peers) {
                harvesters.put(peer.id(), peer.opener().apply(threads));
                values.put(peer.id(), new double[settings.rounds()]);
            }
            for (Harvester harvester : harvesters.values()) {
                warmUp(harvester, work, settings.warmUpNanos());
            }
            for (int round = 0; round < settings.rounds(); round++) {
                pulse.beat();
                for (Map.Entry<String, Harvester> each : harvesters.entrySet()) {
                    double[] mine = values.getOrDefault(each.getKey(), new double[0]);
                    mine[round] = nanos(each.getValue(), work) / work.divisor();
                }
            }
            return new Measurement(id, id, work.unit(), pulse.regime(), values);
        } finally {
            for (Harvester harvester : harvesters.values()) {
                harvester.close();
            }
        }
    }

    private static void warmUp(Harvester harvester, Jobs work, long nanos) throws Exception {
        double spent = 0;
        while (spent < nanos) {
            spent += nanos(harvester, work);
        }
    }

    private static double nanos(Harvester harvester, Jobs work) throws Exception {
        long begun = System.nanoTime();
        long sum = harvester.harvest(work.inputs(), work.fn());
        long ended = System.nanoTime();
        if (sum != work.sum()) {
            throw new IllegalStateException("wrong results: their sum is " + sum + " instead of " + work.sum());
        }
        return ended - begun;
    }
}
