package dev.callqueue.benchmarks.scenario;

import dev.callqueue.benchmarks.contender.Peer;
import dev.callqueue.benchmarks.contender.Peers;
import dev.callqueue.benchmarks.harness.Pulse;
import dev.callqueue.benchmarks.harness.Settings;
import dev.callqueue.benchmarks.harness.Stowage;
import dev.callqueue.benchmarks.harness.Unit;
import java.util.List;
import java.util.stream.IntStream;

/** What a call costs while many others wait: to queue it, to keep it, and to run it. */
final class QueuedGrowth implements Scenario {
    private static final int FULL = 1_000_000;
    private static final int SHORT = 100_000;
    private static final int FEWER_ROUNDS = 6;
    private static final int BEATS = 2;

    /** Below this, what else happens on the heap says more than the calls do. */
    private static final int LEAST_FOR_MEMORY = 10_000;

    private static final List<Peer> PEERS = Peers.of("callqueue", "stx", "lbq");

    @Override
    public String id() {
        return "queued";
    }

    @Override
    public String title() {
        return "a call while others wait, by their number";
    }

    @Override
    public void run(Settings settings, Findings findings) throws Exception {
        CurveDrawing fill = new CurveDrawing();
        CurveDrawing drain = new CurveDrawing();
        CurveDrawing memory = new CurveDrawing();
        int rounds = Math.max(2, settings.rounds() / FEWER_ROUNDS);
        int most = settings.full() ? FULL : SHORT;
        int[] numbers = IntStream.iterate(10, calls -> calls <= most, calls -> 10 * calls)
                .toArray();
        try (Pulse pulse = new Pulse(settings)) {
            for (int calls : numbers) {
                for (Peer peer : PEERS) {
                    pulse.beat(BEATS);
                    boolean withMemory = calls >= LEAST_FOR_MEMORY;
                    Stowage stowage = Stowage.measure(peer, calls, rounds, withMemory);
                    fill.add(calls, peer.id(), stowage.fillNanos());
                    drain.add(calls, peer.id(), stowage.drainNanos());
                    if (withMemory) {
                        memory.add(calls, peer.id(), stowage.bytes());
                    }
                }
            }
            List.of(fill, drain, memory).forEach(drawing -> drawing.saw(pulse.regime()));
        }
        String over = "calls that wait";
        findings.add(fill.curve(id(), "queued-fill", "to queue a call while others wait", over, Unit.TIME));
        findings.add(drain.curve(id(), "queued-drain", "to run a call that waits", over, Unit.TIME));
        findings.add(memory.curve(id(), "queued-bytes", "memory held by a call that waits", over, Unit.BYTES));
    }
}
