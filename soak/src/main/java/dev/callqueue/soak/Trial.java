package dev.callqueue.soak;

import dev.callqueue.CallQueue;
import dev.callqueue.CallTarget.VoidOp;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * One run of an experiment: how much it is to do, that it goes on, and the threads and queues that end with it. Thread-safe.
 */
final class Trial {
    /** One round of many. */
    @FunctionalInterface
    interface Round {
        /**
         * Does it.
         *
         * @param number counted from 0
         * @throws Exception if the experiment has failed
         */
        void run(int number) throws Exception;
    }

    private final Effort effort;
    private final Set<CallQueue> queues = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private final Deque<AutoCloseable> resources = new ArrayDeque<>(); // guarded by itself

    /** Whether something has been done since the last look. */
    private volatile boolean progress;

    Trial(Effort effort) {
        this.effort = effort;
    }

    Effort effort() {
        return effort;
    }

    // ---- how much

    /** The one number in a short trial, the other in a long one. */
    int times(int shortly, int atLength) {
        return effort.isLong() ? atLength : shortly;
    }

    /** That time in a short trial, and so large a part of the time for endurance runs in a long one. */
    Duration lasting(Duration shortly, double partOfSoak) {
        return effort.isLong() ? Duration.ofNanos((long) (effort.soak().toNanos() * partOfSoak)) : shortly;
    }

    /** Does the rounds of a loop; in a short trial, no more of them once a loop has had its time. Says how many. */
    int repeat(int shortly, int atLength, Round round) throws Exception {
        int times = times(shortly, atLength);
        long begun = System.nanoTime();
        int done = 0;
        while (done < times
                && (effort.isLong() || System.nanoTime() - begun < effort.loop().toNanos() || done == 0)) {
            round.run(done++);
            progress();
        }
        return done;
    }

    /** Does rounds until that time is over. Says how many. */
    int repeatFor(Duration time, Round round) throws Exception {
        long begun = System.nanoTime();
        int done = 0;
        do {
            round.run(done++);
            progress();
        } while (System.nanoTime() - begun < time.toNanos());
        return done;
    }

    // ---- that it goes on

    /** Something has been done. */
    void progress() {
        if (!progress) {
            progress = true;
        }
    }

    /** Whether something has been done since the last time this was asked. */
    boolean hasProgressed() {
        boolean progressed = progress;
        progress = false;
        return progressed;
    }

    // ---- threads and queues

    /** A daemon thread, not started, that keeps what its work throws to itself. */
    Thread thread(String name, VoidOp<?> work) {
        return thread(name, new FutureTask<@Nullable Void>(() -> {
            work.run();
            return null;
        }));
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, 0, false);
        thread.setDaemon(true);
        return thread;
    }

    /** Starts a thread that finds something out. */
    <T extends @Nullable Object> Started<T> compute(String name, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        var started = new Started<>(thread(name, task), task);
        started.thread().start();
        return started;
    }

    /** Starts a thread that does something. */
    Started<@Nullable Void> start(String name, VoidOp<?> work) {
        return compute(name, () -> {
            work.run();
            return null;
        });
    }

    /** Closes this queue when the trial is over, and does not keep it alive until then. */
    CallQueue watch(CallQueue queue) {
        queues.add(queue);
        return queue;
    }

    /** Closes that when the trial is over. */
    <T extends AutoCloseable> T closing(T resource) {
        synchronized (resources) {
            resources.push(resource);
        }
        return resource;
    }

    /** Ends the other programs and executors that the experiment has started, and closes its queues. */
    void end() throws Exception {
        while (true) {
            AutoCloseable resource;
            synchronized (resources) {
                resource = resources.poll();
            }
            if (resource == null) {
                break;
            }
            resource.close();
        }
        new ArrayList<>(queues).forEach(CallQueue::closeNow);
    }
}
