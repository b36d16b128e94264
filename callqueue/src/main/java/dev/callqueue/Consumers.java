package dev.callqueue;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Threads of the queue's own, started one by one while more calls wait than consumers do. One that ends because a call
 * raised an exception in it makes room for another; all end when the queue is closed, by its user or by the garbage
 * collector, and the line is empty. They refer to the {@link Core} and never to the queue itself.
 */
final class Consumers implements Servers {
    /** However many consumers there may be, a harvest must not read more inputs at once than memory is likely to hold. */
    private static final int WIDEST_WINDOW = 16_384;

    private final Core core;
    private final int max;
    private final ThreadFactory factory;

    /** The consumers that are started or about to be; guarded by the queue's lock. */
    private int count;

    /** Those of them whose threads run; guarded by the queue's lock. */
    private int working;

    /** Those of them that were given to a thread and have not begun; guarded by the queue's lock. */
    private final Set<Consumer> starting = new HashSet<>(4);

    /** Whether the last one could not be started, so that none is to be hoped for; set by who starts, read by anyone. */
    private volatile boolean startFailed;

    /** Whether a thread that is none of them has received; set by that thread, read by anyone. */
    private volatile boolean helped;

    Consumers(Core core, int max, @Nullable ThreadFactory factory) {
        this.core = core;
        this.max = max;
        this.factory = factory != null ? factory : new DaemonThreads(core.name() + "-consumer");
    }

    @Override
    public boolean includesCurrentThread() {
        return core.isReceiver(Thread.currentThread());
    }

    /** Any thread may help. */
    @Override
    public void checkReceiver() {
        if (!helped && !includesCurrentThread()) {
            helped = true;
        }
    }

    @Override
    public boolean mayInclude(@Nullable Thread thread) {
        return thread != null && core.isReceiver(thread);
    }

    @Override
    public Collection<Thread> candidates(Set<Thread> any) {
        return core.receiverThreads();
    }

    /** Who has helped may come again: then they are as a queue that any thread may receive from. */
    @Override
    public boolean canServeWithout(Predicate<Thread> stuck, boolean settled) {
        // in one look, as they come and go under that lock
        return helped
                || core.locked(() -> (count < max && !startFailed)
                        || working < count
                        || !core.receiverThreads().stream().allMatch(stuck));
    }

    @Override
    public @Nullable String whyGone() {
        return null;
    }

    @Override
    public boolean wantToBeTold() {
        return count < max && core.countIdleConsumers() == 0;
    }

    @Override
    public boolean enlist() {
        if (count == max || core.backlog().count() <= core.countIdleConsumers()) {
            return false;
        }
        count++;
        return true;
    }

    @Override
    public @Nullable Throwable start() {
        Consumer consumer = null;
        try {
            consumer = new Consumer();
            Thread thread = factory.newThread(consumer);
            if (thread == null) {
                throw new IllegalStateException("the thread factory returned null: " + factory);
            }
            consumer.thread = thread;
            noteStarting(consumer);
            thread.start();
        } catch (Throwable failure) { // of the user's factory, or no memory for a thread
            startFailed = true;
            lose(consumer);
            return failure;
        }
        startFailed = false;
        return core.summons().beWatched();
    }

    private void noteStarting(Consumer consumer) {
        core.lock().enter();
        try {
            starting.add(consumer);
        } finally {
            core.lock().unlock();
        }
    }

    private void lose(@Nullable Consumer consumer) {
        core.lock().lockToUndo();
        try {
            if (consumer != null) {
                starting.remove(consumer);
            }
            count--;
            core.summons().tell();
        } finally {
            core.lock().unlock();
        }
    }

    /** A factory may make threads that do not run what they are given. */
    @Override
    public @Nullable String whyGoneNow() {
        return core.locked(() -> {
            int before = starting.size();
            boolean stillborn = starting.removeIf(Consumer::hasNotRun);
            count -= before - starting.size();
            return stillborn && count == 0 && core.receiverThreads().isEmpty()
                    ? "the thread factory's threads do not run what they are given: "
                            + factory.getClass().getName()
                    : null;
        });
    }

    @Override
    public boolean needsWatch() {
        return !starting.isEmpty();
    }

    @Override
    public boolean runByThemselves() {
        return count > 0;
    }

    @Override
    public int window() {
        return (int) Math.min(WIDEST_WINDOW, Math.max(WINDOW, 4L * max));
    }

    /** The life of a consumer. What a call raises in it ends it, and goes to its uncaught exception handler. */
    private final class Consumer implements Runnable {
        /** Set before the thread is started. */
        private @Nullable Thread thread;

        /** What is noted when it begins and ends; made while there is memory for it. */
        private final Runnable beginning = this::begin;

        private final Runnable ending = this::end;

        /** Under the queue's lock, for one that has not begun: whether its thread has ended. */
        boolean hasNotRun() {
            return thread != null && thread.getState() == Thread.State.TERMINATED;
        }

        @Override
        public void run() {
            Receiver me;
            try {
                me = core.enter(beginning);
            } catch (Throwable failure) { // no memory
                lose(this);
                core.summons().refuseUnserved("a consumer could not begin", failure);
                throw failure;
            }
            me.isConsumer = true;
            try {
                while (Receiving.runComing(core, me) || Receiving.runIfAny(me, next(me))) {
                    me.takeInterrupt(); // left behind by the call, and nobody's concern here
                }
            } finally {
                me.takeInterrupt();
                core.exit(me, ending);
            }
        }

        private void begin() {
            starting.remove(this);
            working++;
        }

        private void end() {
            working--;
            count--;
        }
    }

    private @Nullable Call<?> next(Receiver me) {
        while (true) {
            try {
                return core.awaitCall(me, Nanos.FOREVER, core.seesCallsCome(me));
            } catch (InterruptedException nobodys) {
                // a consumer ends by close, not by interrupt
            }
        }
    }

    @Override
    public String toString() {
        return "at most " + max + (max == 1 ? " consumer" : " consumers");
    }
}
