package dev.callqueue.soak;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls throw everything there is, on every kind of receiver, and what comes after them is looked at. */
final class OpThrows implements Experiment {
    private final AtomicInteger thrown = new AtomicInteger();
    private final Seen changed = new Seen();
    private final Seen lost = new Seen();
    private final Seen dead = new Seen();

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        for (Served served : Served.values()) {
            throwInto(served, trial);
        }

        figures.say("%,d thrown (exceptions, errors, ThreadDeath, real StackOverflowError)", thrown.get());
        figures.none("not the same object at the caller", changed);
        figures.none("calls behind lost", lost);
        figures.none("receivers dead or replaced", dead);
    }

    private void throwInto(Served served, Trial trial) throws Exception {
        CallQueue queue = served.open(trial);
        Set<Thread> receivers = ConcurrentHashMap.newKeySet();
        receivers.add(queue.call(Thread::currentThread));
        List<Supplier<Throwable>> throwables = throwables();
        int rounds = trial.repeat(
                25 * throwables.size(),
                250 * throwables.size(),
                round -> throwOnce(
                        queue, throwables.get(round % throwables.size()).get(), receivers));
        thrown.addAndGet(rounds);
        int threads = served == Served.CONSUMERS ? 3 : 1;
        dead.unless(receivers.size() <= threads, served + ": " + receivers);
        for (Thread receiver : receivers) {
            dead.unless(receiver.isAlive(), served + ": " + receiver);
        }
    }

    private static List<Supplier<Throwable>> throwables() {
        List<Supplier<Throwable>> all = new ArrayList<>(List.of(
                () -> new IOException("checked"),
                () -> new IllegalStateException("unchecked"),
                () -> new AssertionError("an error"),
                () -> new OutOfMemoryError("claimed"),
                OpThrows::stackOverflow));
        if (threadDeath() != null) {
            all.add(OpThrows::threadDeath);
        }
        return all;
    }

    /** A {@code ThreadDeath}, which newer JVMs are about to do without. */
    @SuppressWarnings("NullAway") // asked for only where it is there
    private static Throwable threadDeath() {
        try {
            return Class.forName("java.lang.ThreadDeath")
                    .asSubclass(Throwable.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException gone) {
            return null;
        }
    }

    private static Throwable stackOverflow() {
        try {
            throw new IllegalStateException("a stack without an end: " + depth(0));
        } catch (StackOverflowError real) {
            return real;
        }
    }

    @SuppressWarnings("InfiniteRecursion") // that is the point
    private static int depth(int soFar) {
        return depth(soFar + 1) + 1;
    }

    private void throwOnce(CallQueue queue, Throwable failure, Set<Thread> receivers) throws Exception {
        Call<Object> future = queue.submit(() -> sneaky(failure));
        Call<Thread> behind = queue.submit(Thread::currentThread);

        try {
            queue.call(() -> sneaky(failure));
            changed.add("call returned");
        } catch (Throwable seen) {
            same(failure, seen);
        }
        try {
            future.result();
            changed.add("result returned");
        } catch (Throwable seen) {
            same(failure, seen);
        }
        try {
            future.get();
            changed.add("get returned");
        } catch (ExecutionException seen) {
            same(failure, seen.getCause());
        }
        lost.unless(behind.phase() == Call.Phase.SUCCEEDED || behind.result() != null, String.valueOf(behind));
        receivers.add(behind.result());
    }

    @SuppressWarnings("ReferenceEquality") // the same object, not one like it
    private void same(Throwable expected, @Nullable Throwable seen) {
        changed.unless(seen == expected, expected + " became " + seen);
    }

    /** Throws whatever it is given. */
    static <X extends Throwable> Object sneaky(Throwable failure) throws X {
        @SuppressWarnings("unchecked") // erased: the compiler alone believes in X
        X sameFailure = (X) failure;
        throw sameFailure;
    }
}
