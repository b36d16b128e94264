package dev.callqueue.testkit;

import static dev.callqueue.testkit.Delays.LONG;

import dev.callqueue.CallQueue;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Targets whose calls are received by threads of the user's. */
@ParameterizedClass(name = "{0}")
@MethodSource("kinds")
class OwnThreadTest extends CallTargetContract {
    private final TargetUnderTest kind;

    OwnThreadTest(TargetUnderTest kind) {
        this.kind = kind;
    }

    @Override
    protected TargetUnderTest targetUnderTest() {
        return kind;
    }

    static Stream<TargetUnderTest> kinds() {
        return Stream.of(
                TargetUnderTest.of("owner", threads -> threads.owner("owner")),
                TargetUnderTest.of(
                        "owner with a loop of its own",
                        threads -> threads.serving(
                                work -> new Thread(work, "owner"),
                                CallQueue::forCurrentThread,
                                queue -> queue.receive(LONG))),
                TargetUnderTest.of("one receiver", OwnThreadTest::oneReceiver),
                TargetUnderTest.of("two receivers", OwnThreadTest::twoReceivers).withAtOnce(2));
    }

    private static CallQueue oneReceiver(Threads threads) {
        return threads.serving(
                work -> new Thread(work, "receiver"), CallQueue::create, CallQueue::receiveUntilClosed);
    }

    private static CallQueue twoReceivers(Threads threads) {
        CallQueue queue = oneReceiver(threads);
        threads.start("second receiver", () -> Threads.serve(queue, CallQueue::receiveUntilClosed));
        return queue;
    }
}
