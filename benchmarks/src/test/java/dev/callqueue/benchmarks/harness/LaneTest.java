package dev.callqueue.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.callqueue.benchmarks.contender.Contender;
import dev.callqueue.benchmarks.contender.Op;
import dev.callqueue.benchmarks.contender.Peer;
import dev.callqueue.benchmarks.contender.Peers;
import dev.callqueue.benchmarks.contender.Trait;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LaneTest {
    /** Runs every other call only. */
    private static final class Forgetful implements Contender {
        private int calls;

        @Override
        public Object call(Op op) {
            return calls++ % 2 == 0 ? op.call() : op;
        }

        @Override
        public void close() {}
    }

    static List<Peer> restless() {
        return Peers.all().stream().filter(peer -> peer.is(Trait.RESTLESS)).toList();
    }

    @Test
    void aContenderThatLosesCallsIsFoundOut() throws Exception {
        Lane lane = Lane.open(new Peer("forgetful", "forgetful", Set.of(), Forgetful::new));
        lane.run(new CallLoop(), 10);

        assertThatThrownBy(lane::close).hasRootCauseMessage("forgetful ran 5 of 10 calls");
    }

    @ParameterizedTest
    @MethodSource("restless")
    void betweenItsTurnsARestlessContenderHasNoThreadThatRuns(Peer peer) throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (Lane lane = Lane.open(peer)) {
            lane.wake();
            lane.run(new CallLoop(), 3);
            lane.sleep();

            await(peer.id()).pollInSameThread().until(() -> {
                Set<Thread> mine = new HashSet<>(Thread.getAllStackTraces().keySet());
                mine.removeAll(before);
                return mine.stream().noneMatch(thread -> thread.getState() == Thread.State.RUNNABLE);
            });

            lane.wake();
            lane.run(new CallLoop(), 3);
        }
    }
}
