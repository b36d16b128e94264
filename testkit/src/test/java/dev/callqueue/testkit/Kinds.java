package dev.callqueue.testkit;

import static dev.callqueue.testkit.Delays.LONG;

import dev.callqueue.CallQueue;
import dev.callqueue.Waiting;
import dev.callqueue.WhenFull;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.swing.SwingUtilities;

/** The kinds of target that callqueue itself has: who runs the calls, how threads wait, how many calls there is room for. */
final class Kinds {
    private static final int ROOM = 64;

    private Kinds() {}

    private static ThreadFactory named(String name) {
        return work -> new Thread(work, name);
    }

    /** A queue owned by a thread that makes it and then receives until it is closed. */
    private static CallQueue owner(Threads threads, UnaryOperator<CallQueue.Builder> options) {
        return threads.serving(
                named("owner"),
                () -> options.apply(CallQueue.builder().owner(Thread.currentThread()))
                        .build(),
                CallQueue::receiveUntilClosed);
    }

    /** Threads of the user's that own the queue. */
    static Stream<TargetUnderTest> owners() {
        return Stream.of(
                TargetUnderTest.of("owner", threads -> threads.owner("owner")),
                TargetUnderTest.of(
                        "owner with a loop of its own",
                        threads -> threads.serving(
                                named("owner"), CallQueue::forCurrentThread, queue -> queue.receive(LONG))),
                TargetUnderTest.of(
                        "parking owner", threads -> owner(threads, options -> options.waiting(Waiting.PARK))),
                TargetUnderTest.of(
                        "spinning owner", threads -> owner(threads, options -> options.waiting(Waiting.SPIN))));
    }

    /** Threads that happen to receive. */
    static Stream<TargetUnderTest> receivers() {
        return Stream.of(
                TargetUnderTest.of("one receiver", Kinds::oneReceiver),
                TargetUnderTest.of("two receivers", Kinds::twoReceivers).withAtOnce(2));
    }

    private static CallQueue oneReceiver(Threads threads) {
        return threads.serving(named("receiver"), CallQueue::create, CallQueue::receiveUntilClosed);
    }

    private static CallQueue twoReceivers(Threads threads) {
        CallQueue queue = oneReceiver(threads);
        threads.start("second receiver", () -> Threads.serve(queue, CallQueue::receiveUntilClosed));
        return queue;
    }

    /** Threads of the queue's own. */
    static Stream<TargetUnderTest> consumers() {
        return Stream.of(
                TargetUnderTest.of("one consumer", threads -> CallQueue.withConsumers(1)),
                TargetUnderTest.of("four consumers", threads -> CallQueue.withConsumers(4))
                        .withAtOnce(4));
    }

    /** Virtual threads, on a JDK that has them. */
    static Stream<TargetUnderTest> virtualThreads() {
        ThreadFactory virtual = VirtualThreads.factory();
        return Stream.of(
                TargetUnderTest.of(
                                "four virtual consumers",
                                threads -> CallQueue.builder()
                                        .consumers(4)
                                        .consumerThreads(threads.ending(virtual))
                                        .build())
                        .withAtOnce(4),
                TargetUnderTest.of(
                        "virtual owner",
                        threads ->
                                threads.serving(virtual, CallQueue::forCurrentThread, CallQueue::receiveUntilClosed)));
    }

    /** Threads of the queue's own, virtual ones too if this JDK has them. */
    static Stream<TargetUnderTest> allConsumers() {
        return VirtualThreads.exist() ? Stream.concat(consumers(), virtualThreads()) : consumers();
    }

    /** Loops that exist already; the event loop alone is in {@link EventLoopTest}. */
    static Stream<TargetUnderTest> loopsOfTheJdk() {
        return Stream.of(
                TargetUnderTest.of("executor", Kinds::executor),
                TargetUnderTest.of(
                                "Swing",
                                threads -> CallQueue.on(
                                        SwingUtilities::invokeLater, SwingUtilities::isEventDispatchThread))
                        .withLasting(thread -> thread.getName().startsWith("AWT-")));
    }

    /** Loops that exist already. */
    static Stream<TargetUnderTest> loops() {
        return Stream.concat(Stream.of(new EventLoopTest().targetUnderTest()), loopsOfTheJdk());
    }

    private static CallQueue executor(Threads threads) {
        var thread = new AtomicReference<Thread>();
        ExecutorService executor = Executors.newSingleThreadExecutor(work -> {
            thread.set(new Thread(work, "executor"));
            return thread.get();
        });
        threads.atEnd(executor::shutdown);
        return CallQueue.on(executor, () -> Thread.currentThread() == thread.get());
    }

    /** Queues with room for only so many calls, which refuse more. */
    static Stream<TargetUnderTest> refusing() {
        return bounded("refusing", WhenFull.REFUSE);
    }

    /** Queues with room for only so many calls, which let callers wait for a place. */
    static Stream<TargetUnderTest> waiting() {
        return bounded("waiting", WhenFull.WAIT);
    }

    private static Stream<TargetUnderTest> bounded(String name, WhenFull whenFull) {
        return Stream.of(
                        TargetUnderTest.of(
                                name + " owner",
                                threads -> owner(
                                        threads,
                                        options -> options.capacity(ROOM).whenFull(whenFull))),
                        TargetUnderTest.of(
                                        name + " consumers",
                                        threads -> CallQueue.builder()
                                                .consumers(2)
                                                .capacity(ROOM)
                                                .whenFull(whenFull)
                                                .build())
                                .withAtOnce(2))
                .map(kind -> kind.withCapacity(ROOM));
    }

    /** Queues seen through views. */
    static Stream<TargetUnderTest> views() {
        return Stream.of(
                TargetUnderTest.of("view of an owner", threads -> threads.owner("owner"))
                        .seenAs(queue -> queue.within(LONG).named("view")),
                TargetUnderTest.of("view of consumers", threads -> CallQueue.withConsumers(2))
                        .withAtOnce(2)
                        .seenAs(queue -> queue.named("view").within(LONG.multipliedBy(3))));
    }

    /** Those of which it is known which threads run their calls: where anybody may receive, somebody still might. */
    static Stream<TargetUnderTest> withKnownThreads() {
        return Stream.of(owners(), allConsumers(), loops()).flatMap(kinds -> kinds);
    }

    /** Those of which the JVM tells for what lock their threads wait. */
    static Stream<TargetUnderTest> onPlatformThreads() {
        return Stream.of(owners(), receivers(), consumers(), loops()).flatMap(kinds -> kinds);
    }
}
