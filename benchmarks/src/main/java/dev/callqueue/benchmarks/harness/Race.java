package dev.callqueue.benchmarks.harness;

import dev.callqueue.benchmarks.contender.Peer;
import dev.callqueue.benchmarks.contender.Peers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Bursts of several contenders in turn, in an order that changes from round to round, with a beat of the {@link Pulse} in
 * each.
 */
public final class Race {
    private static final long SEED = 491281;

    private final String scenario;
    private final Unit unit;
    private final List<Peer> peers;
    private final Settings settings;

    /** Quantity, contender, values. */
    private final Map<String, Map<String, List<Double>>> recorded = new LinkedHashMap<>();

    private Race(String scenario, Unit unit, List<Peer> peers, Settings settings) {
        this.scenario = scenario;
        this.unit = unit;
        this.peers = peers;
        this.settings = settings;
    }

    /** Runs all rounds, and returns what they gave, by quantity. */
    public static List<Measurement> run(String scenario, Unit unit, List<Peer> peers, Burst burst, Settings settings)
            throws Exception {
        return new Race(scenario, unit, peers, settings).run(burst);
    }

    private List<Measurement> run(Burst burst) throws Exception {
        List<Lane> lanes = new ArrayList<>();
        try (Pulse pulse = new Pulse(settings)) {
            for (Peer peer : peers) {
                lanes.add(Lane.open(peer));
            }
            for (Lane lane : lanes) {
                turn(lane, burst, settings.warmUpNanos(), Recorder.NONE);
            }
            Random order = new Random(SEED);
            List<Lane> turns = new ArrayList<>(lanes);
            for (int round = 0; round < settings.rounds(); round++) {
                Collections.shuffle(turns, order);
                pulse.beat();
                for (Lane lane : turns) {
                    turn(lane, burst, settings.burstNanos(), (quantity, value) -> record(lane, quantity, value));
                }
            }
            return measurements(pulse);
        } finally {
            closeAll(lanes);
        }
    }

    private static void turn(Lane lane, Burst burst, long nanos, Recorder recorder) throws Exception {
        lane.wake();
        burst.run(lane, nanos, recorder);
        lane.sleep();
    }

    private void record(Lane lane, String quantity, double value) {
        recorded.computeIfAbsent(quantity, any -> new LinkedHashMap<>())
                .computeIfAbsent(lane.peer().id(), any -> new ArrayList<>())
                .add(value);
    }

    private List<Measurement> measurements(Pulse pulse) {
        List<Measurement> measurements = new ArrayList<>();
        recorded.forEach((quantity, byPeer) -> {
            Map<String, double[]> values = new LinkedHashMap<>();
            for (Peer peer : peers) {
                values.put(
                        peer.id(),
                        byPeer.getOrDefault(peer.id(), List.of()).stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray());
            }
            values.put(Peers.VOLATILE.id(), pulse.values());
            measurements.add(new Measurement(scenario, quantity, unit, pulse.regime(), values));
        });
        return measurements;
    }

    private static void closeAll(List<Lane> lanes) {
        RuntimeException failure = null;
        for (Lane lane : lanes) {
            try {
                lane.close();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
