package dev.callqueue.benchmarks.contender;

import java.util.List;

/** Further contenders, which need a newer JDK; found by the service loader where they were compiled. */
public interface PeerSource {
    /** The contenders. */
    List<Peer> peers();

    /** The harvesters. */
    List<HarvestPeer> harvesters();
}
