package dev.callqueue;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Many calls, whose outcomes are taken in the order in which they come.
 *
 * {@snippet class="Snippets" region="harvest" lang="java"}
 *
 * <p>Every call that is submitted through a harvest becomes one {@link Item}, however it ends, and is harvested once. Any
 * number of threads may submit and take; an iterator is for one thread.
 *
 * <p>A harvest made by {@link CallTarget#harvest} reads its inputs on the threads that use it, as far as its bound allows: 64
 * calls that have not been harvested, or four for each consumer, at most 16,384; while jobs and taker are so quick that both
 * mostly wait for each other, up to 256; and never more than half of the queue's capacity.
 * If the queue has no place for a call, its input is kept and tried again when others have ended; when there are no others, who takes
 * waits for a place, or is thrown the refusal. So is what reading the inputs throws, once all that was read before has been taken.
 *
 * <p>A thread that waits here for calls of a queue which it serves itself runs them; and while it waits, calls that come
 * back to it run, as in every wait for a call.
 *
 * <p><b>Memory effects.</b> What a call did <i>happens-before</i> its item is taken.
 *
 * @param <I> an input
 * @param <T> the result of a call
 */
@SuppressWarnings("FutureReturnValueIgnored") // every call's outcome is in its item
public final class Harvest<I extends @Nullable Object, T extends @Nullable Object>
        implements Iterable<Harvest.Item<I, T>>, AutoCloseable {

    /**
     * A call that has ended, and what it was for.
     *
     * @param input the input
     * @param call the call
     * @param <I> the input
     * @param <T> the result
     */
    public record Item<I extends @Nullable Object, T extends @Nullable Object>(I input, Call<T> call) {
        /**
         * The call's value.
         *
         * @return the value; throws the call's own exception as it is, like {@link Call#result()}
         */
        public T result() {
            return call.result();
        }

        /** An item is there a few instructions before its outcome. */
        private void awaitOutcome() {
            while (!call.isDoneNow()) {
                Spin.giveWay();
            }
        }
    }

    /** So few that were taken may stay linked. */
    private static final int FEW = 64;

    /** How many of the calls that it waits for a waiting thread names in texts. */
    private static final int CALLS_NAMED = 4;

    private final CallTarget target;
    private final @Nullable Inputs<I, T> inputs;

    private final Mutex lock = new Mutex();

    /**
     * The last one that was submitted, from which {@link End#before} leads to all that were not taken, and to some that were.
     * Pushed by who submits, without the lock. Nothing is written to those before a new one: the threads that end them write there.
     */
    private final AtomicReference<@Nullable End<I, T>> latest = new AtomicReference<>();

    private final Basket<I, T> basket = new Basket<>();

    /** The next one to be taken, from which {@link End#nextEnded} leads to those that ended after it; guarded by the lock. */
    private @Nullable End<I, T> ended;

    /** How many were taken; written under the lock, read by anyone. */
    private final AtomicInteger harvested = new AtomicInteger();

    /** How many were taken when they were last unlinked; guarded by the lock. */
    private int harvestedAtUnlink;

    /** Whether calls that have not begun are withdrawn, those that come later too; set under the lock, read by who has submitted. */
    private volatile boolean closed;

    /** The queue of the calls; of a target that is neither a queue nor a view of one, that of the last call. Written under the lock. */
    private volatile Core core;

    /** Whether there have been calls of several queues, which only a target of the user's own makes. Written under the lock. */
    private volatile boolean ofManyQueues;

    /** Whether {@link #core} was noted of a call, and is not what was presumed when there was none; guarded by the lock. */
    private boolean coreOfCall;

    /**
     * Makes a harvest without inputs: calls are submitted through it one by one.
     *
     * @param target where they run
     */
    public Harvest(CallTarget target) {
        this.target = requireNonNull(target, "target");
        this.core = Core.of(target);
        this.inputs = null;
    }

    /** Makes a harvest of these inputs, and begins it. */
    Harvest(View target, Iterator<? extends I> inputs, CallTarget.Fn<? super I, ? extends T> fn) {
        this.target = target;
        this.core = Core.of(target);
        this.inputs = new Inputs<>(target, inputs, fn, core.window(), core.widestWindow());
        feed();
    }

    /**
     * Submits a call; its result is to be taken from here.
     *
     * @param input what it is for
     * @param fn the function
     * @return the call
     * @throws RejectedExecutionException if the call was not accepted; it does not count then
     */
    public Call<T> submit(I input, CallTarget.Fn<? super I, ? extends T> fn) {
        requireNonNull(fn, "fn");
        var end = new End<I, T>(input, basket); // before the call, which must not be accepted and then lost
        return add(end, target.submit(() -> fn.apply(input)));
    }

    /** Has the outcome of that call taken from here, too. */
    Call<T> add(I input, Call<T> call) {
        return add(new End<>(input, basket), call);
    }

    private Call<T> add(End<I, T> end, Call<T> call) {
        if (call.core() != core) {
            noteQueue(call.core());
        }
        end.call = call;
        do {
            end.comeAfter(latest.get());
        } while (!latest.compareAndSet(end.before, end));
        if (!call.follow(end)) {
            end.ended();
        }
        basket.wakeAll(); // who waits here may have to run it, or have it ended
        if (closed) { // looked at after the call was pushed; who closes first says so, and then looks for calls
            call.withdraw();
        }
        return call;
    }

    /** A call, which is on its way, is of that queue. */
    private void noteQueue(Core another) {
        lock.lockToUndo();
        try {
            if (another != core) {
                ofManyQueues = coreOfCall;
                coreOfCall = true;
                core = another;
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Where the threads that end calls put the items. It does not know the harvest: a call that refers to it must not keep the queue from
     * being collected.
     */
    private static final class Basket<I extends @Nullable Object, T extends @Nullable Object> {
        /**
         * Those that have ended since somebody {@linkplain #gather looked}, newest first, linked by {@link End#nextEnded}. Pushed by
         * the threads that end calls, so that they need not wait for each other, or for who takes; taken all at once under the lock.
         */
        final AtomicReference<@Nullable End<I, T>> news = new AtomicReference<>();

        /** The threads that wait for an item. */
        final List<Wait> waits = new CopyOnWriteArrayList<>();

        void put(End<I, T> end) {
            do {
                end.nextEnded = news.get();
            } while (!news.compareAndSet(end.nextEnded, end));
            wakeAll();
        }

        void wakeAll() {
            waits.forEach(Wait::wake);
        }
    }

    /** Puts the item among those that have ended as soon as its call ends; needs no memory for it. */
    private static final class End<I extends @Nullable Object, T extends @Nullable Object> extends Follower {
        private final Basket<I, T> basket;

        /** Until its item is taken, as is the next; set before it is pushed, then guarded by the lock. */
        private @Nullable I input;

        private @Nullable Call<T> call;

        /** How many were submitted up to and including this one; set before it is pushed. */
        private int number;

        /**
         * The one that was submitted before, and, once taken ones were unlinked, the last before this one that was not
         * taken; set before this one is pushed, then guarded by the lock.
         */
        private @Nullable End<I, T> before;

        /**
         * While it is among the {@link Basket#news} the one that ended before, set by the thread that ends the call; then the one
         * that ended after, guarded by the lock.
         */
        private @Nullable End<I, T> nextEnded;

        End(I input, Basket<I, T> basket) {
            this.input = input;
            this.basket = basket;
        }

        /** Before it is pushed. */
        void comeAfter(@Nullable End<I, T> last) {
            before = last;
            number = last == null ? 1 : last.number + 1;
        }

        /** Under the lock, until it is taken. */
        @SuppressWarnings("NullAway") // null is an input, if I is such
        Item<I, T> item() {
            return new Item<>(input, requireNonNull(call));
        }

        @Override
        void ended() {
            basket.put(this);
        }

        @Override
        void refused() {
            basket.wakeAll();
        }
    }

    /**
     * Takes what has ended since the last look, in the order of the ends; never waits.
     *
     * @return the items, maybe none
     */
    public List<Item<I, T>> next() {
        feed();
        List<Item<I, T>> taken = new ArrayList<>();
        takeAllEnded(taken);
        return taken;
    }

    private void takeAllEnded(List<Item<I, T>> taken) {
        lock.lock();
        try {
            for (Item<I, T> item = takeEnded(); item != null; item = takeEnded()) {
                taken.add(item);
            }
        } finally {
            lock.unlock();
        }
        taken.forEach(Item::awaitOutcome);
    }

    /**
     * Takes what has ended since the last look, in the order of the ends; if that is nothing, waits for a first one.
     *
     * @param wait how long to wait for it
     * @return the items; none if the time is over or all are harvested
     * @throws CallInterruptedException if this thread is interrupted while it waits
     * @throws CallDeadlockException if the wait would never end
     */
    public List<Item<I, T>> next(Duration wait) {
        Item<I, T> first = take(Nanos.of(wait, "wait"));
        if (first == null) {
            return List.of();
        }
        List<Item<I, T>> taken = new ArrayList<>();
        taken.add(first);
        takeAllEnded(taken); // reads no input: what that threw would take the place of the first item
        return taken;
    }

    /**
     * Takes the next item, and waits for it.
     *
     * @return the item
     * @throws NoSuchElementException if all are harvested
     * @throws CallInterruptedException if this thread is interrupted while it waits
     * @throws CallDeadlockException if the wait would never end
     */
    public Item<I, T> take() {
        Item<I, T> item = take(Nanos.FOREVER);
        if (item == null) {
            throw new NoSuchElementException("everything submitted is harvested: " + harvested());
        }
        return item;
    }

    /** Takes the next item and waits so long for it; null if the time is over or all are harvested. */
    @Nullable
    Item<I, T> take(long nanos) {
        long deadline = Nanos.deadline(nanos);
        while (true) {
            feed();
            Item<I, T> item = poll();
            if (item != null) {
                return item;
            }
            if (isDone()) {
                return null;
            }
            if (!submitHeld(Nanos.left(nanos, deadline))) {
                long left = Nanos.left(nanos, deadline);
                if (left <= 0) {
                    return poll();
                }
                if (!awaitItem(left)) {
                    return null;
                }
            }
        }
    }

    private @Nullable Item<I, T> poll() {
        Item<I, T> item;
        lock.lock();
        try {
            item = takeEnded();
        } finally {
            lock.unlock();
        }
        if (item != null) {
            item.awaitOutcome();
        }
        return item;
    }

    /** Under the lock, when all that had been gathered is taken: turns the news over, so that the oldest comes first. */
    private void gather() {
        End<I, T> newest = basket.news.getAndSet(null);
        while (newest != null) {
            End<I, T> older = newest.nextEnded;
            newest.nextEnded = ended;
            ended = newest;
            newest = older;
        }
    }

    /** Under the lock. */
    private @Nullable Item<I, T> takeEnded() {
        if (ended == null) {
            gather();
        }
        End<I, T> first = ended;
        if (first == null) {
            return null;
        }
        Item<I, T> item = first.item();
        ended = first.nextEnded;
        first.nextEnded = null;
        first.input = null; // it stays linked for a while, and must keep nothing
        first.call = null;
        first.next = null;
        int taken = harvested.getPlain() + 1;
        harvested.setRelease(taken);
        if (taken - harvestedAtUnlink > FEW + inFlight()) {
            unlinkTaken();
            harvestedAtUnlink = taken;
        }
        return item;
    }

    /** Under the lock: all but the latest, which is there to be pushed upon. */
    private void unlinkTaken() {
        for (End<I, T> end = latest.get(); end != null; end = end.before) {
            end.before = notTaken(end.before);
        }
    }

    /** Under the lock: the first that is not taken, from that one on. */
    private @Nullable End<I, T> notTaken(@Nullable End<I, T> from) {
        End<I, T> end = from;
        while (end != null && end.call == null) {
            end = end.before;
        }
        return end;
    }

    /** Under the lock: the calls that were not taken, those that were submitted last first. */
    private List<Call<T>> underWay() {
        List<Call<T>> calls = new ArrayList<>();
        for (End<I, T> end = notTaken(latest.get()); end != null; end = notTaken(end.before)) {
            calls.add(requireNonNull(end.call));
        }
        return calls;
    }

    private boolean awaitItem(long nanos) {
        if (inputs != null) {
            lock.lock();
            try {
                inputs.noteWait(harvested());
            } finally {
                lock.unlock();
            }
        }
        try {
            return Wait.await(new NextItem(), nanos, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallInterruptedException(
                    "interrupted while waiting for the next item of a harvest", core.report());
        }
    }

    /**
     * Iterates over the items in the order of the ends: {@code next} waits like {@link #take}, and the iteration ends when
     * everything submitted is harvested.
     */
    @Override
    public Iterator<Item<I, T>> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                feed();
                return !isDone();
            }

            @Override
            public Item<I, T> next() {
                return take();
            }
        };
    }

    /**
     * Whether everything submitted has ended and was harvested, and there are no more inputs.
     *
     * @return true if so
     */
    public boolean isDone() {
        Inputs<I, T> source = inputs;
        if (source == null || source.isExhausted()) { // asked first: it is so after the last submit
            return isAllHarvested();
        }
        return isAllHarvested() && beginReading(source) && hasNoMore(source);
    }

    /** Whether there was a moment at which all that was submitted until then was harvested: what grows first is looked at last. */
    private boolean isAllHarvested() {
        int taken = harvested();
        return submitted() == taken;
    }

    private boolean hasNoMore(Inputs<I, T> source) {
        try {
            return source.peek() == null && source.failure == null && isAllHarvested();
        } finally {
            endReading(source);
        }
    }

    /**
     * How many calls were submitted.
     *
     * @return the number until now
     */
    public int submitted() {
        End<I, T> last = latest.get();
        return last == null ? 0 : last.number;
    }

    /**
     * How many items were taken.
     *
     * @return the number until now
     */
    public int harvested() {
        return harvested.getAcquire();
    }

    /**
     * Withdraws the calls that have not begun, those submitted from now on too, and reads no more inputs. Those withdrawn end as cancelled, and can be taken
     * like all others.
     */
    @Override
    public void close() {
        List<Call<T>> left;
        lock.lock();
        try {
            closed = true;
            if (inputs != null) {
                inputs.stop();
            }
            left = underWay();
        } finally {
            lock.unlock();
        }
        left.forEach(Call::withdraw); // from the end, so that no consumer takes one up while its neighbours leave
        basket.wakeAll();
        if (inputs != null) {
            core.wakeWhoWantPlaces(); // one of them may be the reader
        }
    }

    // ---- reading the inputs

    /** Submits further inputs as far as the bound and the queue allow without waiting, unless another thread does that. */
    private void feed() {
        Inputs<I, T> source = inputs;
        if (source == null) {
            return;
        }
        if (inFlight() <= source.window / 2 && beginReading(source)) { // many at a time, and seldom
            try {
                boolean more = true;
                while (more && inFlight() < source.window) {
                    more = feedOne(source);
                }
            } finally {
                endReading(source);
            }
        }
    }

    /** How many calls are under way or not yet harvested; the second look is the later one, so it may be a little too low. */
    private int inFlight() {
        int before = submitted();
        return before - harvested();
    }

    private boolean beginReading(Inputs<I, T> source) {
        lock.lock();
        try {
            if (source.reader != null || source.isExhausted()) {
                return false;
            }
            source.reader = Thread.currentThread();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void endReading(Inputs<I, T> source) {
        lock.lock();
        try {
            source.reader = null;
        } finally {
            lock.unlock();
        }
        basket.wakeAll();
    }

    /** Says whether there may be more to feed now; holds no lock, because inputs and function are the user's. */
    private boolean feedOne(Inputs<I, T> source) {
        Held<I> input = nextInput(source);
        if (input == null) {
            return false;
        }
        var end = new End<I, T>(input.value, basket);
        Call<T> call;
        try {
            call = source.view.offer(source.op(input.value));
        } catch (RejectedExecutionException refused) {
            if (isAllHarvested()) {
                throw refused;
            }
            return false;
        }
        if (call == null) {
            return false;
        }
        source.held = null;
        add(end, call);
        return true;
    }

    /**
     * Submits the next input in the ordinary way, waiting at most so long and until {@link #close}, or refused, if nothing is under
     * way that could make a place for it; says whether it did.
     */
    private boolean submitHeld(long nanos) {
        Inputs<I, T> source = inputs;
        if (source == null || !isAllHarvested() || !beginReading(source)) {
            return false;
        }
        try {
            Held<I> input = nextInput(source);
            if (input == null) {
                return false;
            }
            var end = new End<I, T>(input.value, basket);
            Call<T> call = source.view.submitInTime(source.op(input.value), nanos, source::isExhausted);
            if (call == null) {
                return false;
            }
            source.held = null;
            add(end, call);
            return true;
        } finally {
            endReading(source);
        }
    }

    /** By the reader: the next input, or null; throws what reading it threw, unless there is still something to be taken before. */
    private @Nullable Held<I> nextInput(Inputs<I, T> source) {
        Held<I> input = source.peek();
        Throwable failure = source.failure;
        if (failure != null && isAllHarvested()) {
            source.failure = null;
            throw Thrown.<RuntimeException>as(failure);
        }
        return input;
    }

    private record Held<I extends @Nullable Object>(I value) {}

    /** The inputs that are not submitted yet. */
    private static final class Inputs<I extends @Nullable Object, T extends @Nullable Object> {
        final View view;
        final CallTarget.Fn<? super I, ? extends T> fn;
        private final Iterator<? extends I> iterator;
        private final int widest;

        /** How many calls are to be in flight; changed under the harvest's lock, read by anyone. */
        volatile int window;

        /** How many items had been harvested at the last wait; guarded by the harvest's lock. */
        private int harvestedAtWait;

        /** The thread that reads them now; guarded by the harvest's lock. */
        @Nullable
        Thread reader;

        /** The input that was read and not yet submitted; used by the reader alone. */
        @Nullable
        Held<I> held;

        /** What the attempt to read one more threw, to be thrown to who takes when there is nothing else; used by the reader alone. */
        @Nullable
        Throwable failure;

        /** Whether there are no more, or no more are wanted; set by the reader or by {@link Harvest#close}, read by anyone. */
        private volatile boolean exhausted;

        Inputs(
                View view,
                Iterator<? extends I> iterator,
                CallTarget.Fn<? super I, ? extends T> fn,
                int window,
                int widest) {
            this.view = view;
            this.iterator = iterator;
            this.fn = fn;
            this.window = window;
            this.widest = widest;
        }

        /**
         * Who takes has to wait. If many could be taken at one go before, jobs and taker are so quick that they wait for each
         * other most of the time: then more calls are kept in flight. Not if either of them is slow, who would gain nothing.
         */
        void noteWait(int harvested) {
            if (harvested - harvestedAtWait >= window / 2) {
                window = Math.min(widest, 2 * window);
            }
            harvestedAtWait = harvested;
        }

        /** Does not refer to these inputs, and so to the queue. */
        Callable<T> op(I input) {
            CallTarget.Fn<? super I, ? extends T> function = fn;
            return () -> function.apply(input);
        }

        boolean isExhausted() {
            return exhausted;
        }

        void stop() {
            exhausted = true;
        }

        /** The next one; null if there is none, or if it could not be read. */
        @Nullable
        Held<I> peek() {
            if (held == null && failure == null && !exhausted) {
                try {
                    read();
                } catch (Throwable thrown) {
                    failure = thrown;
                }
            }
            return exhausted ? null : held;
        }

        private void read() {
            if (iterator.hasNext()) {
                held = new Held<>(iterator.next());
            } else {
                exhausted = true;
            }
        }
    }

    /** What a thread waits for in {@link #take}. */
    private final class NextItem implements Awaited {
        @Override
        public boolean isReady() {
            if (basket.news.get() != null) {
                return true;
            }
            lock.lock();
            try {
                return ended != null || (isAllHarvested() && (inputs == null || inputs.reader == null));
            } finally {
                lock.unlock();
            }
        }

        @Override
        public boolean attach(Wait wait) {
            return basket.waits.add(wait);
        }

        @Override
        public void detach(Wait wait) {
            basket.waits.remove(wait);
        }

        @Override
        public List<Call<?>> calls() {
            List<Call<?>> found = new ArrayList<>();
            Map<Core, Call<?>> next = new HashMap<>(2);
            lock.lock();
            try {
                for (Call<T> call : underWay()) {
                    if (call.hasNotBegun()) {
                        next.put(call.core(), call); // in the end the one that was submitted first
                    } else {
                        found.add(call);
                    }
                }
            } finally {
                lock.unlock();
            }
            Collections.reverse(found);
            found.addAll(next.values());
            return found;
        }

        @Override
        public boolean isOfManyQueues() {
            return ofManyQueues;
        }

        @Override
        public @Nullable Thread helper() {
            if (inputs == null) {
                return null;
            }
            lock.lock();
            try {
                return inputs.reader;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public Core core() {
            return core;
        }

        @Override
        public String toString() {
            String left = calls().stream()
                    .limit(CALLS_NAMED)
                    .map(call -> call.outcome().toString())
                    .collect(joining("; "));
            return "the next item of a harvest of " + submitted() + " calls, " + harvested() + " harvested: " + left;
        }
    }
}
