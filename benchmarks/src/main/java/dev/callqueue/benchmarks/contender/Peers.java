package dev.callqueue.benchmarks.contender;

import static dev.callqueue.benchmarks.contender.Trait.CALLS_ONLY;
import static dev.callqueue.benchmarks.contender.Trait.LIMIT;
import static dev.callqueue.benchmarks.contender.Trait.RESTLESS;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.BusySpinWaitStrategy;
import dev.callqueue.Waiting;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;

/** All contenders. */
public final class Peers {
    /** callqueue as one gets it: one consumer, hybrid waiting. */
    public static final Peer CALLQUEUE =
            new Peer("callqueue", "callqueue", () -> CallQueueContender.consumer(Waiting.HYBRID));

    /** callqueue with spinning switched off. */
    public static final Peer CALLQUEUE_PARK =
            new Peer("callqueue-park", "callqueue (PARK)", () -> CallQueueContender.consumer(Waiting.PARK));

    /** callqueue without its promises. */
    public static final Peer BARE = new Peer("bare", "callqueue's core, bare", BareQueue::new);

    /** What everything is compared with. */
    public static final Peer STX = new Peer(
            "stx", "newSingleThreadExecutor", () -> new ExecutorContender(Executors.newSingleThreadExecutor()));

    /** The limit for threads that stay on their CPUs. */
    public static final Peer VOLATILE =
            new Peer("volatile", "volatile ping-pong (limit)", VolatilePingPong::new, LIMIT, RESTLESS);

    /** The limit for threads that are suspended while they wait. */
    public static final Peer PARK = new Peer("park", "park/unpark ping-pong (limit)", ParkPingPong::new, LIMIT);

    private static final List<Peer> ALL = Stream.concat(
                    Stream.of(
                            CALLQUEUE,
                            CALLQUEUE_PARK,
                            new Peer(
                                    "callqueue-spin",
                                    "callqueue (SPIN)",
                                    () -> CallQueueContender.consumer(Waiting.SPIN),
                                    RESTLESS),
                            new Peer("callqueue-bounded", "callqueue (capacity)", CallQueueContender::bounded),
                            new Peer("callqueue-owner", "callqueue (owner, until closed)", CallQueueContender::owner),
                            new Peer("callqueue-loop", "callqueue (owner's own loop)", CallQueueContender::loop),
                            BARE,
                            STX,
                            new Peer("fjp", "ForkJoinPool(1)", () -> new ExecutorContender(new ForkJoinPool(1))),
                            new Peer("lbq", "LinkedBlockingQueue + future", LinkedQueueContender::new),
                            new Peer("netty", "Netty event loop", NettyContender::new),
                            new Peer(
                                    "agrona-backoff",
                                    "Agrona array, backoff",
                                    () -> new AgronaContender(new BackoffIdleStrategy()),
                                    RESTLESS),
                            new Peer(
                                    "agrona-spin",
                                    "Agrona array, busy spin",
                                    () -> new AgronaContender(new BusySpinIdleStrategy()),
                                    RESTLESS),
                            new Peer(
                                    "disruptor-block",
                                    "Disruptor, blocking",
                                    () -> new DisruptorContender(new BlockingWaitStrategy())),
                            new Peer(
                                    "disruptor-spin",
                                    "Disruptor, busy spin",
                                    () -> new DisruptorContender(new BusySpinWaitStrategy()),
                                    RESTLESS),
                            new Peer("guava", "Guava SequentialExecutor", GuavaContender::new),
                            new Peer("vertx", "Vert.x context", VertxContender::new),
                            new Peer("pekko", "Pekko ask", PekkoContender::new),
                            new Peer("swing", "Swing event queue", SwingContender::new),
                            new Peer(
                                    "recipe",
                                    "the recipe's polling, consumer",
                                    RecipeContender::consumer,
                                    CALLS_ONLY,
                                    RESTLESS),
                            new Peer(
                                    "recipe-busy",
                                    "the recipe's polling, busy owner",
                                    RecipeContender::busyOwner,
                                    CALLS_ONLY,
                                    RESTLESS),
                            VOLATILE,
                            new Peer("hand-over", "an object handed over (limit)", HandOver::new, LIMIT, RESTLESS),
                            PARK),
                    ServiceLoader.load(PeerSource.class).stream().flatMap(source -> source.get().peers().stream()))
            .toList();

    private Peers() {}

    /** All of them. */
    public static List<Peer> all() {
        return ALL;
    }

    /** Those of these that this JDK can run, in this order. */
    public static List<Peer> of(String... ids) {
        return Stream.of(ids)
                .flatMap(id -> ALL.stream().filter(peer -> peer.id().equals(id)))
                .toList();
    }

    /** The one with this id. */
    public static Peer named(String id) {
        return ALL.stream()
                .filter(peer -> peer.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such contender on this JDK: " + id));
    }

    /** Those that run calls and have futures for them. */
    public static List<Peer> withFutures() {
        return ALL.stream()
                .filter(peer -> !peer.is(LIMIT) && !peer.is(CALLS_ONLY))
                .toList();
    }

    /** Those that run what they are given one after the other. */
    public static List<Peer> inOrder() {
        return withFutures().stream().filter(peer -> !peer.is(Trait.UNORDERED)).toList();
    }
}
