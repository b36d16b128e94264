package dev.callqueue;

import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A loop of somebody else's that runs what it is given – Swing, JavaFX, an event loop, an executor: it is given a drain,
 * at most one at a time, that runs the calls that wait then.
 *
 * <p>Which thread the loop is, only that thread itself can tell, so it is learned when the thread is seen.
 */
final class Loop implements Servers {
    private final Core core;
    private final Executor loop;
    private final BooleanSupplier inLoop;
    private final String name;
    private final long patienceNanos;

    /** Whether it may have more than one thread, as a service may that does not tell. */
    private final boolean pool;

    /** The thread that runs a drain; set and cleared by itself, read by anyone. */
    private volatile @Nullable Thread draining;

    /** Whether a drain was given to the loop and has not ended; guarded by the queue's lock. */
    private boolean drainPosted;

    /** When the last drain was given to the loop; guarded by the queue's lock. */
    private long postedNanos;

    /** The thread of the loop, if it has been seen; a stale value only costs a question more. */
    private volatile WeakReference<@Nullable Thread> seen = new WeakReference<>(null);

    /** Whether the loop is an executor that was seen terminated, so that a drain it was given will not run. */
    private volatile boolean ended;

    /** Whether more than one thread has been seen in the loop. */
    private volatile boolean many;

    Loop(Core core, Executor loop, BooleanSupplier inLoop) {
        this.core = core;
        this.loop = loop;
        this.inLoop = inLoop;
        this.name = nameOf(loop);
        this.pool = loop instanceof ExecutorService
                && !(loop instanceof ThreadPoolExecutor executor && executor.getMaximumPoolSize() == 1);
        this.patienceNanos = patienceNanos(loop, pool);
    }

    @Override
    public boolean includesCurrentThread() {
        boolean included = core.isReceiver(Thread.currentThread()) || inLoop.getAsBoolean();
        if (included) {
            learn(Thread.currentThread());
        }
        return included;
    }

    private void learn(Thread thread) {
        Thread known = seen.get();
        if (known != thread) {
            if (known != null && known.isAlive()) {
                many = true; // never written otherwise, so that no late writer takes it back
            }
            seen = new WeakReference<>(thread);
        }
    }

    @Override
    public void checkReceiver() {
        if (!includesCurrentThread()) {
            throw new IllegalStateException("queue '" + core.name()
                    + "' is served by a loop and cannot be received from " + CallReport.name(Thread.currentThread()));
        }
    }

    private @Nullable Thread known() {
        return many ? null : seen.get();
    }

    @Override
    public boolean mayInclude(@Nullable Thread thread) {
        Thread known = known();
        return known == null || known == thread;
    }

    @Override
    public Collection<Thread> candidates(Set<Thread> any) {
        Thread known = known();
        if (known != null) {
            return List.of(known);
        }
        return any.isEmpty() && draining != null ? core.receiverThreads() : any;
    }

    /**
     * While a thread is inside a drain, no other drain is posted, and so only those that receive already run what waits. A thread that
     * is not may have a sister, if the loop is a pool: then the drain that was posted begins soon.
     */
    @Override
    public boolean canServeWithout(Predicate<Thread> stuck, boolean settled) {
        if (draining != null && core.receiverThreads().stream().allMatch(stuck)) {
            return false;
        }
        if (!pool && core.receiverThreads().stream().anyMatch(stuck)) {
            return false;
        }
        Thread known = known();
        return !settled || known == null || !stuck.test(known) || !drainIsOverdue();
    }

    private boolean drainIsOverdue() {
        return core.locked(() -> drainPosted && System.nanoTime() - postedNanos >= patienceNanos);
    }

    /** How long a drain may wait for its begin while one thread of the loop is known to be stuck. */
    private static long patienceNanos(Executor loop, boolean pool) {
        if (pool) {
            return Nanos.FOREVER;
        }
        return loop instanceof ExecutorService ? 0 : TimeUnit.MILLISECONDS.toNanos(500);
    }

    @Override
    public @Nullable String whyGone() {
        if (!ended && loop instanceof ExecutorService executor && executor.isTerminated()) {
            ended = true; // never written otherwise, so that no late writer takes it back
        }
        return ended ? "its loop has ended" : null;
    }

    @Override
    public boolean wantToBeTold() {
        return !drainPosted || ended;
    }

    @Override
    public boolean enlistForRaised() {
        return enlist();
    }

    @Override
    public boolean enlist() {
        if (drainPosted && !ended) { // of one that has ended the drain was lost, and the next one will be refused
            return false;
        }
        drainPosted = true;
        postedNanos = System.nanoTime();
        return true;
    }

    @Override
    public @Nullable Throwable start() {
        Drain drain = null;
        try {
            drain = new Drain();
            loop.execute(drain);
        } catch (Throwable failure) {
            if (drain == null || !drain.begun) {
                forgetDrain();
                return failure;
            }
            Thrown.unseen(failure); // raised in the receiver, by a loop that runs at once what it is given
        }
        drain.given = true;
        return loop instanceof ExecutorService && core.locked(core::beginWatch) ? Watch.begin(core) : null;
    }

    private void forgetDrain() {
        core.lockToUndo();
        try {
            drainPosted = false;
            core.tellServersOfNext();
        } finally {
            core.unlock();
        }
    }

    private final class Drain implements Runnable {
        private final Thread poster = Thread.currentThread();

        /** Whether it runs or has run; matters to the thread that posted it, if the loop ran it there. */
        private volatile boolean begun;

        /** Whether the loop has taken it and the poster gone on. */
        private volatile boolean given;

        @Override
        public void run() {
            begun = true;
            Receiver me;
            try {
                learn(Thread.currentThread());
                me = core.enter();
            } catch (Throwable failure) { // no memory, or no stack
                if (over()) {
                    core.startServers();
                }
                throw failure;
            }
            Thread outer = draining; // a loop may run a drain inside of one
            draining = Thread.currentThread();
            try {
                core.throwRaisedBefore();
                do {
                    Receiving.runWaiting(core, me);
                } while (isRunAtOnce() && core.size() > 0);
            } finally {
                draining = outer;
                boolean again = over();
                try {
                    core.exit(me);
                } finally {
                    if (again) {
                        core.startServers();
                    }
                }
            }
        }

        /** This drain is over; says whether another one is wanted. */
        private boolean over() {
            core.lockToUndo();
            try {
                drainPosted = false;
                return core.enlistAgain();
            } finally {
                core.unlock();
            }
        }

        /** Whether the loop runs at once what it is given; it is not given another drain then, to be run inside this one. */
        private boolean isRunAtOnce() {
            return !given && Thread.currentThread() == poster;
        }
    }

    @Override
    public boolean needsWatch() {
        return drainPosted;
    }

    @Override
    public boolean runByThemselves() {
        return drainPosted && !ended;
    }

    @Override
    public String toString() {
        Thread known = known();
        return "the loop " + name + (known == null ? "" : ", " + CallReport.name(known));
    }

    private static String nameOf(Executor loop) {
        try {
            return String.valueOf(loop);
        } catch (RuntimeException | Error failure) {
            return loop.getClass().getName();
        }
    }
}
