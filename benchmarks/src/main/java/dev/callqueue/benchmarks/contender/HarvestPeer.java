package dev.callqueue.benchmarks.contender;

import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * A harvester that can be opened.
 *
 * @param id its name in files
 * @param title its name for people
 * @param opener what opens it, with so many threads
 */
public record HarvestPeer(String id, String title, IntFunction<Harvester> opener) {
    /** All of them. */
    public static List<HarvestPeer> all() {
        return Stream.concat(
                        Stream.of(
                                new HarvestPeer("callqueue", "callqueue", CallQueueHarvester::new),
                                new HarvestPeer(
                                        "ecs",
                                        "ExecutorCompletionService",
                                        threads ->
                                                new CompletionServiceHarvester(Executors.newFixedThreadPool(threads)))),
                        ServiceLoader.load(PeerSource.class).stream()
                                .flatMap(source -> source.get().harvesters().stream()))
                .toList();
    }

    /** The one with this id. */
    public static HarvestPeer named(String id) {
        return all().stream()
                .filter(peer -> peer.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such harvester on this JDK: " + id));
    }
}
