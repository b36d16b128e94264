package dev.callqueue;

import static dev.callqueue.Delays.LONG;

import java.util.Arrays;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The kinds of target: who runs the calls, how threads wait, how many calls there is room for, and views. */
enum Kind {
    OWNER(1, threads -> threads.owner("owner")),
    PARKING_OWNER(1, threads -> waiting(threads, Waiting.PARK)),
    SPINNING_OWNER(1, threads -> waiting(threads, Waiting.SPIN)),
    RECEIVER(1, threads -> threads.receiving("receiver", CallQueue::create)),
    TWO_RECEIVERS(2, Kind::twoReceivers),
    ONE_CONSUMER(1, threads -> CallQueue.withConsumers(1)),
    FOUR_CONSUMERS(4, threads -> CallQueue.withConsumers(4)),
    VIRTUAL_CONSUMERS(4, threads -> consumersFrom(VirtualThreads.factory())),
    LOOP(1, Kind::loop),
    REFUSING(1, threads -> threads.receiving("owner", () -> bounded(1_024, WhenFull.REFUSE))),
    WAITING(1, threads -> threads.receiving("owner", () -> bounded(32, WhenFull.WAIT))),
    VIEW(1, threads -> threads.owner("owner"), queue -> queue.within(LONG).named("view"));

    private final int threads;
    private final Making making;
    private final UnaryOperator<CallTarget> view;

    /** Makes the queue and whoever serves it. */
    private interface Making {
        CallQueue make(Threads threads);
    }

    Kind(int threads, Making making) {
        this(threads, making, queue -> queue);
    }

    Kind(int threads, Making making, UnaryOperator<CallTarget> view) {
        this.threads = threads;
        this.making = making;
        this.view = view;
    }

    /** The kinds that this JDK has. */
    static Stream<Kind> all() {
        return Arrays.stream(values()).filter(kind -> kind != VIRTUAL_CONSUMERS || VirtualThreads.exist());
    }

    /** How many calls can run at the same time. */
    int threads() {
        return threads;
    }

    CallQueue open(Threads of) {
        return of.closing(making.make(of));
    }

    CallTarget view(CallQueue queue) {
        return view.apply(queue);
    }

    private static CallQueue waiting(Threads threads, Waiting how) {
        return threads.receiving(
                "owner",
                () -> CallQueue.builder()
                        .owner(Thread.currentThread())
                        .waiting(how)
                        .build());
    }

    private static CallQueue twoReceivers(Threads threads) {
        CallQueue queue = threads.receiving("receiver 1", CallQueue::create);
        threads.start("receiver 2", queue::receiveUntilClosed);
        return queue;
    }

    private static CallQueue consumersFrom(ThreadFactory factory) {
        return CallQueue.builder().consumers(4).consumerThreads(factory).build();
    }

    private static CallQueue loop(Threads threads) {
        var loop = threads.loop("loop");
        return CallQueue.on(loop.executor(), loop::inLoop);
    }

    private static CallQueue bounded(int capacity, WhenFull whenFull) {
        return CallQueue.builder()
                .owner(Thread.currentThread())
                .capacity(capacity)
                .whenFull(whenFull)
                .build();
    }
}
