package dev.callqueue;

import static java.util.Objects.requireNonNull;

import java.lang.ref.Reference;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A {@link CallQueue} seen on certain terms: where every call to a queue is made. Keeps the queue reachable. */
final class View implements CallTarget {
    private final CallQueue queue;
    private final Core core;
    private final Terms terms;

    /** The terms of calls made in the other ways; there once there was such a call. */
    private @Nullable Terms submitted;

    private @Nullable Terms executed;

    View(CallQueue queue, Terms terms) {
        this.queue = queue;
        this.core = terms.core();
        this.terms = terms;
    }

    private Terms submitted() {
        Terms known = submitted; // a race may make it twice: it is immutable, and all are alike
        if (known == null) {
            known = terms.by(Terms.Way.SUBMIT);
            submitted = known;
        }
        return known;
    }

    private Terms executed() {
        Terms known = executed;
        if (known == null) {
            known = terms.by(Terms.Way.EXECUTE);
            executed = known;
        }
        return known;
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T call(Op<T, X> op) throws X {
        requireNonNull(op, "op");
        try {
            return isTargetThread() ? callHere(op) : callThere(op, true).value();
        } catch (PumpFailure failure) {
            throw Thrown.<RuntimeException>as(failure.thrown());
        } finally {
            Reference.reachabilityFence(queue);
        }
    }

    @Override
    public <X extends Exception> void call(VoidOp<X> op) throws X {
        call(withoutResult(op));
    }

    private static <X extends Exception> Op<@Nullable Void, X> withoutResult(VoidOp<X> op) {
        requireNonNull(op, "op");
        return () -> {
            op.run();
            return null;
        };
    }

    @Override
    public <T extends @Nullable Object> T callOrElse(T alternative, Callable<? extends T> op) {
        requireNonNull(op, "op");
        try {
            return isTargetThread()
                    ? callHereOrElse(alternative, op)
                    : this.<T>callThere(op, false).valueOrElse(alternative);
        } catch (QueueFullException | QueueClosedException | OwnerGoneException | CallTimeoutException noOutcome) {
            return alternative;
        } catch (PumpFailure failure) {
            throw Thrown.<RuntimeException>as(failure.thrown());
        } finally {
            Reference.reachabilityFence(queue);
        }
    }

    @Override
    public <T extends @Nullable Object> Call<T> submit(Callable<T> op) {
        Call<T> call = new Call<>(submitted(), requireNonNull(op, "op"));
        enqueue(call);
        return call;
    }

    @Override
    public Call<@Nullable Void> submit(VoidOp<?> op) {
        return submit(withoutResult(op));
    }

    @Override
    public void execute(Runnable op) {
        requireNonNull(op, "op");
        enqueue(new Call<>(executed(), op));
    }

    /** Like submit, but does not wait for a place; null if there is none. */
    <T extends @Nullable Object> @Nullable Call<T> offer(Callable<T> op) {
        Call<T> call = new Call<>(submitted(), op);
        checkRoomToLimit();
        try {
            if (!core.addIfPlace(call)) {
                return null;
            }
            limit(call, terms.limitNanos());
            return call;
        } finally {
            Reference.reachabilityFence(queue);
        }
    }

    /**
     * Like submit, but waits for a place no longer than that, and no longer than the call is {@linkplain Core#add(Call, long, boolean,
     * BooleanSupplier) wanted}; null if there is none then.
     */
    <T extends @Nullable Object> @Nullable Call<T> submitInTime(Callable<T> op, long nanos, BooleanSupplier unwanted) {
        Call<T> call = new Call<>(submitted(), op);
        return enqueue(call, nanos, unwanted) ? call : null;
    }

    /** Lets a call in for which nobody waits here. */
    private void enqueue(Call<?> call) {
        enqueue(call, Nanos.FOREVER, () -> false);
    }

    /**
     * Lets a call in for which nobody waits here.
     *
     * @param nanos how long to wait for a place at most, if that is less than the time limit of the call
     * @return false if there was none so long, or the call is unwanted
     */
    private boolean enqueue(Call<?> call, long nanos, BooleanSupplier unwanted) {
        long limit = terms.limitNanos();
        long deadline = Nanos.deadline(limit);
        checkRoomToLimit();
        try {
            if (!core.add(call, Math.min(nanos, limit), nanos < limit, unwanted)) {
                return false;
            }
            limit(call, Nanos.left(limit, deadline));
            return true;
        } finally {
            Reference.reachabilityFence(queue);
        }
    }

    /** A call that is cancelled before it was let in. */
    <T extends @Nullable Object> Call<T> neverLetIn(Callable<T> op) {
        Call<T> call = new Call<>(submitted(), op);
        Ending ending =
                call.refusal(() -> new CancellationException("its time was over before there was a place for it"));
        call.claimUnrun(true); // nobody else knows it
        ending.run();
        return call;
    }

    /** Once the call is in, nothing must keep it from being limited, nor the executor from being left whole that does it for all. */
    private void checkRoomToLimit() {
        if (terms.limitNanos() != Nanos.FOREVER) {
            StackRoom.check();
        }
    }

    private static void limit(Call<?> call, long nanos) {
        if (nanos == Nanos.FOREVER) {
            return;
        }
        try {
            Watch.limit(call, nanos);
        } catch (Throwable noThread) {
            call.cancel(false); // its maker does not get it
            throw noThread;
        }
    }

    /** Runs the op at once, in this thread, which is a target thread. */
    @SuppressWarnings("NullAway") // null stands for "no value", whatever T is
    private <T extends @Nullable Object> T callHere(Callable<T> op) {
        core.checkOpen();
        try {
            return measured(op);
        } catch (Throwable failure) {
            raiseHere(failure);
            if (terms.raise().inCaller()) {
                throw Thrown.<RuntimeException>as(failure);
            }
            return null;
        }
    }

    private <T extends @Nullable Object> T callHereOrElse(T alternative, Callable<? extends T> op) {
        core.checkOpen();
        try {
            return measured(op);
        } catch (Throwable failure) {
            raiseHere(failure);
            if (failure instanceof Error error && terms.raise().inCaller()) {
                throw error;
            }
            return alternative;
        }
    }

    private void raiseHere(Throwable failure) {
        if (terms.raise().inReceiver()) {
            core.raiseHere(failure);
        }
    }

    private <T extends @Nullable Object> T measured(Callable<? extends T> op) throws Exception {
        long begunNanos = core.callbacks().now();
        T value;
        try {
            value = op.call();
        } catch (Throwable failure) {
            core.callbacks().ended(begunNanos, begunNanos, failure);
            throw failure;
        }
        core.callbacks().ended(begunNanos, begunNanos, null);
        return value;
    }

    /**
     * Has the op run by a target thread and waits until it has ended. Throws if it was not run, or the wait was cut off.
     *
     * @param explain whether the caller sees what a timeout says
     */
    private <T extends @Nullable Object> Call<T> callThere(Callable<? extends T> op, boolean explain) {
        long limit = terms.limitNanos();
        long deadline = Nanos.deadline(limit);
        Call<T> call = new Call<>(terms, op);
        core.add(call, limit);
        Throwable why = null; // the time is over
        try {
            if (Wait.awaitOwn(call, Nanos.left(limit, deadline), terms.pump())) {
                return call;
            }
        } catch (Throwable interruptDeadlockPumpOrNoRoom) {
            why = interruptDeadlockPumpOrNoRoom;
        }
        try {
            Throwable thrown = call.cutOff(explain).because(why);
            if (thrown == null) {
                return call;
            }
            throw Thrown.<RuntimeException>as(thrown);
        } finally {
            if (why instanceof InterruptedException) {
                Thread.currentThread().interrupt(); // at last, because a thread of the user's may refuse it
            }
        }
    }

    @Override
    public <I extends @Nullable Object, T extends @Nullable Object> Harvest<I, T> harvest(
            Iterable<? extends I> inputs, Fn<? super I, ? extends T> fn) {
        requireNonNull(inputs, "inputs");
        requireNonNull(fn, "fn");
        return new Harvest<>(this, inputs.iterator(), fn);
    }

    @Override
    public CallTarget within(Duration timeout) {
        return new View(queue, terms.within(Nanos.of(timeout, "timeout")));
    }

    @Override
    public CallTarget raising(Raise where) {
        return new View(queue, terms.raising(requireNonNull(where, "where")));
    }

    @Override
    public CallTarget pumping(Runnable pump) {
        return new View(queue, terms.pumping(requireNonNull(pump, "pump")));
    }

    @Override
    public CallTarget named(String name) {
        return new View(queue, terms.named(requireNonNull(name, "name")));
    }

    @Override
    public CallTarget interruptible() {
        return new View(queue, terms.interruptibly());
    }

    @Override
    public boolean isTargetThread() {
        return core.isTargetThread();
    }

    Core core() {
        return core;
    }

    @Override
    public String toString() {
        return core.toString();
    }
}
