package dev.callqueue.benchmarks.scenario;

import com.sun.management.OperatingSystemMXBean;
import dev.callqueue.benchmarks.contender.Contender;
import dev.callqueue.benchmarks.contender.Op;
import dev.callqueue.benchmarks.contender.Peer;
import dev.callqueue.benchmarks.contender.Peers;
import dev.callqueue.benchmarks.harness.Measurement;
import dev.callqueue.benchmarks.harness.Pulse;
import dev.callqueue.benchmarks.harness.Settings;
import dev.callqueue.benchmarks.harness.Unit;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How much CPU time the process uses while ten open contenders have nothing to do. */
final class Idle implements Scenario {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final int NUMBER = 10;
    private static final int BURSTS = 200;
    private static final int BEATS = 10;
    private static final List<Peer> PEERS =
            Peers.of("callqueue", "callqueue-owner", "callqueue-loop", "stx", "agrona-backoff");

    @Override
    public String id() {
        return "idle";
    }

    @Override
    public String title() {
        return "CPU used by ten that are open and idle";
    }

    @Override
    public void run(Settings settings, Findings findings) throws Exception {
        long nanos = BURSTS * settings.burstNanos();
        Map<String, double[]> values = new LinkedHashMap<>();
        for (Peer peer : PEERS) {
            values.put(peer.id(), new double[] {percent(peer, nanos)});
        }
        try (Pulse pulse = new Pulse(settings)) { // afterwards, for it would not let the process be idle
            pulse.beat(BEATS);
            findings.add(new Measurement(id(), id(), Unit.PERCENT, pulse.regime(), values));
        }
    }

    private static double percent(Peer peer, long nanos) throws Exception {
        List<Contender> open = new ArrayList<>();
        try {
            for (int i = 0; i < NUMBER; i++) {
                Contender contender = peer.open();
                open.add(contender);
                contender.call(new Op());
            }
            System.gc();
            doNothing(nanos / 10);
            long wallBefore = System.nanoTime();
            long cpuBefore = SYSTEM.getProcessCpuTime();
            doNothing(nanos);
            return 100.0 * (SYSTEM.getProcessCpuTime() - cpuBefore) / (System.nanoTime() - wallBefore);
        } finally {
            for (Contender contender : open) {
                contender.close();
            }
        }
    }

    private static void doNothing(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos);
    }
}
