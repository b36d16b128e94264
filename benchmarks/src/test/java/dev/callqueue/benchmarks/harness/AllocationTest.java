package dev.callqueue.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callqueue.benchmarks.contender.Contender;
import dev.callqueue.benchmarks.contender.Op;
import dev.callqueue.benchmarks.contender.Peer;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AllocationTest {
    /** Allocates a kilobyte for each call. */
    private static final class Wasteful implements Contender {
        private static volatile byte[] sink = {};

        @Override
        public Object call(Op op) {
            sink = new byte[1000];
            return op.call();
        }

        @Override
        public void close() {}
    }

    @Test
    void whatACallAllocatesIsCounted() throws Exception {
        try (Lane lane = Lane.open(new Peer("wasteful", "wasteful", Set.of(), Wasteful::new))) {
            assertThat(Allocation.bytesPerCall(lane, Kind.CALL, 100_000)).isBetween(1000.0, 1100.0);
        }
    }
}
