package dev.callqueue.testkit;

import static dev.callqueue.testkit.Delays.SHORT;
import static dev.callqueue.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.CallTarget;
import dev.callqueue.CallTimeoutException;
import dev.callqueue.QueueClosedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/** What all parts of the contract share: the target, opened for each test, and the threads of the test. */
@ExtendWith(HangDetector.class)
public abstract class Contract {
    private TargetUnderTest kind;

    /** The threads of the test. */
    protected Threads threads;

    /** The queue behind the target. */
    protected CallQueue queue;

    /** What the test calls. */
    protected CallTarget target;

    /** For subclasses. */
    protected Contract() {}

    /**
     * What is to be tested.
     *
     * @return the description
     */
    protected abstract TargetUnderTest targetUnderTest();

    @BeforeEach
    void open() {
        kind = targetUnderTest();
        threads = new Threads(kind.lasting());
        queue = threads.closing(kind.opening().apply(threads));
        target = kind.view().apply(queue);
    }

    @AfterEach
    void endAndCheckThatNothingIsLeft() {
        threads.end();
    }

    void release() {
        threads.release();
    }

    @Override
    public String toString() {
        return "of target " + kind;
    }

    /** What the test knows of the target. */
    TargetUnderTest kind() {
        return kind;
    }

    /** How many calls can run at the same time. */
    int atOnce() {
        return kind.atOnce();
    }

    /** Holds all threads of the target, so that it begins nothing until the gate opens. */
    Gate holdTarget() {
        return threads.hold(target, atOnce());
    }

    /** Leaves the target one thread, so that the order of its calls can be seen. */
    void leaveOneThread() {
        threads.hold(target, atOnce() - 1);
    }

    /** Waits until so many calls have not begun. */
    void awaitWaiting(int calls) {
        eventually(() -> calls + " calls wait: " + queue.report(), () -> queue.size() == calls);
    }

    /** Waits until the target has begun and ended calls on all its threads. */
    void letAllThreadsPass() {
        Gate gate = threads.gate();
        List<Call<?>> passing = IntStream.range(0, atOnce())
                .<Call<?>>mapToObj(i -> target.submit(gate::pass))
                .toList();
        gate.awaitArrivals(atOnce());
        gate.open();
        passing.forEach(Call::result);
    }

    /** Calls, with more and more time, what stops at a gate, until it is given up after it has begun. */
    static <X extends Exception> void giveUpRunning(CallTarget target, CallTarget.VoidOp<X> op) {
        Duration limit = SHORT;
        boolean neverRan;
        do {
            CallTarget limited = target.within(limit);
            neverRan = assertThrows(CallTimeoutException.class, () -> limited.call(op))
                    .withdrawn();
            limit = limit.multipliedBy(2); // the machine is busy
        } while (neverRan);
    }

    /** A function that throws this. */
    static <T extends @Nullable Object> Callable<T> failing(Throwable failure) {
        return () -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        };
    }

    /** The target with a pump that throws this. */
    CallTarget pumpingFails(RuntimeException failure) {
        return target.pumping(() -> {
            throw failure;
        });
    }

    /** A function that stops at the gate and then returns the value. */
    static <T extends @Nullable Object> Callable<T> passing(Gate gate, T value) {
        return () -> {
            gate.pass();
            return value;
        };
    }

    /** What a queue throws that is none of the target's, and closed. */
    QueueClosedException refusalOfAnother() {
        CallQueue another = threads.closing(CallQueue.create());
        another.close();
        return assertThrows(QueueClosedException.class, () -> another.execute(() -> {}));
    }

    /** Checks that this very exception is thrown. */
    static void assertThrowsThis(Throwable expected, Executable body) {
        assertSame(expected, assertThrows(Throwable.class, body));
    }
}
