package dev.callqueue.benchmarks.contender;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HarvestPeerTest {
    static List<HarvestPeer> peers() {
        return HarvestPeer.all();
    }

    @ParameterizedTest
    @MethodSource("peers")
    void allResultsAreHarvested(HarvestPeer peer) throws Exception {
        try (Harvester harvester = peer.opener().apply(3)) {
            List<Integer> inputs = IntStream.rangeClosed(1, 1000).boxed().toList();
            assertThat(harvester.harvest(inputs, input -> 2 * input)).isEqualTo(1_001_000);
            assertThat(harvester.harvest(inputs, input -> input)).isEqualTo(500_500);
        }
    }
}
