package dev.callqueue;

import static dev.callqueue.Delays.LONG;
import static dev.callqueue.Eventually.eventually;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads and queues of one test. Closing ends them all, reports what went wrong in a thread and was not looked at,
 * and makes sure that no thread is left, neither the test's nor the library's.
 */
final class Threads implements AutoCloseable {
    /** How the names of the library's threads begin that serve all queues, and end by themselves after a while. */
    static final String SHARED = "callqueue-";

    /** How the name of the one of them begins that watches over owners. */
    static final String WATCH = SHARED + "watch";

    private static final Set<Thread.State> PARKED = EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private final Set<Thread> before = living();
    private final List<Started<?>> started = new CopyOnWriteArrayList<>();
    private final List<Gate> gates = new CopyOnWriteArrayList<>();
    private final List<CallQueue> queues = new CopyOnWriteArrayList<>();
    private final List<ExecutorService> loops = new ArrayList<>();

    /** Something to do that has no value. */
    interface Body {
        void run() throws Exception;
    }

    /** Starts a thread that does this. */
    <T> Started<T> start(String name, Callable<T> body) {
        var thread = new Started<>(name, body);
        started.add(thread);
        thread.start();
        return thread;
    }

    /** Starts a thread that does this. */
    Started<Void> start(String name, Body body) {
        return start(name, () -> {
            body.run();
            return null;
        });
    }

    /** A queue owned by a new thread, which receives until the queue is closed. */
    CallQueue owner(String name) {
        return receiving(name, CallQueue::forCurrentThread);
    }

    /** A queue made by a new thread, which then receives until the queue is closed. */
    CallQueue receiving(String name, Callable<CallQueue> make) {
        var made = new CompletableFuture<CallQueue>();
        start(name, () -> {
            var queue = make.call();
            made.complete(queue);
            queue.receiveUntilClosed();
        });
        return closing(made.join());
    }

    /** A loop of one thread, for {@link CallQueue#on}. */
    Loop loop(String name) {
        var loop = new Loop(name);
        loops.add(loop.executor());
        return loop;
    }

    /** A gate, which will be open at the end. */
    Gate gate() {
        var gate = new Gate();
        gates.add(gate);
        return gate;
    }

    /** A gate at which so many threads of the target stand: with all of them, the target begins nothing until it opens. */
    Gate hold(CallTarget target, int count) {
        Gate gate = gate();
        for (int i = 0; i < count; i++) {
            target.execute(gate::pass);
        }
        gate.awaitArrivals(count);
        return gate;
    }

    /** The same queue, which will be closed at the end. */
    CallQueue closing(CallQueue queue) {
        queues.add(queue);
        return queue;
    }

    @Override
    public void close() {
        gates.forEach(Gate::open);
        queues.forEach(CallQueue::closeNow);
        loops.forEach(ExecutorService::shutdown);
        started.forEach(Started::end);
        eventually(() -> assertEquals(Set.of(), left(), "threads left"));
    }

    private Set<Thread> left() {
        Set<Thread> left = living();
        left.removeAll(before);
        left.remove(Thread.currentThread());
        left.removeIf(Threads::isShared);
        return left;
    }

    private static Set<Thread> living() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    /** Whether the thread serves more than one test: of the JDK, of the test engine, or of the library. */
    private static boolean isShared(Thread thread) {
        var group = thread.getThreadGroup();
        return group == null
                || !group.getName().equals("main")
                || thread.getName().startsWith(SHARED)
                || thread.getName().startsWith("junit")
                || thread.getName().startsWith("surefire")
                || thread.getName().startsWith("ForkJoinPool.commonPool")
                || thread.getName().equals("CompletableFutureDelayScheduler");
    }

    /** Waits until the thread has ended that looks for what no event announces, because there is nothing to watch. */
    static void awaitNoWatch() {
        eventually(() -> assertTrue(Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith(WATCH))));
    }

    /** Waits until the thread is parked. */
    static void awaitParked(Thread thread) {
        eventually(() -> assertTrue(PARKED.contains(thread.getState()), "parked: " + thread));
    }

    /** Waits until the thread is parked in a wait for a call, an item or a place, and who searches for deadlocks knows it. */
    static void awaitSettled(Thread thread) {
        eventually(() -> assertInstanceOf(Awaited.class, LockSupport.getBlocker(thread)));
    }

    /** One thread and what became of it. */
    static final class Started<T> {
        private final CountDownLatch ended = new CountDownLatch(1);
        private final Thread thread;
        private T value;
        private Throwable failure;
        private volatile boolean looked;

        private Started(String name, Callable<T> body) {
            thread = new Thread(() -> run(body), name);
        }

        private void run(Callable<T> body) {
            try {
                value = body.call();
            } catch (Throwable e) {
                failure = e;
            } finally {
                ended.countDown();
            }
        }

        private void start() {
            thread.start();
        }

        /** The thread itself. */
        Thread thread() {
            return thread;
        }

        /** What the thread returned; waits for it. */
        T result() {
            awaitEnd();
            if (failure != null) {
                throw new AssertionError(thread.getName() + " failed", failure);
            }
            return value;
        }

        /** What the thread threw; waits for it. */
        Throwable failure() {
            awaitEnd();
            return requireNonNull(failure, () -> thread.getName() + " returned " + value);
        }

        /** Waits until the thread is parked. */
        Started<T> awaitParked() {
            Threads.awaitParked(thread);
            return this;
        }

        private void end() {
            if (!looked) {
                result();
            }
        }

        private void awaitEnd() {
            looked = true;
            try {
                if (!ended.await(LONG.toNanos(), NANOSECONDS)) {
                    throw stuck();
                }
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted while waiting for " + thread, e);
            }
        }

        private AssertionError stuck() {
            var where = new AssertionError(thread.getName() + " does not end; it is here");
            where.setStackTrace(thread.getStackTrace());
            thread.interrupt();
            return where;
        }
    }

    /** A loop that runs Runnables on its only thread, like the ones of user interfaces and network libraries. */
    static final class Loop {
        private final ExecutorService executor;
        private volatile Thread thread;

        private Loop(String name) {
            ThreadFactory factory = task -> thread = new Thread(task, name);
            executor = Executors.newSingleThreadExecutor(factory);
        }

        /** Where the loop takes its Runnables. */
        ExecutorService executor() {
            return executor;
        }

        /** Whether the current thread is the loop's. */
        boolean inLoop() {
            return Thread.currentThread() == thread;
        }
    }
}
