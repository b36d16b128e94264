package dev.callqueue.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** A call and its result. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SyncBenchmark {
    /** One caller. */
    @Benchmark
    @Threads(1)
    public Object callers1(OpenContender open) throws Exception {
        return open.contender().call(open.op);
    }

    /** Two callers. */
    @Benchmark
    @Threads(2)
    public Object callers2(OpenContender open) throws Exception {
        return open.contender().call(open.op);
    }

    /** Four callers. */
    @Benchmark
    @Threads(4)
    public Object callers4(OpenContender open) throws Exception {
        return open.contender().call(open.op);
    }
}
