package dev.callqueue;

import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
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
    private static final int WINDOW = 16;

    private final Core core;
    private final Executor loop;
    private final BooleanSupplier inLoop;

    /** Whether a drain was given to the loop and has not ended; guarded by the queue's lock. */
    private boolean drainPosted;

    /** The thread of the loop, if it has been seen; a stale value only costs a question more. */
    private volatile WeakReference<@Nullable Thread> seen = new WeakReference<>(null);

    /** Whether more than one thread has been seen in the loop. */
    private volatile boolean many;

    Loop(Core core, Executor loop, BooleanSupplier inLoop) {
        this.core = core;
        this.loop = loop;
        this.inLoop = inLoop;
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
            many |= known != null && known.isAlive();
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
        return known == null ? any : List.of(known);
    }

    @Override
    public boolean canServeWithout(Predicate<Thread> stuck) {
        Thread known = known();
        return known == null || !stuck.test(known);
    }

    @Override
    public @Nullable String whyGone() {
        return loop instanceof ExecutorService executor && executor.isTerminated()
                ? "its loop has ended: " + loop
                : null;
    }

    @Override
    public boolean enlist() {
        if (drainPosted) {
            return false;
        }
        drainPosted = true;
        return true;
    }

    @Override
    public @Nullable Throwable start() {
        var drain = new Drain();
        try {
            loop.execute(drain);
        } catch (Throwable failure) {
            if (drain.begun) { // by a loop that runs at once what it is given: the failure was raised in the receiver
                throw Thrown.<RuntimeException>as(failure);
            }
            core.locked(() -> drainPosted = false);
            return failure;
        }
        if (loop instanceof ExecutorService && core.locked(core::beginWatch)) {
            Watch.over(core);
        }
        return null;
    }

    private final class Drain implements Runnable {
        /** Whether it runs or has run; matters to the thread that posted it, if the loop ran it there. */
        private volatile boolean begun;

        @Override
        public void run() {
            begun = true;
            learn(Thread.currentThread());
            Receiver me = core.enter();
            try {
                core.throwRaisedBefore();
                Receiving.runWaiting(core, me);
            } finally {
                boolean again = core.locked(() -> drainPosted = core.size() > 0);
                core.exit(me);
                if (again) {
                    core.startServers();
                }
            }
        }
    }

    @Override
    public boolean runByThemselves() {
        return drainPosted;
    }

    @Override
    public int window() {
        return WINDOW;
    }

    @Override
    public String toString() {
        Thread known = known();
        return "the loop " + loop + (known == null ? "" : ", " + CallReport.name(known));
    }
}
