package dev.callqueue.benchmarks.scenario;

import dev.callqueue.benchmarks.contender.Op;
import dev.callqueue.benchmarks.contender.Peer;
import dev.callqueue.benchmarks.contender.Peers;
import dev.callqueue.benchmarks.harness.Allocation;
import dev.callqueue.benchmarks.harness.Kind;
import dev.callqueue.benchmarks.harness.Lane;
import dev.callqueue.benchmarks.harness.Measurement;
import dev.callqueue.benchmarks.harness.Pulse;
import dev.callqueue.benchmarks.harness.Settings;
import dev.callqueue.benchmarks.harness.Unit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many bytes a call allocates beyond the function that is called. */
final class Bytes implements Scenario {
    private static final int MOST_ROUNDS = 5;

    /** An op takes so long where its caller shall have given up spinning. */
    private static final long LONG_OP_NANOS = 200_000;

    private static final List<Peer> PEERS = Peers.of(
            "callqueue",
            "callqueue-park",
            "bare",
            "stx",
            "fjp",
            "lbq",
            "netty",
            "agrona-backoff",
            "disruptor-block",
            "pekko");

    @Override
    public String id() {
        return "bytes";
    }

    @Override
    public String title() {
        return "bytes allocated per call, beyond the lambda";
    }

    @Override
    public void run(Settings settings, Findings findings) throws Exception {
        int calls = (int) (settings.burst().toMillis() * 4000);
        findings.add(measure("bytes-async", Kind.SUBMIT, new Amount(settings, calls), () -> {}));
        findings.add(measure("bytes-execute", Kind.EXECUTE, new Amount(settings, calls), () -> {}));
        findings.add(measure("bytes-sync", Kind.CALL, new Amount(settings, calls / 20), () -> {}));
        findings.add(measure("bytes-parked", Kind.CALL, new Amount(settings, calls / 500), Bytes::workLong));
    }

    private record Amount(Settings settings, int calls) {}

    private Measurement measure(String quantity, Kind kind, Amount amount, Runnable work) throws Exception {
        Map<String, double[]> values = new LinkedHashMap<>();
        try (Pulse pulse = new Pulse(amount.settings)) {
            for (Peer peer : PEERS) {
                pulse.beat();
                values.put(peer.id(), ofPeer(peer, kind, amount, work));
            }
            return new Measurement(id(), quantity, Unit.BYTES, pulse.regime(), values);
        }
    }

    private static double[] ofPeer(Peer peer, Kind kind, Amount amount, Runnable work) throws Exception {
        try (Lane lane = Lane.open(peer, new Op(work))) {
            lane.wake();
            for (int i = 0; i < 2; i++) { // until it is compiled
                Allocation.bytesPerCall(lane, kind, amount.calls);
            }
            double[] bytes = new double[Math.min(MOST_ROUNDS, amount.settings.rounds())];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = Allocation.bytesPerCall(lane, kind, amount.calls);
            }
            return bytes;
        }
    }

    private static void workLong() {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < LONG_OP_NANOS) {
            Thread.onSpinWait();
        }
    }
}
