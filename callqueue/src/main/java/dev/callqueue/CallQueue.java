package dev.callqueue;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A queue of calls that wait for a thread which owns some state to receive and run them.
 *
 * {@snippet class="Snippets" region="owner" lang="java"}
 *
 * <p>Any thread may call. Who receives is chosen when the queue is made: a thread of the user's ({@link #create},
 * {@link #forCurrentThread}) calls one of the five {@code receive…} methods, threads of the queue's own
 * ({@link #withConsumers}) do it by themselves, or a loop that the user has already ({@link #on}) is given the calls to
 * run. The rules that hold for every call are told at {@link CallTarget}.
 *
 * <p><b>Exceptions</b> that a call raises in the receiver ({@link Raise#RECEIVER}) leave {@code receive…} on the thread
 * that runs it, undeclared if they are checked; the calls behind stay queued. For a call that this thread ran while it
 * waited for another, that happens in the receive around it, or in its next one. A consumer thread that ends this way is
 * replaced.
 *
 * <p><b>Interrupts</b> of a receiving thread are its own: a call never sees one that came before it, and a flag that a
 * call leaves set is seen by the loop that receives. Consumer threads drop it.
 *
 * <p><b>The end.</b> A queue ends by {@link #close}, {@link #closeNow} or {@link #closeAndReceive}; by the end of its
 * owner thread; or when nobody refers to it any more: consumers and loops then run the rest, and consumers end. Without
 * any, what waits fails with {@link OwnerGoneException}. A function that waits in the queue and uses the queue refers to
 * it. In none of these cases is a caller left waiting, except by a loop that accepts what it is given and silently drops it: that
 * can be told only of an {@code ExecutorService} that has terminated.
 *
 * <p><b>Memory effects</b> are those of {@link CallTarget}; what a thread did before it closed the queue
 * <i>happens-before</i> a {@code receive…} returns because of it.
 */
public final class CallQueue implements CallTarget, AutoCloseable {
    private final Core core;
    private final View standard;

    /** Closes the queue when nobody has it any more. */
    private final Cleaner.Cleanable abandoned;

    static {
        initialise(
                Claim.Unrun.class,
                Claim.Refused.class,
                Deadlock.class,
                Ending.class,
                Garbage.class,
                Refusal.class,
                Trace.class,
                Wait.class,
                WaitGraph.class,
                Watch.class);
        StackRoom.check(); // what it uses of the JDK, too
    }

    /** Here and now: a class that is first needed where the stack is used up, is unusable ever after. */
    private static void initialise(Class<?>... rooms) {
        for (Class<?> room : rooms) {
            try {
                MethodHandles.lookup().ensureInitialized(room);
            } catch (IllegalAccessException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    private CallQueue(Core core) {
        this.core = core;
        this.standard = new View(this, Terms.standard(core));
        this.abandoned = Garbage.CLEANER.register(this, core::abandon);
    }

    /**
     * Makes a queue from which any thread may receive.
     *
     * @return the queue
     */
    public static CallQueue create() {
        return builder().build();
    }

    /**
     * Makes a queue that the current thread owns: nobody else may receive.
     *
     * {@snippet class="Snippets" region="raising" lang="java"}
     *
     * @return the queue
     */
    public static CallQueue forCurrentThread() {
        return builder().owner(Thread.currentThread()).build();
    }

    /**
     * Makes a queue with threads of its own, which are started one by one while more calls wait than threads do. Any other thread may
     * help them by a {@code receive…}.
     *
     * {@snippet class="Snippets" region="consumers" lang="java"}
     *
     * @param max how many at most
     * @return the queue
     */
    public static CallQueue withConsumers(int max) {
        return builder().consumers(max).build();
    }

    /**
     * Makes a queue whose calls are run by a loop that exists already: Swing, JavaFX, an event loop, an executor.
     *
     * {@snippet class="Snippets" region="loop" lang="java"}
     *
     * @param loop how to have something run by the loop
     * @param inLoop whether the current thread is the loop's
     * @return the queue
     */
    public static CallQueue on(Executor loop, BooleanSupplier inLoop) {
        return builder().on(loop, inLoop).build();
    }

    /**
     * Begins to make a queue with options.
     *
     * {@snippet class="Snippets" region="builder" lang="java"}
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    // ---- calling

    @Override
    public <T extends @Nullable Object, X extends Exception> T call(Op<T, X> op) throws X {
        return standard.call(op);
    }

    @Override
    public <X extends Exception> void call(VoidOp<X> op) throws X {
        standard.call(op);
    }

    @Override
    public <T extends @Nullable Object> T callOrElse(T alternative, Callable<? extends T> op) {
        return standard.callOrElse(alternative, op);
    }

    @Override
    public <T extends @Nullable Object> Call<T> submit(Callable<T> op) {
        return standard.submit(op);
    }

    @Override
    public Call<@Nullable Void> submit(VoidOp<?> op) {
        return standard.submit(op);
    }

    @Override
    public void execute(Runnable op) {
        standard.execute(op);
    }

    @Override
    public <I extends @Nullable Object, T extends @Nullable Object> Harvest<I, T> harvest(
            Iterable<? extends I> inputs, Fn<? super I, ? extends T> fn) {
        return standard.harvest(inputs, fn);
    }

    @Override
    public CallTarget within(Duration timeout) {
        return standard.within(timeout);
    }

    @Override
    public CallTarget raising(Raise where) {
        return standard.raising(where);
    }

    @Override
    public CallTarget pumping(Runnable pump) {
        return standard.pumping(pump);
    }

    @Override
    public CallTarget named(String name) {
        return standard.named(name);
    }

    @Override
    public CallTarget interruptible() {
        return standard.interruptible();
    }

    @Override
    public boolean isTargetThread() {
        return standard.isTargetThread();
    }

    /**
     * This queue as an {@code ExecutorService}. Its futures are {@link Call}s: cancelling one never interrupts the thread
     * that runs it, and waiting for one is waiting for a call, so a pool cannot starve on its own tasks. Shutting it down
     * closes the queue; {@code shutdownNow} ends the futures of the tasks that it returns.
     *
     * {@snippet class="Snippets" region="executor" lang="java"}
     *
     * @return the view
     */
    public ExecutorService asExecutorService() {
        return new ExecutorView(this, standard);
    }

    Core core() {
        return core;
    }

    // ---- receiving

    /**
     * Runs the calls that wait now, and never waits. Calls that come meanwhile are for the next time.
     *
     * @return how many it ran
     * @throws IllegalStateException if this thread does not own the queue, and another one or a loop does
     */
    public int receive() {
        return receive(Integer.MAX_VALUE, Nanos.FOREVER);
    }

    /**
     * Runs the calls that wait now, at most so many, and never waits.
     *
     * @param maxCalls how many at most; not negative
     * @return how many it ran
     * @throws IllegalStateException if this thread does not own the queue, and another one or a loop does
     */
    public int receive(int maxCalls) {
        if (maxCalls < 0) {
            throw new IllegalArgumentException("maxCalls must not be negative: " + maxCalls);
        }
        return receive(maxCalls, Nanos.FOREVER);
    }

    /**
     * Runs the calls that wait now; if there are none, waits for a first one.
     *
     * @param wait how long to wait for it
     * @return how many it ran; 0 if the time is over, or the queue is closed
     * @throws InterruptedException if this thread is interrupted while it waits, or was before it would have to wait
     * @throws IllegalStateException if this thread does not own the queue, and another one or a loop does
     */
    public int receive(Duration wait) throws InterruptedException {
        long nanos = Nanos.of(wait, "wait");
        try {
            return Receiving.awaiting(core, nanos);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Runs the calls that wait now, but begins none once the budget is used up, and never waits.
     *
     * {@snippet class="Snippets" region="budget" lang="java"}
     *
     * @param budget how long to go on
     * @return how many it ran
     * @throws IllegalStateException if this thread does not own the queue, and another one or a loop does
     */
    public int receiveFor(Duration budget) {
        return receive(Integer.MAX_VALUE, Nanos.of(budget, "budget"));
    }

    private int receive(int maxCalls, long budgetNanos) {
        try {
            return Receiving.waiting(core, maxCalls, budgetNanos);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Runs calls as they come, until the queue is closed and empty.
     *
     * @throws InterruptedException if this thread is interrupted, by a call it runs or from elsewhere; what waits stays
     * @throws IllegalStateException if this thread does not own the queue, and another one or a loop does
     */
    public void receiveUntilClosed() throws InterruptedException {
        try {
            Receiving.untilClosed(core);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    // ---- looking and closing

    /**
     * The number of calls that have not begun.
     *
     * @return the number; already out of date where others call or receive
     */
    public int size() {
        return core.size();
    }

    /**
     * Whether the queue refuses new calls.
     *
     * @return true once it was closed
     */
    public boolean isClosed() {
        return core.isClosed();
    }

    /**
     * Refuses new calls, those of target threads included, and waits for nothing. What waits is run by consumers, by the
     * loop, or by threads that are inside a {@code receive…} now, as far as that goes; where there is none of these, it fails with
     * {@link QueueClosedException}, all of it: none of it runs any more. Dependent stages of these calls run on this thread, or on a daemon
     * thread of the library where somebody waits for the call, and may wait for others of these calls, by {@code result},
     * {@code get}, {@code join} or a harvest.
     */
    @Override
    public void close() {
        core.close();
        abandoned.clean(); // nothing of ours refers to a closed queue any more
    }

    /** Refuses new calls and fails all that have not begun with {@link QueueClosedException}. */
    public void closeNow() {
        core.closeNow();
        abandoned.clean();
    }

    /**
     * Refuses new calls and runs what waits on this thread.
     *
     * @return how many calls it ran
     * @throws IllegalStateException if this thread does not own the queue, and another one or a loop does
     */
    public int closeAndReceive() {
        try {
            return Receiving.closing(core);
        } finally {
            if (isClosed()) {
                abandoned.clean();
            }
            Reference.reachabilityFence(this);
        }
    }

    /**
     * What the queue looks like now: who runs its calls, what runs, how many wait.
     *
     * @return the report
     */
    public CallReport report() {
        return core.report();
    }

    @Override
    public String toString() {
        return core.toString();
    }

    /**
     * Makes queues. Each option can be set once, and those that exclude each other are refused at once.
     *
     * <p>At most one of {@link #owner}, {@link #consumers} and {@link #on} says who receives; without any, any thread
     * may. Not thread-safe.
     */
    public static final class Builder {
        private @Nullable String name;
        private int capacity; // 0: not set
        private @Nullable WhenFull whenFull;
        private @Nullable Function<Core, Servers> servers;
        private @Nullable String served;
        private int consumers;
        private @Nullable ThreadFactory consumerThreads;
        private @Nullable Waiting waiting;
        private int maxDepth;
        private @Nullable CallListener listener;
        private @Nullable Consumer<Object> lateResults;

        private Builder() {}

        /**
         * Sets the queue's name, shown in reports and thread names; the default is a number.
         *
         * @param name the name
         * @return this
         */
        public Builder name(String name) {
            requireNonNull(name, "name");
            once("name", this.name);
            this.name = name;
            return this;
        }

        /**
         * Limits the number of calls that wait, exactly; the default is no limit.
         *
         * @param calls the number, at least 1
         * @return this
         */
        public Builder capacity(int calls) {
            atLeastOne("capacity", calls);
            once("capacity", capacity == 0 ? null : capacity);
            capacity = calls;
            return this;
        }

        /**
         * Chooses what happens to a call when the capacity is used up; the default is {@link WhenFull#REFUSE}.
         *
         * @param what the choice
         * @return this
         */
        public Builder whenFull(WhenFull what) {
            requireNonNull(what, "what");
            once("whenFull", whenFull);
            whenFull = what;
            return this;
        }

        /**
         * Has this thread own the queue: no other may receive, and calls fail once it has ended.
         *
         * @param thread the thread; may be one that is not started yet
         * @return this
         */
        public Builder owner(Thread thread) {
            requireNonNull(thread, "thread");
            return servedBy("an owner", core -> new OwnerThread(core, thread));
        }

        /**
         * Gives the queue threads of its own, started as calls come.
         *
         * @param max how many at most, at least 1
         * @return this
         */
        public Builder consumers(int max) {
            atLeastOne("consumers", max);
            servedBy("consumers", core -> new Consumers(core, max, consumerThreads));
            consumers = max;
            return this;
        }

        /**
         * Chooses the consumers' threads, virtual ones too; the default is daemon threads named after the queue. The
         * factory must make threads that run what they are given.
         *
         * @param factory what makes them
         * @return this
         */
        public Builder consumerThreads(ThreadFactory factory) {
            requireNonNull(factory, "factory");
            once("consumerThreads", consumerThreads);
            if (served != null && consumers == 0) {
                throw new IllegalStateException("consumerThreads cannot be set: the queue is served by " + served);
            }
            consumerThreads = factory;
            return this;
        }

        /**
         * Has the calls run by a loop that exists already.
         *
         * @param loop how to have something run by the loop
         * @param inLoop whether the current thread is the loop's
         * @return this
         */
        public Builder on(Executor loop, BooleanSupplier inLoop) {
            requireNonNull(loop, "loop");
            requireNonNull(inLoop, "inLoop");
            return servedBy("a loop", core -> new Loop(core, loop, inLoop));
        }

        /**
         * Limits how deep calls of this queue may be nested in one thread, each run while the one before waits; what goes
         * deeper fails with {@link CallDepthException}. The default is {@value Core#MAX_DEPTH}: more is most likely a
         * recursion without an end. A call from a target thread to its own queue is a normal call and does not count. What a
         * {@code receive…} inside of a call runs, a pump's say, counts, but is never refused; what a loop is to run inside of a call, in
         * a dialog say, waits if it is about half as deep.
         *
         * @param calls how many at most, at least 1
         * @return this
         */
        public Builder maxDepth(int calls) {
            atLeastOne("maxDepth", calls);
            once("maxDepth", maxDepth == 0 ? null : maxDepth);
            maxDepth = calls;
            return this;
        }

        /**
         * Chooses how threads wait at this queue; the default is {@link Waiting#HYBRID}.
         *
         * @param how the choice
         * @return this
         */
        public Builder waiting(Waiting how) {
            requireNonNull(how, "how");
            once("waiting", waiting);
            waiting = how;
            return this;
        }

        /**
         * Sets a listener that is told of the queue's calls; by default there is none.
         *
         * @param listener whom
         * @return this
         */
        public Builder listener(CallListener listener) {
            requireNonNull(listener, "listener");
            once("listener", this.listener);
            this.listener = listener;
            return this;
        }

        /**
         * Takes the results that nobody waits for any more – the caller's time was over, it was interrupted, or the call
         * was completed by hand while it ran – to close what they hold. It is called on the thread that ran the call,
         * and not for {@code null}; what it throws is logged. The default is to drop them. Late is also a result that
         * came just as the caller's wait ended otherwise, by an exception of its pump say; that one is told by the caller's thread.
         *
         * @param sink what takes them
         * @return this
         */
        public Builder onLateResult(Consumer<Object> sink) {
            requireNonNull(sink, "sink");
            once("onLateResult", lateResults);
            lateResults = sink;
            return this;
        }

        /**
         * Makes the queue.
         *
         * @return the queue
         * @throws IllegalStateException if {@code whenFull} was set without a capacity, or {@code consumerThreads}
         *     without consumers
         */
        public CallQueue build() {
            if (whenFull != null && capacity == 0) {
                throw new IllegalStateException("whenFull is set to " + whenFull + ", but no capacity");
            }
            if (consumerThreads != null && consumers == 0) {
                throw new IllegalStateException("consumerThreads is set, but not consumers");
            }
            return new CallQueue(Registry.add(new Core(
                    name,
                    servers != null ? servers : AnyThread::new,
                    capacity == 0 ? Line.UNBOUNDED : capacity,
                    whenFull != null ? whenFull : WhenFull.REFUSE,
                    waiting != null ? waiting : Waiting.HYBRID,
                    maxDepth == 0 ? Core.MAX_DEPTH : maxDepth,
                    Callbacks.of(listener, lateResults))));
        }

        private Builder servedBy(String who, Function<Core, Servers> newServers) {
            if (served != null) {
                throw new IllegalStateException("the queue cannot have " + who + ": it has " + served + " already");
            }
            if (consumerThreads != null && !who.equals("consumers")) {
                throw new IllegalStateException("the queue cannot have " + who + ": consumerThreads is set");
            }
            served = who;
            servers = newServers;
            return this;
        }

        private static void once(String option, @Nullable Object value) {
            if (value != null) {
                throw new IllegalStateException(option + " was already set to " + value);
            }
        }

        private static void atLeastOne(String option, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(option + " must be at least 1: " + value);
            }
        }
    }
}
