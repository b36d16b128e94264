package dev.callqueue;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All of a queue but its face: the door, through which calls come into the {@link Backlog}, the receivers that come for them, and the
 * end. Threads of ours and calls refer to this and never to the {@link CallQueue}, so that the garbage collector can tell
 * when nobody has the queue any more.
 *
 * <p>The way of a call: {@link #add} lets it in, and whoever is to be told of it is called by the {@link Summons}; a
 * receiver claims it ({@link #claimUpTo}, {@link #awaitCall}, or {@link #claimEarlierOfCaller} inside of a wait) and runs it, as
 * {@link Receiving} tells; or {@link #claimUnrun} takes it out when it is withdrawn, or a {@link Refusal} when nobody will run it.
 *
 * <p>One lock guards the backlog, the door and the comings and goings of receivers, so that "closed" and "nobody is inside"
 * are never out of date when they decide about a call; the {@link Inbox}, through which calls come in without it, is
 * emptied and shut under it. No code of users runs under it.
 */
final class Core {
    /** The default of {@link CallQueue.Builder#maxDepth}. */
    static final int MAX_DEPTH = 64;

    private static final int WIDEST_WINDOW = 256;

    /** The name that it was given; otherwise it is called after its number, when anybody asks. */
    private final @Nullable String givenName;

    private final long number = Registry.nextNumber();
    private final Servers servers;
    private final Spin spin;
    private final WhenFull whenFull;
    private final int maxDepth;
    private final Callbacks callbacks;

    private final Mutex lock = new Mutex();

    /** Signalled when the closed queue has become quiet: see {@link #isQuiet}. There once somebody waits for it; guarded by the lock. */
    private @Nullable Condition quiet;

    /** The calls that have not begun; guarded by the lock, except for calls that come in, or are run, without it. */
    private final Backlog backlog;

    /** The receivers that wait until a call comes; guarded by the lock. */
    private final IdleReceivers idle = new IdleReceivers();

    /** Who has somebody come for what waits. */
    private final Summons summons;

    /** The threads inside a {@code receive…}; changed under the lock, read by anyone. */
    private final Visitors visitors = new Visitors();

    /** Whether new calls are refused; set under the lock, read by anyone. */
    private volatile boolean closed;

    /** Of a closed queue, what ends the calls that are left when the last receiver leaves; guarded by the lock. */
    private @Nullable Ending restEnding;

    /** What was raised in a target thread outside of any receive: leaves its next one. Guarded by the lock to write. */
    private volatile @Nullable Throwable raisedBefore;

    Core(
            @Nullable String givenName,
            Function<Core, Servers> servers,
            int capacity,
            WhenFull whenFull,
            Waiting waiting,
            int maxDepth,
            Callbacks callbacks) {
        this.givenName = givenName;
        this.servers = servers.apply(this);
        this.summons = new Summons(this, idle);
        this.backlog = new Backlog(this, capacity, visitors);
        this.whenFull = whenFull;
        this.spin = new Spin(waiting);
        this.maxDepth = maxDepth;
        this.callbacks = callbacks;
    }

    /** A queue for one call with a thread of its own. */
    static Core background() {
        return Registry.add(unknownBackground());
    }

    private static Core unknownBackground() {
        return new Core(
                "background",
                core -> new Consumers(core, 1, BackgroundThreads.FACTORY),
                Line.UNBOUNDED,
                WhenFull.REFUSE,
                Waiting.PARK,
                MAX_DEPTH,
                Callbacks.NONE);
    }

    /** The queue behind a target; for a target of the user's own, which is asked to submit, a queue where nothing happens. */
    static Core of(CallTarget target) {
        if (target instanceof CallQueue queue) {
            return queue.core();
        }
        return target instanceof View view ? view.core() : unknownBackground();
    }

    String name() {
        return givenName != null ? givenName : "queue-" + number;
    }

    long number() {
        return number;
    }

    Servers servers() {
        return servers;
    }

    Spin spin() {
        return spin;
    }

    int size() {
        lock.enter(); // and not locked(…), which may need memory: loops ask when something has failed
        try {
            return backlog.countExactly();
        } finally {
            lock.unlock();
        }
    }

    Backlog backlog() {
        return backlog;
    }

    Summons summons() {
        return summons;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isTargetThread() {
        return servers.includesCurrentThread();
    }

    /** How many calls of one harvest should be under way or not yet harvested. */
    int window() {
        return Math.min(servers.window(), Math.max(1, backlog.capacity() / 2)); // others may want places, too
    }

    /** How many they may become where jobs are tiny. */
    int widestWindow() {
        return Math.max(window(), Math.min(WIDEST_WINDOW, backlog.capacity() / 2));
    }

    /** Does something under the lock of this queue. */
    <T> T locked(Supplier<T> action) {
        lock.enter();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** The lock of this queue. */
    Mutex lock() {
        return lock;
    }

    // ---- the door

    /**
     * Lets the call into the line and calls for a receiver, or turns it away.
     *
     * @param limitNanos how long to wait for a place, if the queue is one where callers wait
     */
    void add(Call<?> call, long limitNanos) {
        add(call, limitNanos, false, () -> false);
    }

    /**
     * As {@link #add(Call, long)}, or returns false, and nobody is told of the call.
     *
     * @param quietly whether to do so when the time is over
     * @param unwanted whether to do so now; who makes it true has to {@linkplain #wakeWhoWantPlaces wake} the caller
     */
    boolean add(Call<?> call, long nanos, boolean quietly, BooleanSupplier unwanted) {
        return addIfPlace(call) || placeFor(call, unwanted).await(nanos, quietly);
    }

    /** Lets the call into the line, and calls for a receiver, or turns it away; false if there is no place for it. */
    boolean addIfPlace(Call<?> call) {
        RuntimeException turnedAway = whyTurnedAway();
        if (turnedAway != null) {
            throw turnedAway;
        }
        return offer(call);
    }

    private boolean offer(Call<?> call) {
        return switch (backlog.push(call)) {
            case IN -> true;
            case TELL -> offerUnderLock(call);
            case SHUT -> throw closedException();
        };
    }

    /** If its caller, who runs something else meanwhile, wants places for earlier calls, lets these in before, one at a time. */
    private boolean offerUnderLock(Call<?> call) {
        while (true) {
            boolean turn;
            Place earlier = null;
            Summoned told = null;
            lock.enter();
            try {
                checkOpen();
                turn = backlog.firstWanted() == null;
                if (turn) {
                    earlier = backlog.passedOverOf(call);
                    turn = earlier == null ? backlog.append(call) : backlog.append(earlier);
                    told = turn ? summons.summon() : null;
                }
            } finally {
                lock.unlock();
            }
            OwnerGoneException gone = summons.answer(told);
            if (gone != null && call.wasRefused()) {
                throw gone;
            }
            if (earlier == null || !turn) {
                return turn;
            }
        }
    }

    /** Whether a call that comes now finds a place, or would if others did not come before it. */
    boolean hasPlace() {
        return !locked(backlog::isFull);
    }

    /** Shows the calls that have places, and may have a time limit, until one is such; says whether one was, or may be. */
    boolean visitPlacedWithLimit(Predicate<Call<?>> such) {
        return backlog.mayHaveLimits() && locked(() -> backlog.mayHave(such));
    }

    /** The wish for a place in the full line, unless its caller is one that must not wait. */
    private Place placeFor(Call<?> call, BooleanSupplier unwanted) {
        if (isTargetThread() || (whenFull == WhenFull.REFUSE && !comesBack(call))) {
            throw new QueueFullException("queue '" + name() + "' is full: capacity " + backlog.capacity());
        }
        return new Place(this, call, unwanted);
    }

    /** Whether the call returns to a thread that waits for its caller: it runs there, and needs no place. */
    private boolean comesBack(Call<?> call) {
        return call.isAwaited() && Receiver.comesBackTo(servers);
    }

    void want(Place place) {
        lock.enter();
        try {
            backlog.want(place);
        } finally {
            lock.unlock();
        }
    }

    void wantNoMore(Place place) {
        lock.lockToUndo();
        try {
            backlog.wantNoMore(place);
            summons.tell();
        } finally {
            lock.unlock();
        }
    }

    void wakeWhoWantPlaces() {
        lock.enter();
        try {
            backlog.wakeAllWanted();
        } finally {
            lock.unlock();
        }
    }

    /** The caller with that wish looks for a place, in that wait, or, if that is null, does something else. */
    void attend(Place place, @Nullable Wait wait) {
        lock.lockToUndo(); // who enters the wait graph has made sure of the stack
        try {
            backlog.attend(place, wait);
        } finally {
            lock.unlock();
        }
    }

    /** Lets the call of that wish into the line, if it is its turn and there is a place, and before it the earlier wishes of its caller. */
    boolean letIn(Place place) {
        Place let = letInFirstOfCaller(place);
        while (let != null && let != place) {
            let = letInFirstOfCaller(place);
        }
        return let == place;
    }

    private @Nullable Place letInFirstOfCaller(Place place) {
        Place first = null;
        Summoned told = null;
        lock.lock();
        try {
            if (!closed && backlog.firstWanted() == place && place.call().hasNotBegun()) {
                Place earlier = backlog.passedOverOf(place.call());
                Place next = earlier == null ? place : earlier;
                if (backlog.append(next)) {
                    first = next;
                    told = summons.summon();
                }
            }
        } finally {
            lock.unlock();
        }
        OwnerGoneException gone = summons.answer(told);
        if (gone != null && place.call().wasRefused()) {
            throw gone;
        }
        return first;
    }

    /** Why a call that is not in the line will never be let in, or null. */
    @Nullable
    RuntimeException whyTurnedAway() {
        if (closed) {
            return closedException();
        }
        String why = servers.whyGone();
        if (why == null) {
            return null;
        }
        return closed ? closedException() : gone(why, null); // an owner may have ended because of the close
    }

    void checkOpen() {
        if (closed) {
            throw closedException();
        }
    }

    private QueueClosedException closedException() {
        return new QueueClosedException("queue '" + name() + "' is closed");
    }

    private OwnerGoneException gone(String why, @Nullable Throwable cause) {
        return goneForAll(why, cause).get();
    }

    /** For each call an exception of its own; the picture, taken now, is one. */
    Supplier<OwnerGoneException> goneForAll(String why, @Nullable Throwable cause) {
        CallReport picture = reportIfPossible();
        return () ->
                new OwnerGoneException("nobody is left to run calls of queue '" + name() + "': " + why, picture, cause);
    }

    /** Null if there is no memory or stack for it: who waits for the dead is told so all the same. */
    private @Nullable CallReport reportIfPossible() {
        try {
            return report();
        } catch (VirtualMachineError | LinkageError noRoom) {
            return null;
        }
    }

    /** A call was claimed without the lock, by that receiver: if somebody wants its place, he is told. */
    void notePlaceLeft(Call<?> call, Receiver me) {
        if (backlog.isNoPlaceWanted()) {
            return;
        }
        try {
            lock.lockToUndo();
            try {
                backlog.wakeFirstWanted();
            } finally {
                lock.unlock();
            }
        } catch (Throwable noRoom) {
            me.remember(call, noRoom);
            throw noRoom;
        }
    }

    // ---- withdrawing and refusing

    /**
     * Claims a call for never being run, and counts it no longer.
     *
     * @param withdrawn whether on behalf of its maker, and not because nobody will run it
     * @return its op, or null if it has been claimed before
     */
    @Nullable
    Object claimUnrun(Call<?> call, boolean withdrawn) {
        if (!call.hasNotBegun()) {
            return null;
        }
        lock.enter();
        try {
            Object op = backlog.claimUnrun(call, withdrawn);
            if (op != null) {
                tellIfQuiet();
            }
            return op;
        } finally {
            lock.unlock();
        }
    }

    /** One of the calls that were refused is being ended. */
    void noteRefusedEnds() {
        lock.lockToUndo();
        try {
            backlog.noteRefusedEnds();
            tellIfQuiet();
        } finally {
            lock.unlock();
        }
    }

    // ---- receiving

    void checkReceiver() {
        servers.checkReceiver();
    }

    /** How deep in calls of this queue a thread may be to begin a drain inside of them: half of what is allowed, and one in any case. */
    int maxDepthOfLoops() {
        return Math.max(1, maxDepth / 2);
    }

    /** Under the lock: in how many receives of this queue, one inside the other, this thread is. */
    int depthHere() {
        Receiver me = visitors.of(Thread.currentThread());
        return me == null ? 0 : me.depth;
    }

    /** Whether there is nothing to run for a thread that comes to receive now; holds no lock. */
    boolean isIdle() {
        return !backlog.hasCalls() && visitors.isEmpty() && !lock.isLocked() && !backlog.hasCalls(); // none on the way
    }

    boolean isReceiver(Thread thread) {
        return visitors.include(thread);
    }

    Collection<Thread> receiverThreads() {
        return visitors.threads();
    }

    /** This thread begins to receive. Every enter is followed by an {@link #exit}. */
    Receiver enter() {
        return enter(() -> {});
    }

    /** @param underLock what is to be seen together with it */
    Receiver enter(Runnable underLock) {
        Watch.endFailedIfAny();
        lock.enter();
        try {
            Receiver me = visitors.of(Thread.currentThread());
            if (me == null) {
                me = new Receiver(backlog.handful());
                appear(me);
                me.depth = 1;
            } else {
                me.beginInner();
            }
            underLock.run();
            return me;
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock: in both places or, if there is no memory for that, in none. */
    private void appear(Receiver me) {
        try {
            me.appear();
            visitors.add(me);
        } catch (Throwable noMemory) {
            me.disappear();
            if (me.takeInterrupt()) {
                me.thread.interrupt();
            }
            throw noMemory;
        }
    }

    /**
     * This thread ends to receive. If it was the last and the queue is closed, what waits is refused, unless servers run
     * it; an interrupt that came in the meantime is shown to the thread, or to the call inside of which this was.
     */
    void exit(Receiver me) {
        exit(me, () -> {});
    }

    /** @param underLock what is to be seen together with it */
    void exit(Receiver me, Runnable underLock) {
        me.depth--;
        if (me.depth > 0) {
            try {
                me.endUnended();
            } finally {
                endInner(me);
            }
            return;
        }
        try {
            me.endUnendedAtLast();
        } finally {
            leave(me, underLock);
        }
    }

    private void endInner(Receiver me) {
        try {
            if (me.depth == maxDepthOfLoops() && backlog.hasCalls()) {
                summons.answer(summons.summonToUndo()); // a loop was too deep for them until now
            }
        } finally {
            me.endInner();
        }
    }

    private void leave(Receiver me, Runnable underLock) {
        Ending ofStranded;
        Summoned told;
        lock.lockToUndo();
        try {
            backlog.leave(me);
            visitors.remove(me);
            underLock.run();
            backlog.wakeFirstWanted(); // if a call that has begun could not
            told = summons.summon();
            ofStranded = backlog.count() > 0 && !isServed() ? restEnding : null;
            tellIfQuiet();
        } finally {
            lock.unlock();
        }
        try {
            me.disappear(); // may need memory
        } finally {
            try {
                if (ofStranded != null) {
                    ofStranded.run();
                } else {
                    summons.answer(told);
                }
            } finally {
                showWhatIsLeft(me);
            }
        }
    }

    /** After the thread has left: what was raised in it is for its next receive, and the interrupt for itself. */
    private void showWhatIsLeft(Receiver me) {
        Throwable raised = me.takeRaised();
        if (raised != null) {
            raiseBefore(raised);
        }
        if (me.takeInterrupt()) {
            me.thread.interrupt();
        }
    }

    /** Under the lock: whether somebody is there who runs what is in the line. */
    boolean isServed() {
        return !visitors.isEmpty() || servers.runByThemselves();
    }

    /** As {@link #isServed}, of a moment ago. Asked where memory may be used up: needs none, and nothing that is linked only then. */
    boolean hasServers() {
        lock.lockToUndo();
        try {
            return isServed();
        } finally {
            lock.unlock();
        }
    }

    /** The ticket of the call that came last. */
    long lastTicket() {
        lock.lockToUndo(); // inside of a receive that may have claimed a call
        try {
            return backlog.lastTicket();
        } finally {
            lock.unlock();
        }
    }

    /** Claims the next call that came up to then; once the queue is closed, whenever it came. */
    @Nullable
    Call<?> claimUpTo(Receiver me, long ticket) {
        Call<?> call;
        Summoned told = null;
        lock.lock();
        try {
            call = backlog.claimFirst(me, closed ? Long.MAX_VALUE : ticket);
            if (call != null) {
                told = summons.summon();
            }
        } finally {
            lock.unlock();
        }
        summons.answer(told, me, call);
        return call;
    }

    /** Whether a receiver that is alone can see the next call come without the lock, and nobody else has to be told of it. */
    boolean seesCallsCome(Receiver me) {
        return backlog.comesToHandOf(me) && !me.isRunning();
    }

    /** Waits a little on the CPU for a call to come into the hand of a receiver that {@linkplain #seesCallsCome sees} it. */
    boolean comesToHand(Receiver me) {
        return seesCallsCome(me)
                && spin.until(Core::hasSomethingInHand, this, Nanos.FOREVER, Core::hasOneBusyAtMost)
                && backlog.handful().showsCall();
    }

    private boolean hasSomethingInHand() {
        return backlog.handful().showsCall() || closed;
    }

    /** Whether no receiver is busy but perhaps one, which looks for a call without being known as idle. */
    private boolean hasOneBusyAtMost() {
        return locked(visitors::busy) <= 1;
    }

    private boolean hasNoneBusy() {
        return locked(visitors::busy) == 0;
    }

    private boolean hasSomething() {
        return backlog.showsCall() || closed;
    }

    /**
     * Claims the next call, for which it waits so long.
     *
     * @param hasLooked whether it has waited on the CPU already
     * @return null if the time is over, or the queue is closed and empty
     */
    @Nullable
    Call<?> awaitCall(Receiver me, long nanos, boolean hasLooked) throws InterruptedException {
        Call<?> call;
        long deadline = Nanos.deadline(nanos);
        boolean mayPark = hasLooked && !spin.neverParks();
        try {
            while (true) {
                boolean wasClosed = closed; // before the look, which is the last one then
                call = claimOrSleep(me, mayPark);
                if (call != null || wasClosed) {
                    return call;
                }
                long left = Nanos.left(nanos, deadline);
                if (left <= 0) {
                    return null;
                }
                if (me.asleep) {
                    spin.park(this, left);
                } else if (!mayPark) {
                    spin.until(Core::hasSomething, this, left, Core::hasNoneBusy);
                    mayPark = !spin.neverParks();
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        } finally {
            if (me.isIdle) {
                waitNoMore(me);
            }
        }
    }

    /** Claims the next call; if there is none, the thread is idle, and, if it is going to park, one of the sleepers. */
    private @Nullable Call<?> claimOrSleep(Receiver me, boolean park) {
        Summoned told = null;
        Call<?> call;
        lock.lock();
        try {
            call = backlog.claimFirst(me, closed ? Long.MAX_VALUE : Line.WHATEVER_SHOWS);
            if (call != null) {
                idle.leave(me);
            } else {
                idle.look(me);
                if (!closed && !spin.neverParks() && (park || idle.areEnough())) {
                    idle.sleep(me);
                    backlog.forgetGone();
                }
            }
            told = summons.summon(); // which looks again whether there is a call, for this thread too
        } finally {
            lock.unlock();
        }
        summons.answer(told, me, call);
        return call;
    }

    /** Under the lock: how many consumers wait for a call. */
    int countIdleConsumers() {
        return visitors.idleConsumers();
    }

    /** The thread no longer waits for a call. If it was woken for one that it does not take, another one is. */
    private void waitNoMore(Receiver me) {
        Summoned told;
        lock.lockToUndo();
        try {
            idle.leave(me);
            told = summons.summon();
        } finally {
            lock.unlock();
        }
        summons.answer(told);
    }

    /** Whether a thread is in too many receives, one inside the other, to run a call in one more. */
    boolean isTooDeep(Receiver me) {
        return me.depth > maxDepth;
    }

    /** Refuses a call that waits, or wants a place, and that its caller would have to run himself too deep in others. */
    void refuseTooDeep(Call<?> call) {
        var reason = new CallDepthException(
                call.terms().describeCall() + " is nested more than " + maxDepth + " deep in "
                        + CallReport.name(Thread.currentThread()),
                report());
        Ending ending = call.refusal(() -> reason);
        boolean claimed;
        lock.enter();
        try {
            claimed = backlog.refuse(call);
            tellIfQuiet();
        } finally {
            lock.unlock();
        }
        if (claimed) {
            ending.run();
        }
    }

    /** Claims the first call of the same caller, up to that one, wherever it is. */
    @Nullable
    Call<?> claimEarlierOfCaller(Receiver me, Call<?> upTo) {
        lock.lock();
        try {
            return backlog.claimEarlierOfCaller(me, upTo);
        } finally {
            lock.unlock();
        }
    }

    /** Raises an exception in this target thread, which may be inside a receive or not. */
    void raiseHere(Throwable failure) {
        Receiver me = visitors.of(Thread.currentThread());
        if (me != null) {
            me.raise(failure);
        } else {
            raiseBefore(failure);
        }
    }

    /** Has the exception leave the next receive, which a loop has to be asked for. */
    private void raiseBefore(Throwable failure) {
        boolean wanted;
        lock.enter();
        try {
            raisedBefore = Thrown.first(raisedBefore, failure);
            wanted = servers.enlistForRaised();
        } finally {
            lock.unlock();
        }
        if (wanted) {
            summons.start();
        }
    }

    void throwRaisedBefore() {
        if (raisedBefore != null) {
            Throwable failure = locked(() -> {
                Throwable taken = raisedBefore;
                raisedBefore = null;
                return taken;
            });
            if (failure != null) {
                throw Thrown.<RuntimeException>as(failure);
            }
        }
    }

    // ---- the end

    void close() {
        shutDoor().run();
    }

    /** After the door was shut: has what waits run by who is there to run it; says whether there is nobody. */
    private boolean isLeftToNobody() {
        StackRoom.check();
        summons.answer(summons.summonToUndo()); // for consumers that were to be told of a call when the door was shut
        return !hasServers();
    }

    /** Returns what it refused. */
    List<Runnable> closeNow() {
        var refusal = new Refusal(this, this::closedException, false);
        shutDoor();
        refusal.run();
        return refusal.neverRun();
    }

    /** Nobody has the queue any more; told by a thread that must not be kept waiting. */
    void abandon() {
        if (closed) {
            return;
        }
        var end = new RestEnding(true);
        shutDoor(end);
        if (locked(backlog::count) > 0) {
            Watch.end(end);
        }
    }

    /** Of a queue whose door is shut: has what waits run by who is there to run it, or refuses it. */
    private final class RestEnding extends Ending {
        private final boolean abandoned;

        RestEnding(boolean abandoned) {
            this.abandoned = abandoned;
        }

        @Override
        void attempt() {
            if (isLeftToNobody()) {
                new Refusal(
                                Core.this,
                                abandoned ? goneForAll("it was garbage collected", null) : Core.this::closedException,
                                true)
                        .run();
            }
        }
    }

    /** Refuses new calls, and wakes all who wait for one to come or to be let in; returns what is to be done then about those that wait. */
    Ending shutDoor() {
        var end = new RestEnding(false);
        shutDoor(end);
        return end;
    }

    private void shutDoor(Ending ofRest) {
        lock.enter();
        try {
            if (restEnding == null) {
                restEnding = ofRest;
            }
            closed = true;
            backlog.shut();
            idle.wakeAll();
            tellIfQuiet();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock: closed, and nothing waits, is run by anybody, or was refused and is still to be ended. */
    private boolean isQuiet() {
        return closed && !isServed() && backlog.isEmpty();
    }

    /** Under the lock. */
    void tellIfQuiet() {
        if (quiet != null && isQuiet()) {
            quiet.signalAll();
        }
    }

    boolean hasEnded() {
        return locked(this::isQuiet);
    }

    /** Whether it has ended, or nobody will ever run a call again and none is left. */
    boolean isOver() {
        return hasEnded() || (servers.whyGone() != null && locked(() -> backlog.isEmpty() && visitors.isEmpty()));
    }

    boolean awaitEnd(long nanos) throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            if (quiet == null) {
                quiet = lock.newCondition();
            }
            while (!isQuiet()) {
                if (left <= 0) {
                    return false;
                }
                left = quiet.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    // ---- the picture

    Callbacks callbacks() {
        return callbacks;
    }

    CallReport report() {
        return Picture.of(this);
    }

    List<Receiver> receivers() {
        return visitors.all();
    }

    /** Notes what runs now, for later reports to tell since when it does. */
    void lookAtRunning() {
        receivers().forEach(Receiver::look);
    }

    List<Call<?>> head(int atMost) {
        return locked(() -> backlog.head(atMost));
    }

    /** Where the call stands in the line, counted from 1; 0 if it is not in the line. */
    int placeOf(Call<?> call) {
        return locked(() -> backlog.placeOf(call));
    }

    @Override
    public String toString() {
        return "queue '" + name() + "'";
    }
}
