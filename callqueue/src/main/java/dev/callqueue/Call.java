package dev.callqueue;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
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
 * result, handed to the queue's {@link CallQueue.Builder#onLateResult sink}. The thread that runs it is
 * interrupted only by {@link #cancel cancel(true)} of a call that was made through {@link CallTarget#interruptible}.
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
     * it when nobody will run it. Who claims it ends it, on every path, unless somebody needs the end of a refused one before.
     * The claim takes the place of the op:
     *
     *   op --claim to run--> Receiver or Interruption --> OVER or Failure   then ended by the outcome, unless
     *                                                                       completed by hand before; a call whose only
     *                                                                       reader is its caller leaves out OVER
     *   op --claim---------> Unrun                                          then ended by the reason: cancelled, completed
     *                                                                       by hand, timeout, interrupt; closed, owner gone
     *   op --claim---------> Refused --end--> Unrun                         together with all others that wait: then ended one by
     *                                                                       one, or before by who needs that one
     *
     * What the caller wrote before the call is published to the claiming thread by the inbox or the lock of the queue, and
     * the outcome to everyone by CompletableFuture, whose result alone says that a call has ended; of an executed call, which
     * nobody has, nothing says so unless it never runs.
     */

    /** How often a call that is about to end is looked at before something else is done. */
    private static final int MAX_LOOKS = 1000;

    private static final VarHandle STATE;
    private static final VarHandle OTHERS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(Call.class, "state", Object.class);
            OTHERS = lookup.findVarHandle(Call.class, "others", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Terms terms;

    /** What to run, or, in its place, the {@link Claim}. Written first by the caller, before the call is queued. */
    private Object state;

    /**
     * Who has to do with the call from outside. At first the thread that made it; then who is told of the end before
     * dependent stages run, newest first, linked by {@link Follower#next}, of which the oldest leads to that thread; at the
     * end {@link Follower#ENDING}, so that an ended call keeps nobody. Added by anyone, removed under the lock of the wait
     * graph, taken all at once by {@link #tellFollowers}. Where nobody but its maker knows the call, it may keep that thread.
     */
    private @Nullable Object others;

    /** @param op a {@code Callable}, or, if the terms say that it is executed, a {@code Runnable} */
    Call(Terms terms, Object op) {
        this.terms = terms;
        this.state = terms.core().callbacks().timed(op);
        this.others = Thread.currentThread();
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
        Call<T> call = new Call<>(Terms.standard(core).by(Terms.Way.SUBMIT), op);
        core.add(call, Nanos.FOREVER);
        core.close();
        return call;
    }

    /**
     * Waits for the end of the call and returns its value.
     *
     * @return the value; {@code null} if the call failed and {@link CallTarget#raising} keeps that from the caller
     * @throws java.util.concurrent.CancellationException if the call was taken back by {@link #withdraw} or cancelled
     * @throws CallTimeoutException if it was submitted with a time limit ({@link CallTarget#within}) and had not begun in time
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
            return Wait.await(outcome(), nanos, null) ? valueOrElse(alternative) : alternative;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
    }

    /**
     * Takes the call back if it has not begun: it ends as cancelled, and its place in the queue is free at once.
     *
     * @return true if it has not begun and never will
     */
    public boolean withdraw() {
        UnrunEnding unrun = new UnrunEnding(() -> super.cancel(false));
        if (claimToWithdraw()) {
            unrun.run();
        } else {
            endIfRefused();
        }
        return !hasBegun();
    }

    /**
     * Where the call is in its life.
     *
     * @return the phase
     */
    public Phase phase() {
        Phase phase = phaseNow();
        if (phase == Phase.FAILED) {
            markSeen();
        }
        return phase;
    }

    private Phase phaseNow() {
        if (!isDone()) {
            return hasBegun() ? Phase.RUNNING : Phase.WAITING;
        }
        if (isWithdrawn()) {
            return Phase.WITHDRAWN;
        }
        return super.isCompletedExceptionally() ? Phase.FAILED : Phase.SUCCEEDED;
    }

    /**
     * Ends the call as cancelled: it never runs if it has not begun, and goes on unnoticed if it runs.
     *
     * @param mayInterruptIfRunning whether to interrupt it if it runs; has an effect only on a call made through
     *     {@link CallTarget#interruptible}, because otherwise the target's thread is not the caller's to interrupt
     */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = endByHand(() -> super.cancel(mayInterruptIfRunning));
        if (cancelled && mayInterruptIfRunning) {
            interruptRun();
        }
        return cancelled;
    }

    @Override
    public boolean complete(T value) {
        return endByHand(() -> super.complete(value));
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        requireNonNull(failure, "failure");
        return endByHand(() -> super.completeExceptionally(failure));
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
        markSeen();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        if (!Wait.await(outcome(), Math.max(0, unit.toNanos(timeout)), null)) {
            throw new TimeoutException(terms.describeCall() + " has not ended after " + timeout + " " + unit);
        }
        markSeen();
        return super.get();
    }

    @Override
    public T join() {
        Wait.awaitUninterruptibly(outcome());
        markSeen();
        return super.join();
    }

    @Override
    @SuppressWarnings("NullAway") // what the caller passes stands for "no value", whatever T is
    public T getNow(T valueIfAbsent) {
        if (isDone()) {
            markSeen();
        }
        return super.getNow(valueIfAbsent);
    }

    @Override
    public boolean isCompletedExceptionally() {
        boolean failed = super.isCompletedExceptionally();
        if (failed) {
            markSeen();
        }
        return failed;
    }

    /**
     * As {@code Future.exceptionNow}, which JDK 19 added: the exception with which the call has failed.
     *
     * @return what the op threw; the cause, if that is a {@link CompletionException} with one
     * @throws IllegalStateException if the call has not ended, has a value, or was cancelled
     */
    @SuppressWarnings("MissingOverride") // of a method that the JDK we compile for does not have
    public Throwable exceptionNow() {
        Throwable failure = failure();
        if (failure == null || isCancelled()) {
            throw new IllegalStateException("no exception: " + this);
        }
        markSeen();
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    /** For the dependent stages, most of which begin with this: who adds one looks at the outcome. */
    @Override
    public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
        followByStage(); // before the look at the failure: who fails looks the other way round
        markSeen();
        return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<T> minimalCompletionStage() {
        followByStage();
        markSeen();
        return super.minimalCompletionStage();
    }

    /** For the stages of others that depend on this call. */
    @Override
    public CompletableFuture<T> toCompletableFuture() {
        followByStage();
        markSeen();
        return this;
    }

    @Override
    public CompletableFuture<T> orTimeout(long timeout, TimeUnit unit) {
        followByDeadline(unit);
        return super.orTimeout(timeout, unit);
    }

    @Override
    public CompletableFuture<T> completeOnTimeout(T value, long timeout, TimeUnit unit) {
        followByDeadline(unit);
        return super.completeOnTimeout(value, timeout, unit);
    }

    private void followByDeadline(TimeUnit unit) {
        requireNonNull(unit, "unit");
        follow(new Follower.Deadline());
        core().backlog().noteLimit();
    }

    @Override
    public String toString() {
        return terms.describeCall() + " (" + phaseNow() + ")";
    }

    // ---- for the rooms of this package

    Terms terms() {
        return terms;
    }

    Core core() {
        return terms.core();
    }

    /** The op or the claim; acquires what the claiming thread had written before. */
    private Object state() {
        return STATE.getAcquire(this);
    }

    /** Says what has become of a call that this thread runs; released, for the publication of the outcome follows. */
    private void setState(Claim fate) {
        STATE.setRelease(this, fate);
    }

    private @Nullable Object others() {
        return OTHERS.getAcquire(this);
    }

    boolean hasNotBegun() {
        return !(state() instanceof Claim);
    }

    private boolean hasBegun() {
        return state() instanceof Claim claim && !(claim instanceof Claim.Unrun);
    }

    private boolean isWithdrawn() {
        return state() instanceof Claim.Unrun unrun && unrun.withdrawn;
    }

    boolean wasRefused() {
        return state() instanceof Claim.Unrun unrun && !unrun.withdrawn;
    }

    private boolean neverRuns() {
        return state() instanceof Claim.Unrun;
    }

    /** How the op failed, if it did. */
    private @Nullable Failure opFailure() {
        return state() instanceof Failure failure ? failure : null;
    }

    /** The thread that runs the call now. */
    @Nullable
    Thread runner() {
        return state() instanceof Claim claim && !isDone() ? claim.runner() : null;
    }

    boolean hasLimit() {
        return terms.limitNanos() != Nanos.FOREVER;
    }

    /** Whether it will end because a time is over, whatever anybody does, and not because its caller waits no longer. */
    boolean endsInTime() {
        return (!isAwaited() && hasNotBegun() && hasLimit()) || hasDeadline();
    }

    private boolean hasDeadline() {
        Object each = others();
        while (each instanceof Follower follower) {
            if (follower instanceof Follower.Deadline) {
                return true;
            }
            each = follower.next;
        }
        return false;
    }

    /** Whether it will be interrupted when the time is over for which its caller waits, if he does. */
    boolean isInterruptedInTime() {
        return terms.interruptible() && isAwaited() && hasLimit() && !isDone();
    }

    /** Whether that thread runs it, though it may have been ended by hand. */
    boolean isRunBy(Thread thread) {
        return state() instanceof Claim claim && claim.runner() == thread;
    }

    /** The thread that made the call, until it has ended; a report that misses the clearing shows it a moment longer. */
    @Nullable
    Thread caller() {
        Object each = others();
        while (each instanceof Follower follower) {
            each = follower.next;
        }
        return (Thread) each;
    }

    /** Whether it was made by {@code call}, so that its caller waits for it and it need not be queued to run. */
    boolean isAwaited() {
        return terms.way() == Terms.Way.CALL;
    }

    /** The call in words, with its maker. */
    String describe() {
        Thread maker = caller();
        return terms.describeCall() + (maker == null ? "" : ", made by " + CallReport.name(maker));
    }

    /** The thread that made the call, if it waits for it in a {@code call}. */
    @Nullable
    Thread callerInCall() {
        return isAwaited() && !isDone() ? caller() : null;
    }

    /**
     * Claims the call for this thread, which then has to {@link #run} it.
     *
     * @return its op, or null if somebody else was quicker
     */
    @Nullable
    Object claimToRun(Receiver me) {
        Object op = state();
        if (op instanceof Claim) {
            return null;
        }
        Claim claim = terms.interruptible() ? interruptionOr(me) : me;
        if (!STATE.compareAndSet(this, op, claim)) {
            return null;
        }
        me.countBegun();
        return op;
    }

    /** Where there is no memory the call cannot be interrupted: it may be in no line any more, and must not be lost. */
    private static Claim interruptionOr(Receiver me) {
        try {
            return new Interruption();
        } catch (OutOfMemoryError noMemory) {
            return me;
        }
    }

    /** Whether the same thread has made both, or they are the same. */
    boolean isOfSameCaller(Call<?> other) {
        if (this == other) {
            return true;
        }
        Thread caller = caller();
        return caller != null && caller == other.caller();
    }

    /**
     * Runs the op on this thread, which has claimed the call, and ends the call with its outcome.
     *
     * @param claimed what {@link #claimToRun} gave
     * @return what is to be raised in this thread, or null
     */
    @Nullable
    Throwable run(Receiver me, Object claimed) {
        Callbacks callbacks = core().callbacks();
        long queuedNanos = claimed instanceof Claim.Timed timed ? timed.queuedNanos() : 0;
        long begunNanos = callbacks.now();
        T value;
        try {
            value = runOp(me, Claim.Timed.opOf(claimed));
        } catch (Throwable failure) { // an Error too belongs to the caller
            return fail(failure, queuedNanos, begunNanos, me);
        }
        if (!succeed(value)) {
            callbacks.lateResult(value);
        }
        callbacks.ended(queuedNanos, begunNanos, null);
        return null;
    }

    /** Ends the call with the value of the op, which nobody waits for if it was executed; false if it had been ended before. */
    private boolean succeed(T value) {
        switch (terms.way()) {
            case CALL -> { // the only one who knows the call, and so its only follower, is its caller
                boolean ended = super.complete(value);
                // volatile, as is the compare-and-set in follow: he looks for the outcome after he has followed
                if (OTHERS.getVolatile(this) instanceof Follower) {
                    tellFollowers();
                }
                return ended;
            }
            case SUBMIT -> {
                setState(Claim.OVER);
                tellFollowers();
                return super.complete(value);
            }
            default -> {
                setState(Claim.OVER);
                if (hasLimit()) {
                    tellFollowers(); // its timer, which nobody else stops
                }
                return true;
            }
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // of an executed call nobody sees the value
    private T runOp(Receiver me, Object op) throws Exception {
        if (terms.way() == Terms.Way.EXECUTE) {
            ((Runnable) op).run();
            return null;
        }
        return terms.interruptible() && state() instanceof Interruption interruption
                ? me.runInterruptible(this, interruption, (Callable<T>) op)
                : ((Callable<T>) op).call();
    }

    private @Nullable Throwable fail(Throwable thrown, long queuedNanos, long begunNanos, Receiver me) {
        Raise raise = terms.raise();
        Failure failure = new Failure(thrown, !raise.inCaller(), me.framesPassed(thrown));
        setState(failure);
        boolean followed = tellFollowers() || getNumberOfDependents() > 0; // allOf and anyOf do not follow
        boolean ended = super.completeExceptionally(thrown);
        core().callbacks().ended(queuedNanos, begunNanos, thrown);
        if (!ended && me.wasInterrupted(this)) { // for its caller's sake, who did not wait for it
            return null;
        }
        if (raise == Raise.CALLER) {
            if (terms.way() == Terms.Way.EXECUTE || !ended) {
                Thrown.unseen(thrown);
            } else if (terms.way() == Terms.Way.SUBMIT && !followed) {
                failure.reportIfUnseen(this);
            }
        }
        return raise.inReceiver() ? thrown : null;
    }

    /** Ends a call that has begun and could not be ended by {@link #run}: the stack or the memory was used up. */
    void endAfter(Throwable ours) {
        setState(Claim.OVER);
        endExceptionally(ours);
        long now = core().callbacks().now();
        core().callbacks().ended(now, now, ours);
    }

    /** Ends the call, if it has been refused together with others and nobody else has begun to end it. */
    void endIfRefused() {
        Ending ending = takeRefused();
        if (ending != null) {
            ending.run();
        }
    }

    /**
     * As {@link #endIfRefused}, by another thread, if the call may have a stage: that may wait for this thread, which waits for the call.
     */
    void haveEndedIfRefused() {
        Ending ending = takeRefused();
        if (ending == null) {
            return;
        }
        if (isAwaited()) {
            ending.run();
        } else {
            Watch.end(ending);
        }
    }

    /** What ends the call, if it has been refused together with others and nobody else has taken that; whoever does has to run it. */
    private @Nullable Ending takeRefused() {
        if (!(state() instanceof Claim.Refused refused)) {
            return null;
        }
        Ending ending = refusal(refused.refusal::reasonOfOne);
        Claim.Unrun taken = refused.taken();
        StackRoom.check();
        if (!STATE.compareAndSet(this, refused, taken)) {
            return null;
        }
        try {
            core().noteRefusedEnds();
        } catch (Throwable noRoom) {
            ending.runLater();
            throw noRoom;
        }
        return ending;
    }

    /**
     * Has who waits for the call, which was refused, look: he may have to have it ended. Read like a volatile, after the claim: who follows
     * from now on looks afterwards whether it was refused.
     */
    void tellRefused() {
        Object each = OTHERS.getVolatile(this);
        while (each instanceof Follower follower) {
            follower.refused();
            each = follower.next;
        }
    }

    /** Whether it has been refused together with others, and nobody has begun to end it. */
    boolean isToBeEnded() {
        return state() instanceof Claim.Refused;
    }

    /** What the op of this call, which was never run, would have done. */
    Runnable unrun(Object claimed) {
        Object op = Claim.Timed.opOf(claimed);
        return terms.way() == Terms.Way.EXECUTE ? (Runnable) op : () -> runUnasked((Callable<?>) op);
    }

    /** What ends the call with that reason, asked for then, once it has been claimed for never being run. */
    Ending refusal(Supplier<? extends Throwable> reason) {
        return new UnrunEnding(() -> super.completeExceptionally(reason.get()));
    }

    private static void runUnasked(Callable<?> op) {
        try {
            op.call();
        } catch (Throwable failure) {
            throw Thrown.<RuntimeException>as(failure);
        }
    }

    /** Claims the call for never being run; returns its op, or null if it has been claimed before. */
    @Nullable
    Object claimUnrun(boolean withdrawn) {
        Object op = state();
        return claimUnrun(op, Claim.Unrun.of(op, withdrawn));
    }

    /** As {@link #claimUnrun(boolean)}, together with others, by who will end them all. */
    @Nullable
    Object claimUnrun(Refusal refusal) {
        Object op = state();
        return claimUnrun(op, refusal.claimOf(op));
    }

    private @Nullable Object claimUnrun(Object op, Claim.Unrun claim) {
        return op instanceof Claim || !STATE.compareAndSet(this, op, claim) ? null : op;
    }

    /** Ends the call because its time is over, unless it has begun or ended. */
    void expire() {
        int place = core().placeOf(this);
        Throwable[] reason = new Throwable[1];
        Ending unrun = refusal(() -> reason[0]);
        if (claimToWithdraw()) {
            try {
                reason[0] = timeout("had not begun when its time was over", true, place);
            } catch (Throwable noMemory) {
                reason[0] = noMemory;
            }
            unrun.run();
        } else {
            endIfRefused();
        }
    }

    /** Claims the call for not being run and frees its place; false if it has begun or was claimed before. */
    boolean claimToWithdraw() {
        return core().claimUnrun(this, true) != null;
    }

    /**
     * Ends the call because its caller, the only one who knows it, waits no longer: withdraws it if it has not begun, and interrupts it if
     * it was made for that. If it has an outcome already, and its caller is thrown why he does not wait in any case, a value is a late one, and a
     * failure that is not kept from him goes with that.
     */
    final class CutOff extends Ending implements BooleanSupplier {
        private final UnrunEnding unrun = new UnrunEnding(this);
        private final boolean explain;

        /** Whether it was attempted before, and its caller has been thrown what it failed of. */
        private boolean again;

        /** Whether the call has ended with the reason. */
        private boolean given;

        /** What has ended the wait; null if its time is over. */
        private @Nullable Throwable why;

        /** What the call is ended with; made when it is known whether the call runs. */
        private @Nullable Throwable reason;

        /** @param explain whether the caller sees what a timeout says */
        CutOff(boolean explain) {
            this.explain = explain;
        }

        /**
         * Does it.
         *
         * @param cause what has ended the wait; null if its time is over
         * @return what the caller is thrown; null if it was a timeout or an interrupt, and the call has an outcome of its own, which is his
         */
        @Nullable
        Throwable because(@Nullable Throwable cause) {
            why = cause;
            run();
            if (!yieldsToOutcome()) {
                return cause;
            }
            return given ? reason : null;
        }

        /** Whether an outcome that is there already is the caller's. */
        private boolean yieldsToOutcome() {
            return why == null || why instanceof InterruptedException;
        }

        @Override
        void attempt() {
            boolean thrown = !again; // to the caller: the reason
            again = true;
            int place = reason == null ? placeIfPossible() : 0;
            if (!claimToWithdraw()) {
                endIfRefused();
            }
            boolean yields = thrown && yieldsToOutcome();
            if (yields && isDone()) {
                return;
            }
            if (reason == null) {
                reason = reasonIfPossible(place);
            }
            if (isWithdrawn()) { // by the caller, now or before
                unrun.attempt();
                given = unrun.ended;
                return;
            }
            StackRoom.check(); // all followers have to be told
            given |= endExceptionally(reason);
            if (given) {
                interruptRun();
            } else if (!yields) {
                loseOutcome(thrown ? reason : null);
            }
        }

        /** Ends the call that was withdrawn; says whether it had not ended before. */
        @Override
        public boolean getAsBoolean() {
            return Call.super.completeExceptionally(requireNonNull(reason));
        }

        private int placeIfPossible() {
            try {
                return why == null && (explain || core().callbacks().haveListener()) ? core().placeOf(Call.this) : 0;
            } catch (Throwable noRoom) {
                return 0;
            }
        }

        private Throwable reasonIfPossible(int place) {
            try {
                if (why == null) {
                    return timeout(place);
                }
                return why instanceof InterruptedException ? interrupted() : PumpFailure.unwrap(why);
            } catch (Throwable noRoom) {
                return noRoom;
            }
        }

        private CallTimeoutException timeout(int place) {
            boolean withdrawn = neverRuns();
            boolean listener = withdrawn && core().callbacks().haveListener();
            return explain || listener
                    ? Call.this.timeout(terms.limitNanos(), withdrawn, place)
                    : unexplainedTimeout(withdrawn);
        }
    }

    /** Where there is no memory for it, the call is withdrawn or ended without, if that is possible. */
    CutOff cutOff(boolean explain) {
        try {
            return new CutOff(explain);
        } catch (Throwable noMemory) {
            if (!claimToWithdraw()) {
                endExceptionally(noMemory);
            }
            throw noMemory;
        }
    }

    /** Interrupts the op, if it runs now and was made to be interrupted. */
    private void interruptRun() {
        if (state() instanceof Interruption interruption) {
            interruption.interrupt();
        }
    }

    /** Ends the call in that way; it never runs if it has not begun. Says whether it had not ended before. */
    private boolean endByHand(BooleanSupplier end) {
        UnrunEnding unrun = new UnrunEnding(end);
        if (claimToWithdraw()) {
            return unrun.ends();
        }
        endIfRefused();
        if (neverRuns()) {
            letClaimerEnd();
        }
        StackRoom.check(); // all followers have to be told
        tellFollowers();
        return end.getAsBoolean();
    }

    /**
     * Who has claimed the call, in order to withdraw or to refuse it, decides how it ends: yields for the few instructions
     * until it has. Not for ever, because there may be no memory left to end it.
     */
    private void letClaimerEnd() {
        for (int looks = 0; !isDone() && looks < 100 * MAX_LOOKS; looks++) {
            Spin.giveWay();
        }
    }

    /** Ends this call, in that way, after it has been claimed to be withdrawn or refused, and tells the listener. */
    private final class UnrunEnding extends Ending {
        private final BooleanSupplier end;
        private boolean ended;
        private boolean told;

        UnrunEnding(BooleanSupplier end) {
            this.end = end;
        }

        /** Does it; false if another one, who completes by hand, was quicker. */
        boolean ends() {
            run();
            return ended;
        }

        @Override
        void attempt() {
            tellFollowers();
            ended |= end.getAsBoolean();
            if (!told && core().callbacks().haveListener()) {
                tellListener();
                told = true;
            }
        }

        private void tellListener() {
            long queuedNanos = state() instanceof Claim.Unrun unrun ? unrun.queuedNanos : 0;
            core().callbacks().unrun(queuedNanos, () -> {
                Throwable reason = failure();
                return reason != null ? reason : new CancellationException("completed by hand before it began");
            });
        }
    }

    /** Waits for the end of the call. Throws what ended the wait before. */
    void await(long nanos, @Nullable Runnable pump) {
        try {
            if (!Wait.await(outcome(), nanos, pump)) {
                throw timeout(nanos, neverRuns(), core().placeOf(this));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        } catch (PumpFailure failure) {
            throw Thrown.<RuntimeException>as(failure.thrown());
        }
    }

    /** @param place its place in the line, if it had one */
    CallTimeoutException timeout(long nanos, boolean withdrawn, int place) {
        return timeout("has not ended after " + Duration.ofNanos(nanos), withdrawn, place);
    }

    CallTimeoutException unexplainedTimeout(boolean withdrawn) {
        return new CallTimeoutException(terms.describeCall() + " has not ended in time", withdrawn, 0, null);
    }

    private CallTimeoutException timeout(String what, boolean withdrawn, int place) {
        String line = place == 0 ? "" : "; it was number " + place + " of those that wait";
        String state = withdrawn
                ? "it was " + (isWithdrawn() ? "withdrawn" : "refused") + " and never runs"
                : isDone() ? "it ends just now" : runner() == null ? "it still waits" : "it still runs";
        CallReport report = core().report();
        return new CallTimeoutException(
                terms.describeCall() + " " + what + line + "; " + state + "\n" + report, withdrawn, place, report);
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
        markSeen();
        if (isOps(failure)) {
            Trace.addCaller(failure, requireNonNull(opFailure()));
        }
        throw Thrown.<RuntimeException>as(failure);
    }

    /** The value of an ended call, or the alternative if it ended with any exception that is not an {@code Error}. */
    T valueOrElse(T alternative) {
        Throwable failure = failure();
        if (failure == null) {
            return now();
        }
        if (failure instanceof Error && !isSilenced(failure)) {
            return value(); // throws it
        }
        markSeen();
        return alternative;
    }

    /** The outcome comes too late for the caller: a value is handed over, and a failure goes with what the caller is thrown, if anything. */
    private void loseOutcome(@Nullable Throwable thrown) {
        Throwable failure = failure();
        if (failure == null) {
            core().callbacks().lateResult(now());
        } else if (isOps(failure) && !isSilenced(failure)) {
            markSeen();
            if (thrown != null) {
                Thrown.first(thrown, failure);
            } else {
                Thrown.unseen(failure);
            }
        }
    }

    private boolean isSilenced(Throwable failure) {
        return isOps(failure) && requireNonNull(opFailure()).silenced();
    }

    /** Whether that is what the op threw, and not why it was not run or not waited for. */
    @SuppressWarnings("ReferenceEquality") // the op's own exception, not one like it
    private boolean isOps(Throwable failure) {
        Failure own = opFailure();
        return own != null && own.thrown() == failure;
    }

    /** Somebody looks at the outcome. */
    private void markSeen() {
        Failure failure = opFailure();
        if (failure != null) {
            failure.markSeen();
        }
    }

    /** The value of an ended call; null if it has failed. */
    @SuppressWarnings("NullAway") // null stands for "no value", whatever T is
    private T now() {
        return super.isCompletedExceptionally() ? null : super.getNow(null);
    }

    /** The exception that an ended call ended with: the object itself, which get and join may wrap or replace. */
    private @Nullable Throwable failure() {
        return super.isCompletedExceptionally()
                ? super.handle((value, failure) -> failure).getNow(null)
                : null;
    }

    private boolean endExceptionally(Throwable failure) {
        tellFollowers();
        return super.completeExceptionally(failure);
    }

    /** Has the follower told of the end; false if the call has ended, or ends within the next few instructions. */
    boolean follow(Follower follower) {
        Object newest;
        do {
            newest = others();
            if (Follower.isEnding(newest)) {
                return false;
            }
            follower.next = newest;
        } while (!OTHERS.compareAndSet(this, newest, follower));
        return true;
    }

    /**
     * Tells all who follow, before the outcome is published and dependent stages run, because a stage may take long. Who
     * is told – or comes now – calls {@link #isDoneNow}. Says whether the call has dependent stages.
     */
    private boolean tellFollowers() {
        boolean stages = false;
        if (!Follower.isEnding(others())) {
            Object each = OTHERS.getAndSet(this, Follower.ENDING);
            while (each instanceof Follower follower) {
                each = follower.next; // before the follower is told, and may forget it
                stages |= follower.isStage();
                follower.ended();
            }
        }
        return stages;
    }

    /** A dependent stage is about to be added: somebody will look at the outcome. */
    private void followByStage() {
        for (Object each = others(); each instanceof Follower follower; each = follower.next) {
            if (follower.isStage() || Follower.isEnding(follower)) {
                return;
            }
        }
        follow(new Follower.Stage());
    }

    /**
     * Whether the call has ended; if it is about to, yields for the few instructions until the outcome is there. Not for
     * ever: who ends it may have no memory left to do so at once.
     */
    boolean isDoneNow() {
        for (int looks = 0; !isDone(); looks++) {
            if (!Follower.isEnding(others()) || looks == MAX_LOOKS) {
                return false;
            }
            Spin.giveWay();
        }
        return true;
    }

    /** What a thread waits for that waits for the end of this call. */
    Awaited outcome() {
        return new Outcome();
    }

    private final class Outcome implements Awaited {
        @Override
        public boolean isReady() {
            return isDoneNow();
        }

        @Override
        public boolean attach(Wait wait) {
            return follow(wait);
        }

        @Override
        public void detach(Wait wait) {
            if (OTHERS.compareAndSet(Call.this, wait, wait.next)) {
                return;
            }
            for (Object each = others(); each instanceof Follower follower; each = follower.next) {
                if (follower.next == wait) {
                    follower.next = wait.next; // who walks the list now still gets past it: wait.next stays
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
            Thread thread = runner();
            String where =
                    thread != null ? "runs in " + CallReport.name(thread) : isDone() ? "has ended" : "has not begun";
            return terms.describeCall() + ", which " + where;
        }
    }
}
