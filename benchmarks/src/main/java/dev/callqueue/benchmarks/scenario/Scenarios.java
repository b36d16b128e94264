package dev.callqueue.benchmarks.scenario;

import dev.callqueue.benchmarks.contender.Peer;
import dev.callqueue.benchmarks.contender.Peers;
import dev.callqueue.benchmarks.harness.Kind;
import dev.callqueue.benchmarks.harness.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All scenarios. */
public final class Scenarios {
    private static final int JERKY_JOBS_PER_MILLI = 40;
    private static final int TINY_JOBS_PER_MILLI = 4000;
    private static final int TINY_THREADS = 4;
    private static final int FEWER_JOBS = 4;
    private static final int JERKY_THREADS = 16;
    private static final int JERKY_ROUNDS = 10;
    private static final int PROMISES_REPEATS = 3;

    private static final List<Peer> NO_SPINNERS = Peers.of(
            "callqueue",
            "callqueue-park",
            "stx",
            "fjp",
            "lbq",
            "netty",
            "agrona-backoff",
            "disruptor-block",
            "virtual");

    private static final List<Scenario> ALL = List.of(
            new Contest("sync", "a call and its result", Kind.CALL, 1, rivals(Peers.all())),
            new LatencyContest(
                    "latency",
                    "single calls, each timed",
                    Duration.ZERO,
                    Peers.of("callqueue", "stx", "fjp", "lbq", "netty", "agrona-backoff", "agrona-spin", "virtual")),
            new Packed(new Contest(
                    "packed",
                    "a call and its result, all threads on one CPU",
                    Kind.CALL,
                    1,
                    Peers.of("callqueue", "callqueue-park", "stx", "fjp", "lbq", "netty", "agrona-backoff", "park"))),
            new Busy(new Contest(
                    "sync-busy",
                    "a call and its result, while other threads compute on all CPUs",
                    Kind.CALL,
                    1,
                    NO_SPINNERS)),
            new Contest("sync-4", "a call and its result, 4 callers", Kind.CALL, 4, NO_SPINNERS),
            spaced("sync-20us", "calls 20 µs apart", Duration.ofNanos(20_000)),
            spaced("sync-1ms", "calls 1 ms apart", Duration.ofMillis(1)),
            new Contest("async-1", "calls with a future, 1 caller", Kind.SUBMIT, 1, rivals(Peers.withFutures())),
            new Contest("async-4", "calls with a future, 4 callers", Kind.SUBMIT, 4, rivals(Peers.withFutures())),
            new Contest("execute-1", "fire and forget, 1 caller", Kind.EXECUTE, 1, rivals(Peers.inOrder())),
            new Contest("execute-4", "fire and forget, 4 callers", Kind.EXECUTE, 4, rivals(Peers.inOrder())),
            tinyHarvest(TINY_JOBS_PER_MILLI),
            new HarvestContest(
                    "jerky",
                    "jobs that sleep 1 to 5 ms, 16 consumers, against sum / 16",
                    JERKY_THREADS,
                    settings -> Math.min(JERKY_ROUNDS, settings.rounds()),
                    settings -> Jobs.jerky((int) settings.burst().toMillis() * JERKY_JOBS_PER_MILLI, JERKY_THREADS)),
            promises("promises-sync", "what callqueue's promises cost: call", Kind.CALL),
            promises("promises-async", "what callqueue's promises cost: submit", Kind.SUBMIT),
            promises("promises-execute", "what callqueue's promises cost: execute", Kind.EXECUTE),
            new Producers("producers-sync", "calls with a result, by number of callers", Kind.CALL),
            new Producers("producers-async", "calls with a future, by number of callers", Kind.SUBMIT),
            new Producers("producers-execute", "fire and forget, by number of callers", Kind.EXECUTE),
            new ConsumersGrowth(),
            new QueuedGrowth(),
            new Bytes(),
            variants("variants-sync", "callqueue's ways to wait and to receive: call", Kind.CALL),
            variants("variants-async", "callqueue's ways to wait and to receive: submit", Kind.SUBMIT),
            new Inline(),
            new Idle(),
            new QueuesGrowth());

    private Scenarios() {}

    /** All of them, in the order of the results page. */
    public static List<Scenario> all() {
        return ALL;
    }

    /** The one with this name. */
    public static Scenario named(String id) {
        return ALL.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such scenario: " + id));
    }

    /** A few of them between callqueue and its base alone, for a quick look. */
    public static List<Scenario> quick() {
        List<Peer> two = Peers.of("callqueue", "stx");
        return List.of(
                new Contest("sync", named("sync").title(), Kind.CALL, 1, two),
                new Contest("sync-4", named("sync-4").title(), Kind.CALL, 4, two),
                new Contest("async-1", named("async-1").title(), Kind.SUBMIT, 1, two),
                new Contest("async-4", named("async-4").title(), Kind.SUBMIT, 4, two),
                new Contest("execute-1", named("execute-1").title(), Kind.EXECUTE, 1, two),
                tinyHarvest(TINY_JOBS_PER_MILLI / FEWER_JOBS));
    }

    /** All but those that have a scenario of their own, and the pulse that every race has. */
    private static List<Peer> rivals(List<Peer> peers) {
        List<Peer> rivals = new ArrayList<>(peers);
        rivals.removeAll(Peers.of(
                "callqueue-spin", "callqueue-bounded", "callqueue-owner", "callqueue-loop", "bare", "volatile"));
        return rivals;
    }

    private static Scenario tinyHarvest(int jobsPerMilli) {
        return new HarvestContest(
                "harvest",
                "tiny jobs harvested, 4 consumers",
                TINY_THREADS,
                Settings::rounds,
                settings -> Jobs.tiny((int) settings.burst().toMillis() * jobsPerMilli));
    }

    private static Scenario variants(String id, String title, Kind kind) {
        return new Contest(
                id,
                title,
                kind,
                1,
                Peers.of(
                        "callqueue",
                        "callqueue-park",
                        "callqueue-spin",
                        "callqueue-bounded",
                        "callqueue-owner",
                        "callqueue-loop",
                        "stx"));
    }

    private static Scenario spaced(String id, String title, Duration pause) {
        return new LatencyContest(
                id, title, pause, Peers.of("callqueue", "callqueue-park", "stx", "fjp", "lbq", "agrona-backoff"));
    }

    private static Scenario promises(String id, String title, Kind kind) {
        return new Contest(id, title, kind, 1, PROMISES_REPEATS, List.of(Peers.CALLQUEUE, Peers.BARE));
    }
}
