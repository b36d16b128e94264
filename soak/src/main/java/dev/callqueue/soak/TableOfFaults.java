package dev.callqueue.soak;

import static dev.callqueue.soak.Experiment.inTurn;

import java.util.List;

/** The table of faults: what goes wrong, what callqueue must reach nevertheless, and the experiment that finds out. */
final class TableOfFaults {
    private TableOfFaults() {}

    /** All rows, with new experiments. */
    static List<Row> rows() {
        return List.of(
                new Row(
                        1,
                        "the owner dies between calls or in one, by returning or by an Error",
                        "waiting callers released ≤ 1 s, later calls fail ≤ 10 ms; 1,000 repetitions",
                        new OwnerDies()),
                new Row(
                        2,
                        "an op throws an exception, an Error, ThreadDeath, a real StackOverflowError or OutOfMemoryError",
                        "same object at the caller; receivers alive; 0 lost calls",
                        inTurn(
                                new OpThrows(),
                                ChildJvm.with("in a heap of 32 MB", "-Xmx32m", "-XX:+UseSerialGC")
                                        .doing(HeapEaters.class))),
                new Row(
                        3,
                        "stack or memory runs out inside the library",
                        "refused or runs, never half-queued",
                        inTurn(
                                ChildJvm.with("at the end of the stack").doing(StackUsedUp.class),
                                ChildJvm.with("in a full heap", "-Xmx24m", "-XX:+UseSerialGC", "-XX:-UseTLAB")
                                        .doing(HeapUsedUp.class))),
                new Row(
                        4,
                        "close during a storm",
                        "succeeded + failed + withdrawn + refused = attempted; every waiter back ≤ 1 s; 10^6 closes",
                        inTurn(new Storm(), new Closes())),
                new Row(5, "10,000 producers", "all done; no caller worse than 100 × the median", new Producers()),
                new Row(
                        6,
                        "a call is withdrawn, cancelled or completed by hand when it is to be run",
                        "never both withdrawn and run in 10^6 aimed rounds",
                        new CancelVersusRun()),
                new Row(
                        7,
                        "a call's time is over when it is to be run",
                        "never both withdrawn and run in 10^6 aimed rounds",
                        new TimeoutVersusRun()),
                new Row(
                        8,
                        "interrupt against return and withdrawal, of receivers, and one that throws",
                        "0 leaked, 0 swallowed in 10^6",
                        new Interrupts()),
                new Row(
                        9,
                        "self, mutual and ring calls, pools that wait for themselves or for each other, held locks",
                        "works or a named exception ≤ 100 ms (locks ≤ 1 s); message names every thread and call",
                        inTurn(new ComingBack(), new Crossings(), new HeldLocks())),
                new Row(
                        10,
                        "random acyclic call graphs over 8 queues, with locks held",
                        "0 false deadlock reports",
                        new AcyclicCalls()),
                new Row(
                        11,
                        "spurious unparks of callers, receivers, consumers",
                        "no early return",
                        new SpuriousUnparks()),
                new Row(
                        12,
                        "lost wake-up: ping-pong, also with a randomised compiler",
                        "0 in 10^8 calls",
                        inTurn(
                                new PingPong(0.75),
                                ChildJvm.withRandomisedCompiler().doing(PingPong.class))),
                new Row(13, "wake-up storm", "≤ 1 wake-up per call, 0 when the receiver is running", new WakeUps()),
                new Row(
                        14,
                        "queue full",
                        "size ≤ capacity always; a freed place is usable at once; blocked producers wake on close",
                        new FullQueue()),
                new Row(
                        15,
                        "abandoned queue, also while a caller waits in it",
                        "idle consumers end ≤ 2 s; a waiting caller keeps it or is failed",
                        new AbandonedQueues()),
                new Row(
                        16,
                        "class loader leak",
                        "collected ≤ 5 s, no thread left, consumers do not pin their creator's context loader",
                        new ClassLoaderLeak()),
                new Row(17, "other JVM options", "all green", new OtherJvms()),
                new Row(
                        18,
                        "virtual threads as callers and consumers",
                        "0 jdk.VirtualThreadPinned events",
                        new Pinning()),
                new Row(
                        19,
                        "null and negative arguments to all public methods",
                        "refused before any state changes",
                        new Arguments()),
                new Row(
                        20,
                        "counter overflow: tickets begin near 2^31, 2^32 and other powers of two",
                        "order and size right across them",
                        new Overflow()),
                new Row(
                        21,
                        "100 M calls in 64 MB",
                        "heap after collection ± 2 MB",
                        ChildJvm.with("-Xmx64m", "-Xmx64m").doing(ManyCalls.class)),
                new Row(
                        22,
                        "withdrawn calls pile up while the receiver is away (10^7)",
                        "places and memory free at once, < 1.5 MB held",
                        ChildJvm.with("-Xmx64m", "-Xmx64m").doing(ManyWithdrawn.class)),
                new Row(
                        23,
                        "retained last op, result or exception",
                        "every reference cleared",
                        inTurn(
                                new Retention(),
                                ChildJvm.with("interpreted", "-Xint").doing(Retention.class))),
                new Row(24, "deep chains: 100,000 calls or dependents", "no StackOverflowError", new DeepChains()),
                new Row(
                        25,
                        "dependent stages that throw or block",
                        "receiver unhurt; they run on the thread that ran the call",
                        new Dependents()),
                new Row(
                        26,
                        "thread creation fails or the factory returns null",
                        "refused, or served by the rest; counts right",
                        new FailingThreads()),
                new Row(27, "huge durations and none at all", "compared by difference only", new HugeDurations()),
                new Row(
                        28,
                        "size and reports under race",
                        "never negative, never above what was submitted",
                        new SizeUnderRace()));
    }
}
