package dev.callqueue.benchmarks.jmh;

import dev.callqueue.benchmarks.contender.Contender;
import dev.callqueue.benchmarks.contender.Op;
import dev.callqueue.benchmarks.contender.Peers;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A contender for one trial. Those that need a newer JDK are named on the command line: {@code -p id=virtual,jox}. */
@State(Scope.Benchmark)
public class OpenContender {
    /** Which one. */
    @Param({
        "callqueue",
        "callqueue-park",
        "callqueue-owner",
        "bare",
        "stx",
        "fjp",
        "lbq",
        "netty",
        "agrona-backoff",
        "agrona-spin",
        "disruptor-block",
        "disruptor-spin",
        "guava",
        "vertx",
        "pekko",
        "swing"
    })
    public String id = "";

    final Op op = new Op();
    private @Nullable Contender contender;

    /** Opens it. */
    @Setup(Level.Trial)
    public void open() throws Exception {
        contender = Peers.named(id).open();
    }

    Contender contender() {
        return Objects.requireNonNull(contender, "not open");
    }

    /** Ends its threads. */
    @TearDown(Level.Trial)
    public void close() throws Exception {
        contender().close();
    }
}
