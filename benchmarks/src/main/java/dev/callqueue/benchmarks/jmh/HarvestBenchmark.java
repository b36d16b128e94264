package dev.callqueue.benchmarks.jmh;

import dev.callqueue.benchmarks.contender.HarvestPeer;
import dev.callqueue.benchmarks.contender.Harvester;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Tiny jobs for a few threads, harvested in the order in which they end. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HarvestBenchmark {
    static final int JOBS = 100_000;

    /** Who works them off; on a newer JDK also {@code -p id=ecs-virtual}. */
    @Param({"callqueue", "ecs"})
    public String id = "";

    /** How many threads. */
    @Param({"1", "4", "16"})
    public int threads;

    private final List<Integer> inputs = IntStream.range(0, JOBS).boxed().toList();
    private @Nullable Harvester harvester;

    /** Starts the threads. */
    @Setup(Level.Trial)
    public void open() {
        harvester = HarvestPeer.named(id).opener().apply(threads);
    }

    /** All jobs. */
    @Benchmark
    @OperationsPerInvocation(JOBS)
    public long harvest() throws Exception {
        return harvester().harvest(inputs, input -> input);
    }

    private Harvester harvester() {
        return Objects.requireNonNull(harvester, "not open");
    }

    /** Ends the threads. */
    @TearDown(Level.Trial)
    public void close() throws Exception {
        harvester().close();
    }
}
