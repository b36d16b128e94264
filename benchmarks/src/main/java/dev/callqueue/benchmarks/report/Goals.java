package dev.callqueue.benchmarks.report;

import dev.callqueue.benchmarks.report.Goal.Where;
import dev.callqueue.benchmarks.scenario.Findings;
import java.util.List;

/** What callqueue wants to reach, and what it must never fall below. */
public final class Goals {
    /** What is wanted. */
    static final List<Goal> WANTED = List.of(
            Goal.times("sync", "callqueue", 2.5, "volatile"),
            Goal.faster("sync", 100, "stx"),
            Goal.times("sync", "callqueue-park", 1.05, "park"),
            Goal.faster("sync", 700, "recipe", "recipe-busy"),
            Goal.faster("latency-p99", 20, "stx"),
            Goal.times("packed", "callqueue", 0.8, "stx").counting(Where.PACKED),
            Goal.faster("sync-busy", 0.5, "stx").counting(Where.BUSY),
            Goal.faster("sync-4", 15, "stx"),
            Goal.times("sync-20us-p50", "callqueue", 1.0, "stx"),
            Goal.times("sync-1ms-p50", "callqueue", 1.0, "stx"),
            Goal.faster("async-1", 4, "stx"),
            Goal.faster("async-1", 2.2, "fjp"),
            Goal.faster("async-4", 6, "stx"),
            Goal.faster("async-4", 2, "agrona-backoff"),
            Goal.faster("execute-1", 2.5, "stx"),
            Goal.faster("execute-1", 0.8, "agrona-backoff", "agrona-spin"),
            Goal.faster("execute-4", 4, "stx"),
            Goal.faster("execute-4", 0.8, "agrona-backoff", "agrona-spin"),
            Goal.faster("harvest", 3, "ecs"),
            Goal.value("jerky", 1.05),
            Goal.value("inline", 5),
            Goal.value("bytes-async", 24).counting(Where.ANY),
            Goal.value("bytes-sync", 24).counting(Where.ANY),
            Goal.value("bytes-parked", 32).counting(Where.ANY),
            Goal.value("bytes-execute", 1).counting(Where.ANY),
            Goal.value("queue-bytes", 1024).counting(Where.ANY),
            Goal.value("idle", 0.5),
            Goal.times("promises-sync", "callqueue", 1.05, "bare"),
            Goal.times("promises-async", "callqueue", 1.05, "bare"),
            Goal.times("promises-execute", "callqueue", 1.05, "bare"));

    /** Below this, something is broken. */
    static final List<Goal> LEAST = List.of(
            Goal.faster("sync", 10, "stx"),
            Goal.faster("sync-4", 3, "stx"),
            Goal.faster("async-1", 2, "stx"),
            Goal.faster("async-4", 2, "stx"),
            Goal.faster("execute-1", 1, "stx"),
            Goal.faster("harvest", 1, "ecs"));

    private Goals() {}

    /** Judges what was measured by what is wanted. */
    public static List<Judgement> judge(Findings findings) {
        return judge(WANTED, findings);
    }

    /** Judges what was measured by the least that must be reached. */
    public static List<Judgement> judgeByLeast(Findings findings) {
        return judge(LEAST, findings);
    }

    private static List<Judgement> judge(List<Goal> goals, Findings findings) {
        return goals.stream()
                .flatMap(goal -> findings.measurement(goal.quantity()).stream()
                        .map(measurement -> Judgement.of(goal, measurement)))
                .toList();
    }
}
