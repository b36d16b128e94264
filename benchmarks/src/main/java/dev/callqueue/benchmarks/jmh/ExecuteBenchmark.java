package dev.callqueue.benchmarks.jmh;

import dev.callqueue.benchmarks.contender.Contender;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Many calls, fired and forgotten; then a last one is awaited, so that none piles up. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(ExecuteBenchmark.BATCH)
public class ExecuteBenchmark {
    static final int BATCH = 8192;

    /** One caller. */
    @Benchmark
    @Threads(1)
    public Object producers1(OpenContender open) throws Exception {
        return executeAll(open);
    }

    /** Two callers. */
    @Benchmark
    @Threads(2)
    public Object producers2(OpenContender open) throws Exception {
        return executeAll(open);
    }

    /** Four callers. */
    @Benchmark
    @Threads(4)
    public Object producers4(OpenContender open) throws Exception {
        return executeAll(open);
    }

    private static Object executeAll(OpenContender open) throws Exception {
        Contender contender = open.contender();
        for (int i = 1; i < BATCH; i++) {
            contender.execute(open.op);
        }
        return contender.call(open.op);
    }
}
