package dev.callqueue;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Where one calls: a function given here runs on a thread of the target, which owns the state that the function uses.
 *
 * {@snippet class="Snippets" region="quickstart" lang="java"}
 *
 * <p><b>How it ends.</b> Every accepted call ends: it succeeds, it fails, or it is withdrawn and never runs. A call that
 * is not accepted throws {@link QueueFullException}, {@link QueueClosedException} or {@link OwnerGoneException} from the
 * method that made it.
 *
 * <p><b>Threads.</b> Calls of one thread to one target begin in the order in which they were made, except that
 * {@code call} from a thread that runs the target's calls runs at once on that thread, like a normal call. While a thread
 * waits for a call, it runs those calls that come back to it from the call it waits for, as nested normal calls would;
 * all others wait until the waiting is over. A caller's interrupt, time limit or cancellation never interrupts the target,
 * unless the call was made through {@link #interruptible}.
 *
 * <p><b>Memory effects.</b> What a thread did before it made a call <i>happens-before</i> the call begins, and what the
 * call did <i>happens-before</i> anybody sees its outcome.
 *
 * <p><b>Arguments.</b> {@code null} is a value that a call may return; {@code null} as an argument throws
 * {@link NullPointerException}, unless it is an alternative result. A negative duration throws
 * {@link IllegalArgumentException}; {@link Duration#ZERO} means "do not wait", and more than 292 years mean "for ever".
 *
 * <p>A {@code Callable} or {@code Runnable} object is passed as a method reference: {@code call(callable::call)},
 * {@code submit(runnable::run)}.
 */
public interface CallTarget extends Executor {

    /**
     * A function that a caller waits for.
     *
     * @param <T> what it returns
     * @param <X> the checked exception that it throws; a {@code RuntimeException} if none
     */
    @FunctionalInterface
    interface Op<T extends @Nullable Object, X extends Exception> extends Callable<T> {
        @Override
        T call() throws X;
    }

    /**
     * A function without a result.
     *
     * @param <X> the checked exception that it throws; a {@code RuntimeException} if none
     */
    @FunctionalInterface
    interface VoidOp<X extends Exception> {
        /**
         * Does the work.
         *
         * @throws X whatever the work throws
         */
        void run() throws X;
    }

    /**
     * A function of one input of a {@link Harvest}.
     *
     * @param <I> the input
     * @param <T> what it returns
     */
    @FunctionalInterface
    interface Fn<I extends @Nullable Object, T extends @Nullable Object> {
        /**
         * Works on one input.
         *
         * @param input the input
         * @return the result
         * @throws Exception whatever the work throws
         */
        T apply(I input) throws Exception;
    }

    /**
     * Runs the function on a thread of this target and waits for its outcome.
     *
     * @param op the function
     * @param <T> what it returns
     * @param <X> the checked exception that it throws
     * @return what the function returned; {@code null} if it threw and {@link #raising} keeps that from the caller
     * @throws X the function's own exception: the same object; unchecked exceptions and errors come as they are, too
     * @throws CallTimeoutException if the time limit set by {@link #within} is over; a call that has not begun by then
     *     will never run, and one that runs goes on
     * @throws CallInterruptedException if this thread is interrupted while it waits, with the same consequence
     * @throws CallDeadlockException if the wait would never end
     * @throws CallDepthException if the call came back to a thread of the target and was nested too deep there
     * @throws java.util.concurrent.RejectedExecutionException if the call was not run: the queue is full, closed, or has
     *     nobody left to run it
     */
    <T extends @Nullable Object, X extends Exception> T call(Op<T, X> op) throws X;

    /**
     * Runs the function on a thread of this target and waits until it has ended, like {@link #call(Op)}.
     *
     * @param op the function
     * @param <X> the checked exception that it throws
     * @throws X the function's own exception
     */
    <X extends Exception> void call(VoidOp<X> op) throws X;

    /**
     * Runs the function on a thread of this target and waits for its result, or takes the alternative if there is none:
     * if the function threw an {@code Exception}, the time limit is over, or the queue is full, closed or has nobody left.
     * An {@code Error} of the function is thrown, and so is a deadlock or an interrupt of this wait, as {@link #call(Op)} throws them.
     *
     * @param alternative the result in these cases; may be {@code null}
     * @param op the function
     * @param <T> what it returns
     * @return the result or the alternative
     */
    <T extends @Nullable Object> T callOrElse(T alternative, Callable<? extends T> op);

    /**
     * Queues the function for a thread of this target and does not wait for it.
     *
     * <p>With a time limit ({@link #within}), a call that has not begun within it is withdrawn and ends with
     * {@link CallTimeoutException}.
     *
     * @param op the function
     * @param <T> what it returns
     * @return the call
     * @throws java.util.concurrent.RejectedExecutionException if the call was not accepted
     */
    <T extends @Nullable Object> Call<T> submit(Callable<T> op);

    /**
     * Queues the function for a thread of this target and does not wait for it, like {@link #submit(Callable)}.
     *
     * @param op the function
     * @return the call; its result is {@code null}
     */
    Call<@Nullable Void> submit(VoidOp<?> op);

    /**
     * Queues the function for a thread of this target; nobody sees its outcome. If it throws, the uncaught exception
     * handler of the thread that runs it is told, and that thread goes on.
     *
     * @param op the function
     * @throws java.util.concurrent.RejectedExecutionException if the call was not accepted
     */
    @Override
    void execute(Runnable op);

    /**
     * Applies the function to all inputs on threads of this target, and gives the results as they come.
     *
     * <p>The inputs are read one by one, on the threads that use the harvest, only so far that a bounded number of calls
     * is under way or not yet harvested: they may be endless, or more than fits into memory.
     * How many, and what comes of inputs that cannot be read, {@link Harvest} tells.
     *
     * @param inputs the inputs
     * @param fn the function
     * @param <I> an input
     * @param <T> what the function returns
     * @return the harvest, begun
     * @throws java.util.concurrent.RejectedExecutionException if the queue is closed or has nobody left to run calls
     */
    <I extends @Nullable Object, T extends @Nullable Object> Harvest<I, T> harvest(
            Iterable<? extends I> inputs, Fn<? super I, ? extends T> fn);

    /**
     * This target with a time limit: for waiting in {@code call} and {@code callOrElse}, for the begin of a call in
     * {@code submit} and {@code execute}, and for a free place in a full queue. What was executed and does not begin in time, never
     * runs, and only the queue's {@link CallListener} is told. A {@code call} that runs at once has no limit.
     *
     * @param timeout the limit
     * @return the view
     */
    CallTarget within(Duration timeout);

    /**
     * This target with another place where a call's exception is raised.
     *
     * @param where the place
     * @return the view
     */
    CallTarget raising(Raise where);

    /**
     * This target with something to do while {@code call} and {@code callOrElse} wait: the pump is run again and again
     * until the call has ended, also while there is no place for it; places that come free while it runs go to others. Between two
     * runs the thread rests up to a millisecond, so the pump need not wait itself; what it throws ends the wait and is thrown.
     *
     * @param pump what to run
     * @return the view
     */
    CallTarget pumping(Runnable pump);

    /**
     * This target with a name for the calls, shown in reports.
     *
     * @param name the name
     * @return the view
     */
    CallTarget named(String name);

    /**
     * This target for calls that may be interrupted while they run: when the caller gives such a call up – its time is
     * over, it is interrupted itself, or it calls {@link Call#cancel cancel(true)} – the thread that runs it is
     * interrupted. The interrupt reaches this call and no other: not one that runs in the same thread while this one
     * waits, and none that comes after it. What the call then throws goes nowhere.
     *
     * <p>Without this, a running call is left alone. Use it only for functions that are made for interrupts: some
     * resources, such as file channels, are closed by one.
     *
     * @return the view
     */
    default CallTarget interruptible() {
        throw new UnsupportedOperationException(
                "interruptible calls: " + getClass().getName());
    }

    /**
     * Whether the current thread is one that runs this target's calls, so that {@code call} would run at once.
     *
     * @return true if it is
     */
    boolean isTargetThread();
}
