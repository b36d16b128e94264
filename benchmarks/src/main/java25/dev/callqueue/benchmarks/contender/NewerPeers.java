package dev.callqueue.benchmarks.contender;

import java.util.List;
import java.util.concurrent.Executors;

/** The contenders that need JDK 25. */
public final class NewerPeers implements PeerSource {
    @Override
    public List<Peer> peers() {
        return List.of(
                new Peer(
                        "virtual",
                        "a virtual thread per call",
                        () -> new ExecutorContender(Executors.newVirtualThreadPerTaskExecutor()),
                        Trait.UNORDERED),
                new Peer("jox", "jox ActorRef", JoxContender::new));
    }

    @Override
    public List<HarvestPeer> harvesters() {
        return List.of(new HarvestPeer(
                "ecs-virtual",
                "ExecutorCompletionService, a virtual thread per job",
                any -> new CompletionServiceHarvester(Executors.newVirtualThreadPerTaskExecutor())));
    }
}
