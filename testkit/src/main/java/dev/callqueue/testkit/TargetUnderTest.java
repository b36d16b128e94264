package dev.callqueue.testkit;

import static java.util.Objects.requireNonNull;

import dev.callqueue.CallQueue;
import dev.callqueue.CallTarget;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A kind of target that the contract is to hold for: how to open one, and what the tests have to know of it.
 *
 * @param name what to call it
 * @param atOnce how many calls can run at the same time
 * @param capacity how many calls there is room for, at least 64; {@link #UNBOUNDED} for any number
 * @param opening makes the queue behind the target, and whoever serves it, from the threads of a test. What leaves the
 *     receiving must go to the uncaught exception handler of the thread, and the target must go on
 * @param view what the tests call instead of the queue itself
 * @param lasting which threads live on after a test, because they belong to a toolkit; those of the library, the JDK and
 *     JUnit are known
 */
public record TargetUnderTest(
        String name,
        int atOnce,
        int capacity,
        Function<Threads, CallQueue> opening,
        UnaryOperator<CallTarget> view,
        Predicate<Thread> lasting) {

    /** Room for any number of calls. */
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    /** Checks what it is given. */
    public TargetUnderTest {
        requireNonNull(name, "name");
        requireNonNull(opening, "opening");
        requireNonNull(view, "view");
        requireNonNull(lasting, "lasting");
        if (atOnce < 1) {
            throw new IllegalArgumentException("atOnce must be at least 1: " + atOnce);
        }
        if (capacity < 64) {
            throw new IllegalArgumentException("capacity must be at least 64: " + capacity);
        }
    }

    /**
     * A target with one thread and room for any number of calls.
     *
     * @param name what to call it
     * @param opening makes the queue, and whoever serves it, from the threads of a test
     * @return the description
     */
    public static TargetUnderTest of(String name, Function<Threads, CallQueue> opening) {
        return new TargetUnderTest(name, 1, UNBOUNDED, opening, queue -> queue, thread -> false);
    }

    /**
     * The same with another number of calls that can run at the same time.
     *
     * @param calls the number
     * @return the description
     */
    public TargetUnderTest withAtOnce(int calls) {
        return new TargetUnderTest(name, calls, capacity, opening, view, lasting);
    }

    /**
     * The same with another number of calls that there is room for.
     *
     * @param calls the number
     * @return the description
     */
    public TargetUnderTest withCapacity(int calls) {
        return new TargetUnderTest(name, atOnce, calls, opening, view, lasting);
    }

    /**
     * The same seen in another way.
     *
     * @param newView what the tests call instead of the queue
     * @return the description
     */
    public TargetUnderTest seenAs(UnaryOperator<CallTarget> newView) {
        return new TargetUnderTest(name, atOnce, capacity, opening, newView, lasting);
    }

    /**
     * The same with threads that live on after a test.
     *
     * @param which which threads
     * @return the description
     */
    public TargetUnderTest withLasting(Predicate<Thread> which) {
        return new TargetUnderTest(name, atOnce, capacity, opening, view, which);
    }

    @Override
    public String toString() {
        return name;
    }
}
