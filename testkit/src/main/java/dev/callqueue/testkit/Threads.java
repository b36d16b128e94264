package dev.callqueue.testkit;

import static dev.callqueue.testkit.Delays.LONG;
import static dev.callqueue.testkit.Eventually.eventually;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.callqueue.CallQueue;
import dev.callqueue.CallTarget;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The threads, gates and queues of one test. At its end all gates open, all queues close, and all threads have to end –
 * those of the test, which report what went wrong in them, and those of the target.
 */
public final class Threads {
    private final Leftovers leftovers;
    private final Uncaught uncaught = new Uncaught();
    private final List<Started<?>> started = new CopyOnWriteArrayList<>();
    private final List<Gate> gates = new CopyOnWriteArrayList<>();
    private final List<CallQueue> queues = new CopyOnWriteArrayList<>();
    private final List<Runnable> endings = new CopyOnWriteArrayList<>();

    Threads(Predicate<Thread> lasting) {
        this.leftovers = new Leftovers(lasting);
    }

    /** Something to do that has no value. */
    @FunctionalInterface
    public interface Body {
        /**
         * Does it.
         *
         * @throws Exception whatever goes wrong
         */
        void run() throws Exception;
    }

    /** One visit of a thread to the queue that it serves: {@code CallQueue::receiveUntilClosed}, for example. */
    @FunctionalInterface
    public interface Visit {
        /**
         * Receives.
         *
         * @param queue from which queue
         * @throws InterruptedException if a call has left the thread interrupted
         */
        void receive(CallQueue queue) throws InterruptedException;
    }

    /**
     * Starts a thread.
     *
     * @param name its name
     * @param body what it does
     * @param <T> what it returns
     * @return the thread
     */
    public <T extends @Nullable Object> Started<T> start(String name, Callable<T> body) {
        return start(work -> new Thread(work, name), body);
    }

    /**
     * Starts a thread that returns nothing.
     *
     * @param name its name
     * @param body what it does
     * @return the thread
     */
    public Started<@Nullable Void> start(String name, Body body) {
        return this.<@Nullable Void>start(name, () -> {
            body.run();
            return null;
        });
    }

    private <T extends @Nullable Object> Started<T> start(ThreadFactory factory, Callable<T> body) {
        var thread = new Started<>(factory, body);
        started.add(thread);
        return thread;
    }

    /**
     * Starts a thread that owns a queue and receives until it is closed.
     *
     * @param name the name of the thread and of the queue
     * @return the queue
     */
    public CallQueue owner(String name) {
        return serving(
                work -> new Thread(work, name),
                () -> CallQueue.builder()
                        .name(name)
                        .owner(Thread.currentThread())
                        .build(),
                CallQueue::receiveUntilClosed);
    }

    /**
     * Starts a thread that makes a queue and serves it.
     *
     * @param factory what makes the thread
     * @param make what makes the queue
     * @param visit how the thread receives, again and again until the queue is closed
     * @return the queue
     */
    public CallQueue serving(ThreadFactory factory, Callable<CallQueue> make, Visit visit) {
        var made = new CompletableFuture<CallQueue>();
        start(factory, () -> {
            try {
                made.complete(make.call());
            } catch (Exception failure) {
                made.completeExceptionally(failure);
            }
            serve(made.join(), visit);
            return null;
        });
        return closing(made.orTimeout(LONG.toNanos(), NANOSECONDS).join());
    }

    /**
     * Receives again and again until the queue is closed. What leaves the receiving goes to the uncaught exception handler
     * of this thread, as if it were the end of it, and the thread goes on; {@link Leave} makes it leave.
     *
     * @param queue the queue
     * @param visit how to receive
     */
    public static void serve(CallQueue queue, Visit visit) {
        while (!queue.isClosed()) {
            try {
                visit.receive(queue);
            } catch (Leave asked) {
                return;
            } catch (InterruptedException ofACall) {
                // that was the loop's share of it: it has seen the flag, and goes on
            } catch (Throwable raised) {
                Uncaught.tell(raised);
            }
        }
    }

    /** Raised by a call in its receiver, this makes the thread leave that {@link #serve serves} the queue. */
    static final class Leave extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /**
     * A gate, which will be open at the end.
     *
     * @return the gate
     */
    public Gate gate() {
        var gate = new Gate();
        gates.add(gate);
        return gate;
    }

    /**
     * A gate at which so many threads of the target stand.
     *
     * @param target the target
     * @param count how many; if all, the target begins nothing until the gate opens
     * @return the gate
     */
    public Gate hold(CallTarget target, int count) {
        Gate gate = gate();
        for (int i = 0; i < count; i++) {
            target.execute(gate::pass);
        }
        gate.awaitArrivals(count);
        return gate;
    }

    /**
     * Has the queue closed at the end.
     *
     * @param queue the queue
     * @return the same queue
     */
    public CallQueue closing(CallQueue queue) {
        queues.add(queue);
        return queue;
    }

    /**
     * Has this done at the end, after the queues are closed.
     *
     * @param ending what to do
     */
    public void atEnd(Runnable ending) {
        endings.add(ending);
    }

    /**
     * Waits at the end until the threads that this factory makes have ended: for virtual threads, of which no list exists.
     *
     * @param factory the factory
     * @return a factory of the same threads
     */
    public ThreadFactory ending(ThreadFactory factory) {
        return work -> {
            Thread thread = factory.newThread(work);
            atEnd(() -> eventually(() -> "ended: " + thread, () -> !thread.isAlive()));
            return thread;
        };
    }

    /** What leaves the threads of the target. */
    Uncaught uncaught() {
        return uncaught;
    }

    /** All gates made until now. */
    List<Gate> gates() {
        return gates;
    }

    /** Lets everything go that is held, so that whatever can end does. */
    void release() {
        gates.forEach(Gate::open);
        queues.forEach(CallQueue::closeNow);
    }

    /** Ends everything, and fails if something does not end or went wrong unseen. */
    void end() {
        release();
        try {
            endings.forEach(Runnable::run);
            started.forEach(Started::checkEnd);
            queues.forEach(Threads::checkNothingLeft);
            leftovers.awaitNone();
        } finally {
            uncaught.close();
        }
    }

    private static void checkNothingLeft(CallQueue queue) {
        eventually(
                () -> "nothing left in the closed queue: " + queue.report(),
                () -> queue.size() == 0 && queue.report().running().isEmpty());
    }
}
