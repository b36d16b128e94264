package dev.callqueue.benchmarks.scenario;

import dev.callqueue.benchmarks.contender.Peer;
import dev.callqueue.benchmarks.contender.Peers;
import dev.callqueue.benchmarks.harness.Kind;
import dev.callqueue.benchmarks.harness.Measurement;
import dev.callqueue.benchmarks.harness.Settings;
import dev.callqueue.benchmarks.harness.Unit;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How throughput changes with the number of threads that call.
 *
 * @param id its name on the command line
 * @param title what is measured
 * @param kind the way of calling
 */
record Producers(String id, String title, Kind kind) implements Scenario {
    private static final int FULL = 64;
    private static final int SHORT = 16;
    private static final int FEWER_ROUNDS = 6;
    private static final List<Peer> PEERS = Peers.of("callqueue", "stx", "fjp", "agrona-backoff");

    @Override
    public void run(Settings settings, Findings findings) throws Exception {
        CurveDrawing drawing = new CurveDrawing();
        int most = settings.full() ? FULL : SHORT;
        int[] numbers = IntStream.iterate(1, callers -> callers <= most, callers -> 2 * callers)
                .toArray();
        Settings fewer = settings.withRounds(settings.rounds() / FEWER_ROUNDS);
        point(1, fewer); // not drawn: the JIT compiler is busy meanwhile
        for (int callers : numbers) {
            for (Measurement measurement : point(callers, fewer)) {
                drawing.add(callers, measurement);
            }
        }
        drawing.remove(Peers.VOLATILE.id());
        findings.add(drawing.curve(id, id, title, "calling threads", Unit.RATE));
    }

    private List<Measurement> point(int callers, Settings settings) throws Exception {
        Findings point = new Findings();
        new Contest(id, title, kind, callers, PEERS).run(settings, point);
        return point.measurements();
    }
}
