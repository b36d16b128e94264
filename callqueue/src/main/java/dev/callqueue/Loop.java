package dev.callqueue;

import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
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
    /** How long a drain may wait for its begin, in a loop of one thread, while that is known to be stuck. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Core core;
    private final Executor loop;
    private final BooleanSupplier inLoop;
    private final String name;

    /** The thread that may run drains now; guarded by the queue's lock. */
    private @Nullable Thread drainer;

    /** The same thread, while it is inside a receive for that; guarded by the queue's lock. */
    private @Nullable Thread draining;

    /** Whether a drain was given to the loop and another one is not to be given yet; guarded by the queue's lock. */
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
        this.name = CallReport.text(loop);
    }

    /** Whether it may have more than one thread, as a service may that does not tell. Asked anew, as its size may be changed. */
    private boolean mayBePool() {
        try {
            return loop instanceof ThreadPoolExecutor threads
                    ? maxThreads(threads) > 1
                    : loop instanceof ExecutorService;
        } catch (RuntimeException ofTheUsers) { // a pool may have made a secret of its queue
            return true;
        }
    }

    /**
     * A queue that takes whatever comes is never full, and then there are no more threads than the core of the pool. Some pools have
     * queues of their own that pretend to be full, so this is believed of the usual one only, and of pools with a schedule.
     */
    private static int maxThreads(ThreadPoolExecutor threads) {
        BlockingQueue<Runnable> queue = threads.getQueue();
        boolean neverFull = threads instanceof ScheduledThreadPoolExecutor
                || (queue.getClass() == LinkedBlockingQueue.class && queue.remainingCapacity() > Integer.MAX_VALUE / 2);
        return neverFull ? threads.getCorePoolSize() : threads.getMaximumPoolSize();
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
        Thread thread = many ? null : seen.get();
        return thread != null && thread.isAlive() ? thread : null;
    }

    @Override
    public boolean mayInclude(@Nullable Thread thread) {
        Thread known = known();
        return known == null || known == thread;
    }

    /** Whoever waits has to be asked: the thread that was seen may not be the loop's, or the only one, any more. */
    @Override
    public Collection<Thread> candidates(Set<Thread> any) {
        if (!any.isEmpty()) {
            return any;
        }
        Set<Thread> threads = new HashSet<>(core.receiverThreads());
        Thread known = known();
        if (known != null) {
            threads.add(known);
        }
        return threads;
    }

    /**
     * While a thread is inside a drain, only it and those that receive already run what waits. A thread that is not may have a
     * sister, if the loop is a pool: then the drain that was posted begins soon.
     */
    @Override
    public boolean canServeWithout(Predicate<Thread> stuck, boolean settled) {
        boolean pool = mayBePool();
        return core.locked(() -> {
            Collection<Thread> receivers = core.receiverThreads();
            if (!receivers.stream().allMatch(stuck)) {
                return true;
            }
            if (!receivers.isEmpty() && (draining != null || !pool)) {
                return false;
            }
            Thread known = known();
            return pool || !settled || known == null || !stuck.test(known) || !drainIsOverdue();
        });
    }

    /** Under the queue's lock, of a loop of one thread. */
    private boolean drainIsOverdue() {
        long patienceNanos = loop instanceof ExecutorService ? 0 : PATIENCE_NANOS;
        return drainPosted && System.nanoTime() - postedNanos >= patienceNanos;
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
                if (drain != null) {
                    drain.given = true; // it may have been taken all the same
                }
                forgetDrain();
                return failure;
            }
            Thrown.unseen(failure); // raised in the receiver, by a loop that runs at once what it is given
        }
        if (drain.couldNotBegin != null) { // though the loop may have kept that to itself
            forgetDrain();
            return drain.couldNotBegin;
        }
        drain.given = true;
        return loop instanceof ExecutorService ? core.summons().beWatched() : null;
    }

    private void forgetDrain() {
        core.lock().lockToUndo();
        try {
            letBePosted();
        } finally {
            core.lock().unlock();
        }
    }

    /** Under the queue's lock: the next call may have a drain given to the loop. */
    private void letBePosted() {
        drainPosted = false;
        core.summons().tell();
    }

    private final class Drain implements Runnable {
        private final Thread poster = Thread.currentThread();

        /** Whether it has begun or was turned away; matters to the thread that posted it, if the loop ran it there. */
        private volatile boolean begun;

        /** Why it could not, if the loop ran it at once; used by the thread that posted it. */
        private @Nullable Throwable couldNotBegin;

        /** Whether the loop has taken it and the poster gone on. */
        private volatile boolean given;

        /** The thread, this one, that runs the drain inside of which this one is; guarded by the queue's lock, as is the next. */
        private @Nullable Thread outer;

        /** Whether the next drain may be given to the loop before this one is over. */
        private boolean nextMayBePosted;

        /**
         * Runs what waits, unless another thread is doing so, which has the loop given another drain then. What a call runs may be a loop
         * inside of the loop, a modal dialog say, where further drains have to run: so these are given to it as soon as this one has
         * begun. Not to a pool, whose other threads have better things to do than to see that this one is busy; and a loop that runs at
         * once what it is given by its own thread does not run it inside of the call that gave it.
         */
        @Override
        public void run() {
            boolean claimed = false;
            Receiver me;
            try {
                claimed = claim();
                if (!claimed) {
                    begun = true;
                    return;
                }
                learn(Thread.currentThread());
                boolean pool = mayBePool();
                me = core.enter(() -> begin(pool));
            } catch (Throwable failure) { // no memory, or no stack
                boolean again = claimed ? over() : giveBack();
                if (isRunAtOnce()) {
                    couldNotBegin = failure;
                } else if (again) {
                    core.summons().start();
                }
                throw failure;
            }
            begun = true;
            try {
                core.throwRaisedBefore();
                runWaiting(me);
            } finally {
                boolean again = over();
                try {
                    core.exit(me);
                } finally {
                    if (again) {
                        core.summons().start();
                    }
                }
            }
        }

        /** Goes on after an exception if it would be given to the loop at once again, to run inside of this one. */
        private void runWaiting(Receiver me) {
            Throwable raised = null;
            do {
                long before = me.begun();
                try {
                    Receiving.runWaiting(core, me);
                } catch (Throwable failure) {
                    raised = Thrown.first(raised, failure);
                    if (!isRunAtOnce() || me.begun() == before) {
                        break;
                    }
                }
            } while (isRunAtOnce() && core.size() > 0);
            if (raised != null) {
                throw Thrown.<RuntimeException>as(raised);
            }
        }

        /** Whether this thread is the one that runs drains from now on. */
        private boolean claim() {
            core.lock().enter();
            try {
                if ((drainer != null && drainer != Thread.currentThread()) || isNotToBeInside()) {
                    letBePosted();
                    return false;
                }
                outer = drainer;
                drainer = Thread.currentThread();
                return true;
            } finally {
                core.lock().unlock();
            }
        }

        /**
         * Under the queue's lock: whether it would run inside of the call that has posted it, or so deep that little is left for calls which come
         * back here.
         */
        private boolean isNotToBeInside() {
            int depth = core.depthHere();
            return depth > 0 && (isRunAtOnce() || depth > core.maxDepthOfLoops());
        }

        /** This drain could not begin; says whether another one is wanted before those around it are over. */
        private boolean giveBack() {
            core.lock().lockToUndo();
            try {
                letBePosted();
                return core.depthHere() == 0 && core.summons().enlistAgain();
            } finally {
                core.lock().unlock();
            }
        }

        /** Under the queue's lock. */
        private void begin(boolean pool) {
            draining = drainer;
            if (!isRunAtOnce() && !pool) {
                nextMayBePosted = true;
                letBePosted();
            }
        }

        /** This drain is over; says whether another one is wanted. */
        private boolean over() {
            core.lock().lockToUndo();
            try {
                drainer = outer;
                draining = outer;
                if (!nextMayBePosted) {
                    drainPosted = false;
                }
                return core.summons().enlistAgain();
            } finally {
                core.lock().unlock();
            }
        }

        /** Whether the loop runs at once what it is given; it is not given another drain then, to be run inside this one. */
        private boolean isRunAtOnce() {
            return !given && Thread.currentThread() == poster;
        }
    }

    /** Only a service tells that it has ended. */
    @Override
    public boolean needsWatch() {
        return drainPosted && loop instanceof ExecutorService;
    }

    @Override
    public boolean runByThemselves() {
        return drainPosted
                && !ended
                && core.backlog().count() > 0; // one that finds nothing to do need not be waited for
    }

    @Override
    public String toString() {
        Thread known = known();
        return "the loop " + name + (known == null ? "" : ", " + CallReport.name(known));
    }
}
