package dev.callqueue.benchmarks.scenario;

import dev.callqueue.benchmarks.harness.Settings;
import dev.callqueue.benchmarks.harness.Unit;
import java.util.stream.IntStream;

/** How the time for many jobs changes with the number of threads that work. */
final class ConsumersGrowth implements Scenario {
    private static final int FULL = 64;
    private static final int SHORT = 16;
    private static final int FEWER_ROUNDS = 6;

    @Override
    public String id() {
        return "consumers";
    }

    @Override
    public String title() {
        return "jobs harvested, by number of consumers";
    }

    @Override
    public void run(Settings settings, Findings findings) throws Exception {
        CurveDrawing tiny = new CurveDrawing();
        CurveDrawing jerky = new CurveDrawing();
        Settings fewer = settings.withRounds(settings.rounds() / FEWER_ROUNDS);
        int millis = (int) settings.burst().toMillis();
        int most = settings.full() ? FULL : SHORT;
        int[] numbers = IntStream.iterate(1, threads -> threads <= most, threads -> 2 * threads)
                .toArray();
        for (int threads : numbers) {
            tiny.add(threads, contest(threads, Jobs.tiny(millis * 1000)).measure(fewer));
            jerky.add(
                    threads,
                    contest(threads, Jobs.jerky(2 * threads * millis, threads))
                            .measure(fewer.withRounds(fewer.rounds() / 2)));
        }
        findings.add(tiny.curve(id(), "consumers-tiny", "tiny jobs harvested", "consumers", Unit.RATE));
        findings.add(jerky.curve(
                id(),
                "consumers-jerky",
                "jobs that sleep 1 to 5 ms, against sum / consumers",
                "consumers",
                Unit.TIMES));
    }

    private HarvestContest contest(int threads, Jobs jobs) {
        return new HarvestContest(id(), title(), threads, Settings::rounds, any -> jobs);
    }
}
