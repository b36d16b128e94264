package dev.callqueue.benchmarks.contender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every contender runs what it is given, on another thread, and leaves no thread behind. */
class PeersTest {
    private static final int CALLS = 100;

    /** Threads that belong to the JVM or to a library as a whole, once it has been used. */
    private static final List<String> EVERYBODYS = List.of(
            "AWT-",
            "Java2D Disposer",
            "ForkJoinPool.commonPool",
            "Common-Cleaner",
            "Cleaner-",
            "VirtualThread-",
            "globalEventExecutor",
            "process reaper");

    static List<Peer> peers() {
        return Peers.all();
    }

    static List<Peer> peersWithFutures() {
        return Peers.withFutures();
    }

    @ParameterizedTest
    @MethodSource("peers")
    void aCallReturnsWhatItsOpReturns(Peer peer) throws Exception {
        try (Contender contender = peer.open()) {
            Op op = new Op();
            assertThat(contender.call(op)).isSameAs(op);
        }
    }

    @ParameterizedTest
    @MethodSource("peersWithFutures")
    void everyCallIsRunOnceOnAnotherThread(Peer peer) throws Exception {
        try (Contender contender = peer.open()) {
            Set<Thread> threads = ConcurrentHashMap.newKeySet();
            Op op = new Op(() -> threads.add(Thread.currentThread()));
            for (int i = 0; i < CALLS; i++) {
                contender.call(op);
                Future<?> future = contender.submit(op);
                contender.execute(op);
                future.get(10, TimeUnit.SECONDS);
            }
            contender.call(op);
            if (!peer.is(Trait.UNORDERED)) {
                assertThat(op.count()).isEqualTo(3 * CALLS + 1);
            }
            assertThat(threads).isNotEmpty().doesNotContain(Thread.currentThread());
        }
    }

    @ParameterizedTest
    @MethodSource("peers")
    void noThreadIsLeftWhenItIsClosed(Peer peer) throws Exception {
        Set<Thread> before = threads();
        try (Contender contender = peer.open()) {
            contender.call(new Op());
        }
        await(peer.id()).pollInSameThread().atMost(Duration.ofSeconds(10)).until(() -> {
            Set<Thread> left = threads();
            left.removeAll(before);
            return left.isEmpty();
        });
    }

    private static Set<Thread> threads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> !thread.isAlive()
                || EVERYBODYS.stream().anyMatch(name -> thread.getName().startsWith(name)));
        return threads;
    }

    @Test
    void idsAreUnique() {
        assertThat(Peers.all()).extracting(Peer::id).doesNotHaveDuplicates();
    }
}
