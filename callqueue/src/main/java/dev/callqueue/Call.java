package dev.callqueue;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call: made by {@link CallTarget#submit}, run by a thread of the target, and a {@link CompletableFuture} of its
 * outcome.
 *
 * {@snippet class="Snippets" region="submit" lang="java"}
 *
 * <p>{@link #result} throws the call's own exception as it is; {@code get}, {@code join} and the dependent stages keep
 * the contract of {@code Future} and {@code CompletionStage}. All of them only look: a time limit or an interrupt of
 * theirs ends the wait and not the call. A thread that waits in any of them runs the call itself if it is one of the
 * target's threads and the call has not begun; before it, it runs the calls that the call's maker had made earlier.
 *
 * <p><b>Completed by hand</b> ({@code complete}, {@code completeExceptionally}, {@code cancel}, {@code orTimeout} …): a
 * call that has not begun never runs, and its place in the queue is free at once; its phase is
 * {@link Phase#WITHDRAWN}. While the call runs, the given outcome stands; what the function throws then goes to the
 * uncaught exception handler of the thread that runs it, and what it returns is a late
 * result, handed to the queue's {@link CallQueue.Builder#onLateResult sink}. The thread that runs it is never
 * interrupted, whatever {@link #cancel} is asked.
 *
 * <p><b>Which thread runs dependent stages</b>: as for every {@code CompletableFuture}, the thread that completes the
 * call – normally the target's, after it has woken those who wait – or the one that adds the stage to a call that has
 * ended; the {@code …Async} methods choose an executor.
 *
 * <p><b>Memory effects.</b> What the call did <i>happens-before</i> anybody sees that it has ended.
 *
 * @param <T> the type of the result
 */
public final class Call<T extends @Nullable Object> extends CompletableFuture<T> {

    /** Where a call is in its life. */
    public enum Phase {
        /** It has not begun. */
        WAITING,
        /** It runs now. */
        RUNNING,
        /** It has ended with a value. */
        SUCCEEDED,
        /** It has ended with an exception, its own or – closed, owner gone – the reason why it did not run. */
        FAILED,
        /** It was withdrawn before it began, and never runs. */
        WITHDRAWN
    }

    /*
     * A call is claimed exactly once: by the thread that runs it, by whoever withdraws it, or by its queue, which refuses
     * it when nobody will run it. Who claims it ends it, on every path.
     *
     *   WAITING --claim to run--> BEGUN      then ended by the outcome of the op, unless completed by hand before
     *   WAITING --claim---------> WITHDRAWN  then ended by the reason: cancelled, completed by hand, timeout, interrupt
     *   WAITING --claim---------> REFUSED    then ended by the reason: closed, owner gone
     *
     * The claim needs atomicity only. What the caller wrote before the call is published to the claiming thread by the
     * lock of the queue, and the outcome to everyone by CompletableFuture, whose result alone says that a call has ended.
     */
    private static final int WAITING = 0;
    private static final int BEGUN = 1;
    private static final int WITHDRAWN = 2;
    private static final int REFUSED = 3;

    private static final VarHandle CLAIM;
    private static final VarHandle WAITS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            CLAIM = lookup.findVarHandle(Call.class, "claim", int.class);
            WAITS = lookup.findVarHandle(Call.class, "waits", Wait.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Terms terms;

    /** How a call was made, and so who waits for it. */
    enum Way {
        /** By {@code call}: its caller waits. */
        CALL,
        /** By {@code submit}: whoever likes waits. */
        SUBMIT,
        /** By {@code execute}: nobody ever sees the outcome. */
        EXECUTE
    }

    private final Way way;

    /** When it was queued, if the queue has a listener; set by the caller before it is queued. */
    private final long queuedNanos;

    private volatile int claim;

    /** What to run; set by the caller before the call is queued, cleared by the thread that claims it. */
    private @Nullable Callable<? extends T> op;

    /** The thread that made the call, until it has ended; a report that misses the clearing shows it a moment longer. */
    private @Nullable Thread caller;

    /** The thread that runs the call now; set and cleared by itself, read by the wait graph and reports. */
    private volatile @Nullable Thread runner;

    /** The op's own exception, if it is kept from the caller; set by the runner before it publishes the outcome. */
    private @Nullable Throwable silenced;

    /**
     * The threads that are parked until the call ends, newest first, linked by {@link Wait#next}; at the end
     * {@link Wait#ENDING}. Added and removed under the lock of the wait graph, taken all at once by {@link #wakeWaits}.
     */
    private volatile @Nullable Wait waits;

    /** The neighbours and the number of the call in its line; guarded by the lock of the queue. */
    @Nullable
    Call<?> previous;

    @Nullable
    Call<?> next;

    long ticket;

    Call(Terms terms, Callable<? extends T> op, Way way) {
        this.terms = terms;
        this.op = op;
        this.way = way;
        this.caller = Thread.currentThread();
        this.queuedNanos = terms.core().callbacks().now();
    }

    /**
     * Runs a long function on a thread of its own: a virtual one where the JVM has them, otherwise a daemon thread.
     *
     * {@snippet class="Snippets" region="background" lang="java"}
     *
     * @param op the function
     * @param <T> what it returns
     * @return the call, begun as soon as its thread runs
     * @throws OwnerGoneException if the thread cannot be started
     */
    public static <T extends @Nullable Object> Call<T> inBackground(Callable<T> op) {
        requireNonNull(op, "op");
        Core core = Core.background();
        Call<T> call = new Call<>(Terms.standard(core), op, Way.SUBMIT);
        core.add(call, Nanos.FOREVER);
        core.close();
        return call;
    }

    /**
     * Waits for the end of the call and returns its value.
     *
     * @return the value; {@code null} if the call failed and {@link CallTarget#raising} keeps that from the caller
     * @throws java.util.concurrent.CancellationException if the call was withdrawn or cancelled
     * @throws CallInterruptedException if this thread is interrupted while it waits; the call goes on
     * @throws CallDeadlockException if the wait would never end
     * @throws java.util.concurrent.RejectedExecutionException if the call was accepted but never run: its queue was
     *     closed or lost its owner
     */
    public T result() {
        return result(Nanos.FOREVER, null);
    }

    /**
     * Waits for the end of the call, for a limited time, and returns its value like {@link #result()}.
     *
     * @param timeout how long to wait
     * @return the value
     * @throws CallTimeoutException if the time is over; the call stays as it is
     */
    public T result(Duration timeout) {
        return result(Nanos.of(timeout, "timeout"), null);
    }

    /**
     * Waits for the end of the call as {@link #result(Duration)} does, and meanwhile runs the pump again and again, as
     * {@link CallTarget#pumping} describes it.
     *
     * @param timeout how long to wait
     * @param pump what to run
     * @return the value
     * @throws CallTimeoutException if the time is over; the call stays as it is
     */
    public T result(Duration timeout, Runnable pump) {
        requireNonNull(pump, "pump");
        return result(Nanos.of(timeout, "timeout"), pump);
    }

    /**
     * Waits for the end of the call, for a limited time, and returns its value, or the alternative if the time is over or
     * the call has no value: it failed with an {@code Exception}, was withdrawn, or was never run. An {@code Error} of the
     * call, a deadlock and an interrupt are thrown.
     *
     * @param alternative the result in these cases; may be {@code null}
     * @param timeout how long to wait
     * @return the value or the alternative
     */
    public T resultOrElse(T alternative, Duration timeout) {
        long nanos = Nanos.of(timeout, "timeout");
        try {
            await(nanos, null);
        } catch (CallTimeoutException late) {
            return alternative;
        }
        return valueOrElse(alternative);
    }

    /**
     * Takes the call back if it has not begun: it ends as cancelled, and its place in the queue is free at once.
     *
     * @return true if it has not begun and never will
     */
    public boolean withdraw() {
        if (claimToWithdraw()) {
            wakeWaits();
            super.cancel(false);
            tellUnrun();
        }
        return claim != BEGUN;
    }

    /**
     * Where the call is in its life.
     *
     * @return the phase
     */
    public Phase phase() {
        if (!isDone()) {
            return claim == BEGUN ? Phase.RUNNING : Phase.WAITING;
        }
        if (claim == WITHDRAWN) {
            return Phase.WITHDRAWN;
        }
        return isCompletedExceptionally() ? Phase.FAILED : Phase.SUCCEEDED;
    }

    /**
     * Ends the call as cancelled: it never runs if it has not begun, and goes on unnoticed if it runs.
     *
     * @param mayInterruptIfRunning has no effect: the target's thread is not the caller's to interrupt
     */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean withdrawn = claimToWithdraw();
        wakeWaits();
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (withdrawn) {
            tellUnrun();
        }
        return cancelled;
    }

    @Override
    public boolean complete(T value) {
        boolean withdrawn = claimToWithdraw();
        boolean ended = end(value);
        if (withdrawn) {
            tellUnrun();
        }
        return ended;
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        requireNonNull(failure, "failure");
        boolean withdrawn = claimToWithdraw();
        boolean ended = endExceptionally(failure);
        if (withdrawn) {
            tellUnrun();
        }
        return ended;
    }

    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
        requireNonNull(supplier, "supplier");
        executor.execute(() -> {
            try {
                complete(supplier.get());
            } catch (Throwable failure) {
                completeExceptionally(failure);
            }
        });
        return this;
    }

    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier) {
        return completeAsync(supplier, defaultExecutor());
    }

    @Override
    public void obtrudeValue(T value) {
        complete(value);
        super.obtrudeValue(value);
    }

    @Override
    public void obtrudeException(Throwable failure) {
        completeExceptionally(failure);
        super.obtrudeException(failure);
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        Wait.await(outcome(), Nanos.FOREVER, null);
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        if (!Wait.await(outcome(), Math.max(0, unit.toNanos(timeout)), null)) {
            throw new TimeoutException(terms.describeCall() + " has not ended after " + timeout + " " + unit);
        }
        return super.get();
    }

    @Override
    public T join() {
        Wait.awaitUninterruptibly(outcome());
        return super.join();
    }

    @Override
    public String toString() {
        return terms.describeCall() + " (" + phase() + ")";
    }

    // ---- for the rooms of this package

    Terms terms() {
        return terms;
    }

    Core core() {
        return terms.core();
    }

    boolean hasNotBegun() {
        return claim == WAITING;
    }

    @Nullable
    Thread runner() {
        return runner;
    }

    @Nullable
    Thread caller() {
        return caller;
    }

    /** Whether it was made by {@code call}, so that its caller waits for it and it need not be queued to run. */
    boolean isAwaited() {
        return way == Way.CALL;
    }

    /** The thread that made the call, if it waits for it in a {@code call}. */
    @Nullable
    Thread callerInCall() {
        return way == Way.CALL && !isDone() ? caller : null;
    }

    /** Whether it is or was in the line: set under the lock of the queue. */
    boolean isQueued() {
        return ticket != 0;
    }

    /** Claims the call for this thread, which then has to {@link #run} it; false if somebody else was quicker. */
    boolean claimToRun() {
        if (!CLAIM.compareAndSet(this, WAITING, BEGUN)) {
            return false;
        }
        runner = Thread.currentThread();
        return true;
    }

    /**
     * Runs the op on this thread, which has claimed the call, and ends the call with its outcome.
     *
     * @return what is to be raised in this thread, or null
     */
    @Nullable
    Throwable run() {
        long begunNanos = core().callbacks().now();
        T value;
        try {
            value = takeOp().call();
        } catch (Throwable failure) { // an Error too belongs to the caller
            return fail(failure, begunNanos);
        }
        leaveRunner();
        if (!end(value)) {
            core().callbacks().lateResult(value);
        }
        core().callbacks().ended(queuedNanos, begunNanos, null);
        return null;
    }

    private @Nullable Throwable fail(Throwable failure, long begunNanos) {
        leaveRunner();
        Raise raise = terms.raise();
        if (!raise.inCaller()) {
            silenced = failure;
        }
        boolean seen = endExceptionally(failure) && way != Way.EXECUTE;
        core().callbacks().ended(queuedNanos, begunNanos, failure);
        if (raise == Raise.CALLER && !seen) {
            Thrown.unseen(failure);
        }
        return raise.inReceiver() ? failure : null;
    }

    /** Ends a call that has begun and could not be ended by {@link #run}: the stack or the memory was used up. */
    void endAfter(Throwable ours) {
        leaveRunner();
        op = null;
        endExceptionally(ours);
    }

    /** Hands out the op and forgets it, so that nothing of ours keeps it alive while it runs and after. */
    private Callable<? extends T> takeOp() {
        Callable<? extends T> taken = requireNonNull(op);
        op = null;
        return taken;
    }

    private void leaveRunner() {
        runner = null;
        caller = null;
    }

    /**
     * Ends the call because nobody will run it, unless it has been claimed.
     *
     * @return what would have been run, or null if it had been claimed
     */
    @Nullable
    Callable<? extends T> refuse(Throwable reason) {
        if (!CLAIM.compareAndSet(this, WAITING, REFUSED)) {
            return null;
        }
        Callable<? extends T> never = takeOp();
        caller = null;
        endExceptionally(reason);
        tellUnrun();
        return never;
    }

    boolean wasRefused() {
        return claim == REFUSED;
    }

    /** Ends the call because its time is over, unless it has begun or ended. */
    void expire() {
        if (hasNotBegun()) {
            var timeout = new CallTimeoutException(
                    terms.describeCall() + " had not begun when its time was over; it was withdrawn",
                    true,
                    core().report());
            if (claimToWithdraw()) {
                giveUp(timeout);
            }
        }
    }

    /** Claims the call for not being run and frees its place; false if it has begun or was claimed before. */
    boolean claimToWithdraw() {
        if (claim != WAITING || !CLAIM.compareAndSet(this, WAITING, WITHDRAWN)) {
            return false;
        }
        op = null;
        caller = null;
        core().remove(this);
        return true;
    }

    /**
     * Ends the call with the reason for which its caller waits no longer; an outcome of the op is then a late one.
     *
     * @return false if the call has ended before
     */
    boolean giveUp(Throwable reason) {
        boolean ended = endExceptionally(reason);
        if (ended && claim == WITHDRAWN) {
            tellUnrun();
        }
        return ended;
    }

    private void tellUnrun() {
        core().callbacks().unrun(queuedNanos, () -> {
            Throwable reason = failure();
            return reason != null ? reason : new CancellationException("completed by hand before it began");
        });
    }

    /** Waits for the end of the call. Throws what ended the wait before. */
    void await(long nanos, @Nullable Runnable pump) {
        try {
            if (!Wait.await(outcome(), nanos, pump)) {
                throw timeout(nanos, claim == WITHDRAWN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
    }

    CallTimeoutException timeout(long nanos, boolean withdrawn) {
        String state =
                withdrawn ? "it was withdrawn and never runs" : runner == null ? "it still waits" : "it still runs";
        CallReport report = core().report();
        return new CallTimeoutException(
                terms.describeCall() + " has not ended after " + Duration.ofNanos(nanos) + "; " + state + "\n" + report,
                withdrawn,
                report);
    }

    CallInterruptedException interrupted() {
        return new CallInterruptedException("interrupted while waiting for " + terms.describeCall(), core().report());
    }

    private T result(long nanos, @Nullable Runnable pump) {
        await(nanos, pump);
        return value();
    }

    /** The value of an ended call. Throws its failure as it is, unless it is kept from the caller. */
    T value() {
        Throwable failure = failure();
        if (failure == null || isSilenced(failure)) {
            return now();
        }
        throw Thrown.<RuntimeException>as(failure);
    }

    /** The value of an ended call, or the alternative if it ended with any exception that is not an {@code Error}. */
    T valueOrElse(T alternative) {
        Throwable failure = failure();
        if (failure == null) {
            return now();
        }
        if (failure instanceof Error error && !isSilenced(error)) {
            throw error;
        }
        return alternative;
    }

    @SuppressWarnings("ReferenceEquality") // the op's own exception, not one like it
    private boolean isSilenced(Throwable failure) {
        return failure == silenced;
    }

    /** The value of an ended call; null if it has failed. */
    @SuppressWarnings("NullAway") // null stands for "no value", whatever T is
    private T now() {
        return isCompletedExceptionally() ? null : getNow(null);
    }

    /** The exception that an ended call ended with: the object itself, which get and join may wrap or replace. */
    private @Nullable Throwable failure() {
        return isCompletedExceptionally()
                ? super.handle((value, failure) -> failure).getNow(null)
                : null;
    }

    private boolean end(T value) {
        wakeWaits();
        return super.complete(value);
    }

    private boolean endExceptionally(Throwable failure) {
        wakeWaits();
        return super.completeExceptionally(failure);
    }

    /**
     * Wakes all who wait, before the outcome is published and dependent stages run, because a stage may take long. Who is
     * woken – or comes now – sees {@link Wait#ENDING} and yields for the few instructions until the outcome is there.
     */
    private void wakeWaits() {
        for (Wait each = (Wait) WAITS.getAndSet(this, Wait.ENDING); each != null; each = each.next) {
            each.wake();
        }
    }

    /** What a thread waits for that waits for the end of this call. */
    Awaited outcome() {
        return new Outcome();
    }

    private final class Outcome implements Awaited {
        @Override
        public boolean isReady() {
            while (!isDone()) {
                if (waits != Wait.ENDING) {
                    return false;
                }
                Spin.giveWay();
            }
            return true;
        }

        @Override
        public void attach(Wait wait) {
            Wait newest;
            do {
                newest = waits;
                if (newest == Wait.ENDING) {
                    return;
                }
                wait.next = newest;
            } while (!WAITS.compareAndSet(Call.this, newest, wait));
        }

        @Override
        public void detach(Wait wait) {
            if (WAITS.compareAndSet(Call.this, wait, wait.next)) {
                return;
            }
            for (Wait each = waits; each != null; each = each.next) {
                if (each.next == wait) {
                    each.next = wait.next; // a waker that walks the list now still gets past it: wait.next stays
                    return;
                }
            }
        }

        @Override
        public List<Call<?>> calls() {
            return List.of(Call.this);
        }

        @Override
        public Core core() {
            return Call.this.core();
        }

        @Override
        public String toString() {
            Thread thread = runner;
            String where = thread == null ? "has not begun" : "runs in " + CallReport.name(thread);
            return terms.describeCall() + ", which " + where;
        }
    }
}
