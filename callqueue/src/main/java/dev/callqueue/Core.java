package dev.callqueue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All of a queue but its face: the line, the door, the receivers. Threads of ours and calls refer to this and never to the
 * {@link CallQueue}, so that the garbage collector can tell when nobody has the queue any more.
 *
 * <p>The way of a call: {@link #add} lets it into the inbox or the line, and whoever is to be told of it is summoned; a
 * receiver claims it ({@link #claimUpTo}, {@link #awaitCall}, or {@link #runNested} inside a wait) and runs it, as
 * {@link Receiving} tells; or {@link #remove} takes it out when it is withdrawn.
 *
 * <p>One lock guards the line, the door and the comings and goings of receivers, so that "closed" and "nobody is inside"
 * are never out of date when they decide about a call; the {@link Inbox}, through which calls come in without it, is
 * emptied and shut under it. No code of users runs under it.
 */
final class Core {
    /** The default of {@link CallQueue.Builder#maxDepth}. */
    static final int MAX_DEPTH = 64;

    private final String name;
    private final Servers servers;
    private final Spin spin;
    private final WhenFull whenFull;
    private final int maxDepth;
    private final Callbacks callbacks;

    private final QueueLock lock = new QueueLock();

    /** Those who wait for the closed queue to become quiet: see {@link #isQuiet}. */
    private final Queue<Thread> awaitingEnd = new ConcurrentLinkedQueue<>();

    /** Guarded by the lock, except for calls that come in without it. */
    private final Line line;

    /** The receivers that are parked, or about to be, until a call comes; guarded by the lock. */
    private final Deque<Receiver> sleepers = new ArrayDeque<>(2);

    /** The receiver that was woken last and has not looked for a call since, if any; guarded by the lock. */
    private @Nullable Receiver wakingUp;

    /** Callers that wait for a place in the full line, in the order of their coming; guarded by the lock. */
    private final Queue<Place> placesWanted = new ArrayDeque<>(0);

    /** The threads inside a {@code receive…}; replaced under the lock, read by anyone. */
    private volatile Visitors visitors = Visitors.NONE;

    /** How many calls were begun by receivers that have left; guarded by the lock. */
    private long begunByOthers;

    /** How many calls were claimed for never being run; counted by anyone. */
    private final AtomicLong unrun = new AtomicLong();

    /** Whether new calls are refused; set under the lock, read by anyone. */
    private volatile boolean closed;

    /** Whether the {@link Watch} looks after this queue; guarded by the lock. */
    private boolean watched;

    /** What was raised in a target thread outside of any receive: leaves its next one. Guarded by the lock to write. */
    private volatile @Nullable Throwable raisedBefore;

    Core(
            String name,
            Function<Core, Servers> servers,
            int capacity,
            WhenFull whenFull,
            Waiting waiting,
            int maxDepth,
            Callbacks callbacks) {
        this.name = name;
        this.servers = servers.apply(this);
        this.line = new Line(capacity);
        this.whenFull = whenFull;
        this.spin = new Spin(waiting);
        this.maxDepth = maxDepth;
        this.callbacks = callbacks;
    }

    /** A queue for one call with a thread of its own. */
    static Core background() {
        return Registry.add(new Core(
                "background",
                core -> new Consumers(core, 1, BackgroundThreads.FACTORY),
                Line.UNBOUNDED,
                WhenFull.REFUSE,
                Waiting.PARK,
                MAX_DEPTH,
                Callbacks.NONE));
    }

    /** The queue behind a target; for a target of the user's own, which is asked to submit, a queue where nothing happens. */
    static Core of(CallTarget target) {
        if (target instanceof CallQueue queue) {
            return queue.core();
        }
        return target instanceof View view ? view.core() : background();
    }

    String name() {
        return name;
    }

    Servers servers() {
        return servers;
    }

    Spin spin() {
        return spin;
    }

    int size() {
        return locked(this::countWaiting);
    }

    /** Under the lock: the number of calls that have not begun. */
    int countWaiting() {
        long gone = begunByOthers + unrun.get();
        for (Receiver receiver : visitors.receivers()) {
            gone += receiver.begun();
        }
        return (int) Math.min(Integer.MAX_VALUE, line.lastTicket() - gone); // looked at last, so it is never below
    }

    /** Whether there are calls in the line; holds no lock, and may miss one that comes just now or is in hand. */
    boolean hasCalls() {
        return line.hasCalls();
    }

    /** A call has been claimed for never being run. */
    void countUnrun() {
        unrun.incrementAndGet();
    }

    boolean isClosed() {
        return closed;
    }

    boolean isTargetThread() {
        return servers.includesCurrentThread();
    }

    /** How many calls of one harvest should be under way or not yet harvested. */
    int window() {
        return Math.min(servers.window(), line.capacity());
    }

    /** Does something under the lock of this queue. */
    <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    // ---- the door

    /**
     * Lets the call into the line and calls for a receiver, or turns it away.
     *
     * @param limitNanos how long to wait for a place, if the queue is one where callers wait
     */
    void add(Call<?> call, long limitNanos) {
        RuntimeException turnedAway = turnedAway();
        if (turnedAway != null) {
            throw turnedAway;
        }
        if (!offer(call)) {
            addWhenFull(call, limitNanos);
        }
    }

    /** Lets the call in if there is a place; false if there is none. */
    boolean offer(Call<?> call) {
        return switch (line.push(call)) {
            case IN -> true;
            case TELL -> offerUnderLock(call);
            case SHUT -> throw closedException();
        };
    }

    private boolean offerUnderLock(Call<?> call) {
        Summons summons;
        StackRoom.check();
        lock.lock();
        try {
            checkOpen();
            if (line.isBounded() && (isFull() || !placesWanted.isEmpty())) {
                return false;
            }
            line.append(call);
            summons = summon();
        } finally {
            lock.unlock();
        }
        if (summons != null) {
            OwnerGoneException gone = answer(summons);
            if (gone != null && call.wasRefused()) {
                throw gone;
            }
        }
        return true;
    }

    /**
     * Who is to be told that calls wait.
     *
     * @param sleeper a receiver to be woken, if any
     * @param start whether servers are to be started
     */
    private record Summons(@Nullable Receiver sleeper, boolean start) {}

    /**
     * Under the lock, after anything that may leave a call waiting, or has made somebody want to be told of one: who is to
     * be told of it. Whoever asks has to {@link #answer}.
     *
     * <p>One sleeper at a time is woken, who has the next one woken when he has taken a call and more are left.
     */
    private @Nullable Summons summon() {
        boolean tell = wantToBeTold();
        line.tell(tell); // before the look at what waits, so that whoever comes after it tells
        if (!tell || countWaiting() == 0) {
            return null;
        }
        Receiver sleeper = wakingUp == null ? sleepers.poll() : null;
        if (sleeper != null) {
            sleeper.asleep = false;
            wakingUp = sleeper;
        }
        boolean start = servers.enlist();
        line.tell(wantToBeTold());
        return sleeper == null && !start ? null : new Summons(sleeper, start);
    }

    private boolean wantToBeTold() {
        return (wakingUp == null && !sleepers.isEmpty()) || servers.wantToBeTold();
    }

    /** Without the lock: tells them. If servers cannot be started and nobody else is there, all that waits is refused. */
    private @Nullable OwnerGoneException answer(Summons summons) {
        if (summons.sleeper != null) {
            summons.sleeper.wake();
        }
        return summons.start ? startServers() : null;
    }

    /** Under the lock. */
    private boolean isFull() {
        return countWaiting() >= line.capacity();
    }

    private void addWhenFull(Call<?> call, long limitNanos) {
        if (isTargetThread() || (whenFull == WhenFull.REFUSE && !comesBack(call))) {
            throw new QueueFullException("queue '" + name + "' is full: capacity " + line.capacity());
        }
        new Place(this, call).await(limitNanos);
    }

    /** Whether the call returns to a thread that waits for its caller: it runs there, and needs no place. */
    private boolean comesBack(Call<?> call) {
        return call.isAwaited() && Receiver.comesBackTo(servers);
    }

    void want(Place place) {
        StackRoom.check();
        locked(() -> placesWanted.add(place));
    }

    void wantNoMore(Place place) {
        lock.lock();
        try {
            placesWanted.remove(place);
            wakeFirstWanted();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the call of that wish into the line, if it is its turn and there is a place. */
    boolean letIn(Place place) {
        boolean in;
        Summons summons = null;
        lock.lock();
        try {
            in = !closed
                    && placesWanted.peek() == place
                    && !isFull()
                    && place.call().hasNotBegun();
            if (in) {
                line.append(place.call());
                place.noteLetIn();
                summons = summon();
            }
        } finally {
            lock.unlock();
        }
        if (summons != null) {
            answer(summons);
        }
        return in;
    }

    /** Why a call that is not in the line will never be let in, or null. */
    @Nullable
    RuntimeException turnedAway() {
        if (closed) {
            return closedException();
        }
        String why = servers.whyGone();
        return why == null ? null : gone(why, null);
    }

    void checkOpen() {
        if (closed) {
            throw closedException();
        }
    }

    private QueueClosedException closedException() {
        return new QueueClosedException("queue '" + name + "' is closed");
    }

    private OwnerGoneException gone(String why, @Nullable Throwable cause) {
        return new OwnerGoneException("nobody is left to run calls of queue '" + name + "': " + why, report(), cause);
    }

    /** Starts what the servers asked for. If that fails and nobody else is there, all that waits is refused. */
    @Nullable
    OwnerGoneException startServers() {
        Throwable failure = servers.start();
        return failure == null ? null : refuseUnserved("they could not be started", failure);
    }

    /** A server has failed: refuses all that waits if there is nobody else, and returns the reason then. */
    @Nullable
    OwnerGoneException refuseUnserved(String why, Throwable failure) {
        boolean served = locked(() -> {
            line.tell(wantToBeTold()); // maybe somebody can be started next time
            return isServed();
        });
        if (served) {
            return null;
        }
        refuseWaiting(() -> gone(why + ": " + failure, failure));
        return gone(why + ": " + failure, failure);
    }

    /** Under the lock, after a place has become free: has the first that wants one look. */
    private void wakeFirstWanted() {
        Place first = placesWanted.peek();
        if (first != null && !isFull()) {
            first.wake();
        }
    }

    // ---- withdrawing and refusing

    /** Takes a call out of the line that has been claimed to be withdrawn. */
    void remove(Call<?> call) {
        StackRoom.check();
        lock.lock();
        try {
            boolean inHand = false;
            for (Receiver receiver : visitors.receivers()) {
                inHand |= receiver.handful.remove(call);
            }
            if (!inHand) {
                line.noteDead(countWaiting());
            }
            wakeFirstWanted();
            tellIfQuiet();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all that waits, because it will not be run, and returns it; wakes who wants a place. */
    private List<Object> refuseWaiting(Supplier<? extends RuntimeException> reason) {
        List<Call<?>> waiting = locked(() -> {
            List<Call<?>> all = new ArrayList<>();
            for (Receiver receiver : visitors.receivers()) {
                receiver.handful.addTo(all);
            }
            all.addAll(line.removeAll());
            placesWanted.forEach(Place::wake);
            return all;
        });
        List<Object> neverBegun = new ArrayList<>();
        for (Call<?> call : waiting) {
            Object op = call.hasNotBegun()
                    ? call.refuse(reason.get())
                    : null; // runs dependent stages: so not under the lock
            if (op != null) {
                neverBegun.add(op);
            }
        }
        lock.lock();
        try {
            tellIfQuiet();
        } finally {
            lock.unlock();
        }
        return neverBegun;
    }

    // ---- receiving

    void checkReceiver() {
        servers.checkReceiver();
    }

    /** Whether there is nothing to run for a thread that comes to receive now; holds no lock. */
    boolean isIdle() {
        return !hasCalls() && visitors.isNobody() && !lock.isLocked() && !hasCalls(); // none in hand, none on the way
    }

    boolean isReceiver(Thread thread) {
        return visitors.include(thread);
    }

    Collection<Thread> receiverThreads() {
        return visitors.threads();
    }

    /** This thread begins to receive. It holds {@link #exit} against every enter. */
    Receiver enter() {
        return enter(() -> {});
    }

    /** @param underLock what is to be seen together with it */
    Receiver enter(Runnable underLock) {
        StackRoom.check();
        lock.lock();
        try {
            Receiver me = visitors.of(Thread.currentThread());
            if (me == null) {
                me = Receiver.ofThisThread();
                Visitors more = visitors.with(me);
                me.appear();
                visitors = more;
            }
            me.depth++;
            underLock.run();
            return me;
        } finally {
            lock.unlock();
        }
    }

    /**
     * This thread ends to receive. If it was the last and the queue is closed, what waits is refused, unless servers run
     * it; an interrupt that came in the meantime is shown to the thread.
     */
    void exit(Receiver me) {
        exit(me, () -> {});
    }

    /** @param underLock what is to be seen together with it */
    void exit(Receiver me, Runnable underLock) {
        me.depth--;
        me.endUnended();
        if (me.depth > 0) {
            return;
        }
        Throwable raised = me.takeRaised();
        if (raised != null) {
            raiseBefore(raised);
        }
        boolean stranded;
        Summons summons;
        lock.lock();
        try {
            line.clear();
            me.handful.giveBack(line); // before it leaves: who finds no receiver looks at the line
            begunByOthers += me.begun();
            visitors = visitors.without(me);
            me.disappear();
            underLock.run();
            summons = summon();
            stranded = closed && countWaiting() > 0 && !isServed();
            tellIfQuiet();
        } finally {
            lock.unlock();
        }
        if (stranded) {
            refuseWaiting(this::closedException);
        } else if (summons != null) {
            answer(summons);
        }
        if (me.takeInterrupt()) {
            me.thread.interrupt();
        }
    }

    /** Under the lock: whether somebody is there who runs what is in the line. */
    private boolean isServed() {
        return !visitors.isNobody() || servers.runByThemselves();
    }

    /** The ticket of the call that came last. */
    long lastTicket() {
        return locked(line::lastTicket);
    }

    /** Claims the next call that came up to then; once the queue is closed, whenever it came. */
    @Nullable
    Call<?> claimUpTo(Receiver me, long ticket) {
        Call<?> call = me.handful.claimNext(me, closed ? Long.MAX_VALUE : ticket);
        if (call != null) {
            return call;
        }
        Summons summons = null;
        lock.lock();
        try {
            call = claimFirst(me, closed ? Long.MAX_VALUE : ticket);
            if (call != null) {
                summons = summon();
            }
        } finally {
            lock.unlock();
        }
        if (summons != null) {
            answer(summons);
        }
        return call;
    }

    /**
     * Claims the next call, for which it waits so long.
     *
     * @return null if the time is over, or the queue is closed and empty
     */
    @Nullable
    Call<?> awaitCall(Receiver me, long nanos) throws InterruptedException {
        Call<?> call = me.handful.claimNext(me, Long.MAX_VALUE);
        if (call != null) {
            return call;
        }
        long deadline = Nanos.deadline(nanos);
        boolean mayPark = false;
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
                if (!mayPark) {
                    spin.until(() -> line.showsCall() || closed, left);
                    mayPark = !spin.neverParks();
                } else if (me.asleep) {
                    spin.park(this, left);
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
        Summons summons = null;
        Call<?> call;
        lock.lock();
        try {
            noteAwake(me);
            call = claimFirst(me, closed ? Long.MAX_VALUE : Line.WHATEVER_SHOWS);
            if (call != null) {
                stopWaiting(me);
            } else {
                me.isIdle = true;
                if (park) {
                    line.clear();
                }
                if (park && !me.asleep && !closed) {
                    sleepers.add(me);
                    me.asleep = true;
                }
            }
            summons = summon(); // which looks again whether there is a call, for this thread too
        } finally {
            lock.unlock();
        }
        if (summons != null) {
            answer(summons);
        }
        return call;
    }

    /** Under the lock: claims the first call, in hand or in line, that came up to then. */
    private @Nullable Call<?> claimFirst(Receiver me, long upToTicket) {
        boolean alone = visitors.isOne();
        Call<?> call = alone ? null : stealFromOthers(me);
        if (call == null) {
            call = line.claimFirst(upToTicket, me);
            if (call != null && alone && !line.isBounded()) {
                me.handful.fill(line, upToTicket);
            }
        }
        wakeFirstWanted();
        return call;
    }

    private @Nullable Call<?> stealFromOthers(Receiver me) {
        for (Receiver other : visitors.receivers()) {
            Call<?> call = other == me ? null : other.handful.steal(me);
            if (call != null) {
                return call;
            }
        }
        return null;
    }

    /** Under the lock: how many consumers wait for a call. */
    int countIdleConsumers() {
        int count = 0;
        for (Receiver receiver : visitors.receivers()) {
            count += receiver.isConsumer && receiver.isIdle ? 1 : 0;
        }
        return count;
    }

    /** Under the lock: the thread no longer waits for a call. */
    private void stopWaiting(Receiver me) {
        me.isIdle = false;
        noteAwake(me);
        if (me.asleep) {
            sleepers.remove(me);
            me.asleep = false;
        }
    }

    private void noteAwake(Receiver me) {
        if (wakingUp == me) {
            wakingUp = null;
        }
    }

    /** The thread no longer waits for a call. If it was woken for one that it does not take, another one is. */
    private void waitNoMore(Receiver me) {
        Summons summons;
        lock.lock();
        try {
            stopWaiting(me);
            summons = summon();
        } finally {
            lock.unlock();
        }
        if (summons != null) {
            answer(summons);
        }
    }

    /**
     * Runs that call in this thread, which is a target thread and waits for it, and before it the earlier calls of the
     * same caller. What is raised leaves the receive around, or the next one.
     *
     * @return false if there was nothing left to run
     */
    boolean runNested(Call<?> upTo) {
        Receiver me = enter();
        try {
            if (me.depth > maxDepth) {
                return failTooDeep(upTo, me);
            }
            boolean any = false;
            Call<?> call;
            do {
                call = claimEarlierOfCaller(me, upTo);
                if (call != null) {
                    any = true;
                    me.run(call);
                }
            } while (call != null && call != upTo);
            return any;
        } finally {
            exit(me);
        }
    }

    private boolean failTooDeep(Call<?> call, Receiver me) {
        if (!me.claim(call)) {
            return false;
        }
        me.takeOp();
        wakePlaceWanted();
        call.endAfter(new CallDepthException(
                call.terms().describeCall() + " is nested more than " + maxDepth + " deep in "
                        + CallReport.name(Thread.currentThread()),
                report()));
        return true;
    }

    /** Claims the first call of the same caller, up to that one, wherever it is. */
    private @Nullable Call<?> claimEarlierOfCaller(Receiver me, Call<?> upTo) {
        lock.lock();
        try {
            Call<?> call = null;
            for (Receiver receiver : visitors.receivers()) {
                call = call != null ? call : receiver.handful.stealOfCaller(upTo, me);
            }
            if (call == null && upTo.hasNotBegun()) {
                call = line.claimFirstOfCaller(upTo, me);
            }
            if (call == null && me.claim(upTo)) { // it has come back here before there was a place for it
                line.passThrough();
                call = upTo;
            }
            wakeFirstWanted();
            return call;
        } finally {
            lock.unlock();
        }
    }

    private void wakePlaceWanted() {
        lock.lock();
        try {
            wakeFirstWanted();
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
        boolean wanted = locked(() -> {
            raisedBefore = Thrown.first(raisedBefore, failure);
            return servers.enlistForRaised();
        });
        if (wanted) {
            startServers();
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
        shutDoor();
        serveRest(this::closedException);
    }

    /** After the door was shut: has what waits run by who is there to run it, or refuses it. */
    private void serveRest(Supplier<RuntimeException> reason) {
        Summons summons = locked(this::summon); // for consumers that were to be told of a call when the door was shut
        if (summons != null) {
            answer(summons);
        }
        if (!locked(this::isServed)) {
            refuseWaiting(reason);
        }
    }

    /** Returns what it refused. */
    List<Object> closeNow() {
        shutDoor();
        return refuseWaiting(this::closedException);
    }

    /** Nobody has the queue any more; told by a thread that must not be kept waiting. */
    void abandon() {
        if (closed) {
            return;
        }
        shutDoor();
        if (hasCalls()) {
            Watch.end(() -> serveRest(() -> gone("it was garbage collected", null)));
        }
    }

    /** Refuses new calls, and wakes all who wait for one to come or to be let in. */
    void shutDoor() {
        StackRoom.check();
        List<Receiver> all;
        lock.lock();
        try {
            closed = true;
            line.shut();
            all = List.copyOf(sleepers);
            sleepers.clear();
            all.forEach(receiver -> receiver.asleep = false);
            placesWanted.forEach(Place::wake);
            tellIfQuiet();
        } finally {
            lock.unlock();
        }
        all.forEach(Receiver::wake);
    }

    /** Under the lock: closed, and nothing waits or is run by anybody. */
    private boolean isQuiet() {
        return closed && !isServed() && countWaiting() == 0;
    }

    private void tellIfQuiet() {
        if (isQuiet()) {
            awaitingEnd.forEach(LockSupport::unpark);
        }
    }

    boolean hasEnded() {
        return locked(this::isQuiet);
    }

    boolean awaitEnd(long nanos) throws InterruptedException {
        long deadline = Nanos.deadline(nanos);
        Thread me = Thread.currentThread();
        awaitingEnd.add(me); // before the looks, so that whoever comes after them tells
        try {
            while (!hasEnded()) {
                long left = Nanos.left(nanos, deadline);
                if (left <= 0) {
                    return false;
                }
                LockSupport.parkNanos(this, left);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            return true;
        } finally {
            awaitingEnd.remove(me);
        }
    }

    /** Under the lock: whether the {@link Watch} has to be told to look after this queue. */
    boolean beginWatch() {
        boolean begin = !watched;
        watched = true;
        return begin;
    }

    void endWatch() {
        locked(() -> {
            watched = false;
            line.tell(wantToBeTold());
            return watched;
        });
    }

    /** Under the lock: whether the {@link Watch} looks after this queue. */
    boolean isWatched() {
        return watched;
    }

    private boolean goOnWatching() {
        Summons summons;
        boolean goesOn;
        lock.lock();
        try {
            goesOn = servers.needsWatch();
            watched = goesOn;
            summons = summon(); // a consumer may have been lost, or a call have come when nobody watched
        } finally {
            lock.unlock();
        }
        if (summons != null) {
            answer(summons);
        }
        return goesOn;
    }

    /** For the {@link Watch}: fails what waits if nobody is left to run it; false if there is nothing to watch. */
    boolean checkAlive() {
        String why = servers.whyGoneNow();
        if (why == null) {
            return goOnWatching();
        }
        endWatch();
        Watch.end(() -> refuseWaiting(() -> gone(why, null)));
        return false;
    }

    // ---- the picture

    Callbacks callbacks() {
        return callbacks;
    }

    CallReport report() {
        return Picture.of(this);
    }

    List<Receiver> receivers() {
        return List.of(visitors.receivers());
    }

    /** Notes what runs now, for later reports to tell since when it does. */
    void lookAtRunning() {
        receivers().forEach(Receiver::look);
    }

    List<Call<?>> head(int atMost) {
        return locked(() -> {
            List<Call<?>> head = new ArrayList<>();
            for (Receiver receiver : visitors.receivers()) {
                receiver.handful.addTo(head);
            }
            head.addAll(line.head(Math.max(0, atMost - head.size())));
            return head.subList(0, Math.min(atMost, head.size()));
        });
    }

    /** Where the call stands in the line, counted from 1; 0 if it is not in the line. */
    int placeOf(Call<?> call) {
        return locked(() -> {
            int before = 0;
            for (Receiver receiver : visitors.receivers()) {
                int place = receiver.handful.placeOf(call);
                if (place > 0) {
                    return place;
                }
                before += receiver.handful.count();
            }
            int place = line.placeOf(call);
            return place == 0 ? 0 : Math.min(Line.FAR, before + place);
        });
    }

    @Override
    public String toString() {
        return "queue '" + name + "'";
    }
}
