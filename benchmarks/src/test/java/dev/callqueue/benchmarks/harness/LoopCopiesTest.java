package dev.callqueue.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callqueue.benchmarks.contender.Contender;
import dev.callqueue.benchmarks.contender.Op;
import dev.callqueue.benchmarks.contender.Peers;
import org.junit.jupiter.api.Test;

class LoopCopiesTest {
    @Test
    void eachCopyIsAClassOfItsOwnAndDoesTheSame() throws Exception {
        Loop one = LoopCopies.copy(CallLoop.class, Loop.class);
        Loop other = LoopCopies.copy(CallLoop.class, Loop.class);

        assertThat(one.getClass()).isNotEqualTo(other.getClass());
        try (Contender contender = Peers.STX.open()) {
            Op op = new Op();
            one.run(contender, op, 3);
            other.run(contender, op, 4);
            assertThat(op.count()).isEqualTo(7);
        }
    }
}
