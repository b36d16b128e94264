package dev.callqueue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All of a queue but its face: the line, the door, the receivers. Threads of ours and calls refer to this and never to the
 * {@link CallQueue}, so that the garbage collector can tell when nobody has the queue any more.
 *
 * <p>The way of a call: {@link #add} lets it into the line and calls for a receiver; a receiver claims it
 * ({@link #claimNext}, {@link #awaitCall}, or {@link #runNested} inside a wait) and runs it, as {@link Receiving}
 * tells; or {@link #remove} takes it out when it is withdrawn.
 *
 * <p>One lock guards the line, the door and the comings and goings of receivers, so that "closed" and "nobody is inside"
 * are never out of date when they decide about a call. No code of users runs under it.
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

    private final ReentrantLock lock = new ReentrantLock();

    /** Signalled when the closed queue has become quiet: see {@link #isQuiet}. */
    private final Condition quiet = lock.newCondition();

    /** Where calls come in without the lock; null if the capacity is bounded, which only the lock can keep exactly. */
    private final @Nullable Inbox inbox;

    /** Guarded by the lock, except its size. Whoever looks at it there first has to {@link #settle}. */
    private final Line line;

    /** The receivers that are parked, or about to be, until a call comes; guarded by the lock. */
    private final Deque<Receiver> sleepers = new ArrayDeque<>(2);

    /** Callers that wait for a place in the full line, in the order of their coming; guarded by the lock. */
    private final Queue<Place> placesWanted = new ArrayDeque<>(0);

    /** The threads inside a {@code receive…}; changed under the lock, read by anyone. */
    private final Map<Thread, Receiver> receivers = new ConcurrentHashMap<>(4);

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
        this.inbox = capacity == Line.UNBOUNDED ? new Inbox() : null;
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
        settle();
        int count = line.size();
        for (Receiver receiver : receivers.values()) {
            count += receiver.handful.count();
        }
        return count;
    }

    /** Whether there are calls for a thread that comes to receive now; holds no lock. */
    boolean hasCalls() {
        return (inbox != null && inbox.hasCalls()) || line.size() > 0; // in this order: calls go from there to here
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
        if (inbox == null) {
            return offerBounded(call);
        }
        switch (inbox.push(call)) {
            case IN -> {}
            case TELL -> tell(call);
            case SHUT -> throw closedException();
        }
        return true;
    }

    private boolean offerBounded(Call<?> call) {
        Receiver woken;
        boolean wanted;
        StackRoom.check();
        lock.lock();
        try {
            checkOpen();
            if (line.isFull() || !placesWanted.isEmpty()) {
                return false;
            }
            line.append(call);
            woken = sleepers.poll();
            wanted = servers.enlist();
        } finally {
            lock.unlock();
        }
        begin(woken, wanted, call);
        return true;
    }

    /** A call has come in, and somebody may have to be told: a receiver that is parked, or servers that are to be started. */
    private void tell(Call<?> call) {
        Receiver woken;
        boolean wanted;
        lock.lock();
        try {
            settle();
            woken = line.isEmpty() ? null : sleepers.poll();
            wanted = !line.isEmpty() && servers.enlist();
        } finally {
            lock.unlock();
        }
        begin(woken, wanted, call);
    }

    private void begin(@Nullable Receiver woken, boolean wanted, Call<?> call) {
        if (woken != null) {
            woken.wake();
        }
        if (wanted) {
            startServers(call);
        }
    }

    /**
     * Under the lock: takes into the line what callers have left in the inbox, and leaves word there whether somebody has
     * to be told of the next one. To be called before the line is looked at, and after anything that has made somebody
     * want to be told: a receiver has become a sleeper, a server has ended.
     */
    void settle() {
        if (inbox != null) {
            Call<?> newest = inbox.takeAll(!sleepers.isEmpty() || servers.wantToBeTold());
            if (newest != null) {
                line.appendAll(newest);
            }
        }
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
        lock.lock();
        try {
            in = !closed
                    && placesWanted.peek() == place
                    && !line.isFull()
                    && place.call().hasNotBegun();
            if (in) {
                line.append(place.call());
            }
        } finally {
            lock.unlock();
        }
        if (in) {
            tell(place.call());
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

    private void startServers(Call<?> call) {
        OwnerGoneException gone = startServers();
        if (gone != null && call.wasRefused()) {
            throw gone;
        }
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
            settle();
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
        if (first != null && !line.isFull()) {
            first.wake();
        }
    }

    // ---- withdrawing and refusing

    /** Takes a call out of the line that has been claimed to be withdrawn. */
    void remove(Call<?> call) {
        StackRoom.check();
        lock.lock();
        try {
            settle();
            if (line.remove(call)) {
                wakeFirstWanted();
                tellIfQuiet();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends all that waits, because it will not be run, and returns it; wakes who wants a place. */
    private List<Callable<?>> refuseWaiting(Supplier<? extends RuntimeException> reason) {
        List<Call<?>> waiting = locked(() -> {
            settle();
            List<Call<?>> all = new ArrayList<>();
            receivers.values().forEach(receiver -> receiver.handful.addTo(all));
            all.addAll(line.removeAll());
            placesWanted.forEach(Place::wake);
            tellIfQuiet();
            return all;
        });
        List<Callable<?>> neverBegun = new ArrayList<>();
        for (Call<?> call : waiting) {
            Callable<?> op = call.refuse(reason.get()); // runs dependent stages, so never under the lock
            if (op != null) {
                neverBegun.add(op);
            }
        }
        return neverBegun;
    }

    // ---- receiving

    void checkReceiver() {
        servers.checkReceiver();
    }

    boolean isReceiver(Thread thread) {
        return receivers.containsKey(thread);
    }

    Collection<Thread> receiverThreads() {
        return Collections.unmodifiableSet(receivers.keySet());
    }

    /** This thread begins to receive. It holds {@link #exit} against every enter. */
    Receiver enter() {
        StackRoom.check();
        return locked(() -> {
            Receiver me = receivers.computeIfAbsent(Thread.currentThread(), thread -> new Receiver());
            me.depth++;
            return me;
        });
    }

    /**
     * This thread ends to receive. If it was the last and the queue is closed, what waits is refused, unless servers run
     * it; an interrupt that came in the meantime is shown to the thread.
     */
    void exit(Receiver me) {
        me.endUnended();
        if (--me.depth > 0) {
            return;
        }
        Throwable raised = me.takeRaised();
        if (raised != null) {
            raiseBefore(raised);
        }
        boolean stranded;
        boolean wanted;
        Receiver woken;
        lock.lock();
        try {
            receivers.remove(me.thread);
            me.leave();
            me.handful.giveBack(line);
            settle();
            boolean left = !line.isEmpty();
            stranded = left && closed && !isServed();
            woken = left && !stranded ? sleepers.poll() : null;
            wanted = left && !stranded && servers.enlist();
            tellIfQuiet();
        } finally {
            lock.unlock();
        }
        if (woken != null) {
            woken.wake();
        }
        if (stranded) {
            refuseWaiting(this::closedException);
        }
        if (wanted) {
            startServers();
        }
        if (me.takeInterrupt()) {
            me.thread.interrupt();
        }
    }

    /** Under the lock: whether somebody is there who runs what is in the line. */
    private boolean isServed() {
        return !receivers.isEmpty() || servers.runByThemselves();
    }

    /** The ticket of the call that came last. */
    int lastTicket() {
        return locked(() -> {
            settle();
            return line.lastTicket();
        });
    }

    /** Claims the next call that came up to then; once the queue is closed, whenever it came. */
    @Nullable
    Call<?> claimNext(Receiver me, int upToTicket) {
        Call<?> call = me.handful.claimNext(me);
        return call != null ? call : claimFromLine(me, false, upToTicket, false);
    }

    /**
     * Claims the next call, for which it waits so long.
     *
     * @return null if the time is over, or the queue is closed and empty
     */
    @Nullable
    Call<?> awaitCall(Receiver me, long nanos) throws InterruptedException {
        Call<?> call = me.handful.claimNext(me);
        if (call != null) {
            return call;
        }
        long deadline = Nanos.deadline(nanos);
        boolean mayPark = false;
        try {
            while (true) {
                boolean wasClosed = closed; // before the look, which is the last one then
                call = claimFromLine(me, true, 0, mayPark);
                if (call != null || wasClosed) {
                    return call;
                }
                long left = Nanos.left(nanos, deadline);
                if (left <= 0) {
                    return null;
                }
                if (me.isAsleep()) {
                    spin.park(this, left);
                } else {
                    spin.until(() -> hasCalls() || closed, left);
                    mayPark = !spin.neverParks();
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        } finally {
            if (me.isIdle) {
                beBusy(me);
            }
        }
    }

    /**
     * Claims the next call out of the line.
     *
     * @param any whether it may have come after that ticket
     * @param sleep whether the thread, if there is none, is going to park
     */
    private @Nullable Call<?> claimFromLine(Receiver me, boolean any, int upToTicket, boolean sleep) {
        Receiver woken = null;
        boolean wanted = false;
        Call<?> call;
        lock.lock();
        try {
            if (sleep && !closed && !me.isAsleep()) {
                me.fallAsleep();
                sleepers.add(me);
            }
            settle();
            boolean alone = receivers.size() == 1;
            int last = any || closed ? line.lastTicket() : upToTicket;
            call = alone ? null : stealFromOthers(me);
            if (call == null) {
                call = line.claimFirst(last, me);
            }
            if (call != null) {
                stopWaiting(me);
                if (alone && inbox != null) {
                    me.handful.fill(line, last);
                }
                wakeFirstWanted();
                woken = line.isEmpty() ? null : sleepers.poll();
                wanted = servers.wantToBeTold() && countWaiting() > 0 && servers.enlist();
            } else if (any) {
                setIdle(me, true);
            }
        } finally {
            lock.unlock();
        }
        if (woken != null) {
            woken.wake();
        }
        if (wanted) {
            startServers();
        }
        return call;
    }

    private @Nullable Call<?> stealFromOthers(Receiver me) {
        for (Receiver other : receivers.values()) {
            Call<?> call = other.handful.steal(me);
            if (call != null) {
                return call;
            }
        }
        return null;
    }

    /** Under the lock: the thread no longer waits for a call. */
    private void stopWaiting(Receiver me) {
        setIdle(me, false);
        if (me.isAsleep()) {
            sleepers.remove(me);
            me.wakeUp();
        }
    }

    private void setIdle(Receiver me, boolean idle) {
        if (me.isIdle != idle) {
            me.isIdle = idle;
            servers.countIdle(me, idle ? +1 : -1);
        }
    }

    /** The thread no longer waits for a call. If it was woken for one that it does not take, another one is. */
    private void beBusy(Receiver me) {
        Receiver woken;
        lock.lock();
        try {
            stopWaiting(me);
            settle();
            woken = line.isEmpty() ? null : sleepers.poll();
        } finally {
            lock.unlock();
        }
        if (woken != null) {
            woken.wake();
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
                call = claimUpTo(me, upTo);
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
        if (!call.claimToRun(me)) {
            return false;
        }
        remove(call);
        call.endAfter(new CallDepthException(
                call.terms().describeCall() + " is nested more than " + maxDepth + " deep in "
                        + CallReport.name(Thread.currentThread()),
                report()));
        return true;
    }

    /** Claims the first call of the same caller, up to that one, wherever it is. */
    private @Nullable Call<?> claimUpTo(Receiver me, Call<?> upTo) {
        lock.lock();
        try {
            settle();
            Call<?> call = null;
            for (Receiver receiver : receivers.values()) {
                call = call != null ? call : receiver.handful.stealOfCaller(upTo, me);
            }
            boolean wantsPlace = inbox == null && upTo.ticket == 0;
            if (call == null && (wantsPlace || line.has(upTo))) {
                call = line.claimFirstOfCaller(upTo, me);
            }
            wakeFirstWanted();
            return call != null ? call : upTo.claimToRun(me) ? upTo : null;
        } finally {
            lock.unlock();
        }
    }

    /** Raises an exception in this target thread, which may be inside a receive or not. */
    void raiseHere(Throwable failure) {
        Receiver me = receivers.get(Thread.currentThread());
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
            return servers.enlist();
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
        if (!locked(this::isServed)) {
            refuseWaiting(this::closedException);
        }
    }

    /** Returns what it refused. */
    List<Callable<?>> closeNow() {
        shutDoor();
        return refuseWaiting(this::closedException);
    }

    /** Nobody has the queue any more; told by a thread that must not be kept waiting. */
    void abandon() {
        shutDoor();
        if (hasCalls() && !locked(this::isServed)) {
            Watch.end(() -> refuseWaiting(() -> gone("it was garbage collected", null)));
        }
    }

    /** Refuses new calls, and wakes all who wait for one to come or to be let in. */
    void shutDoor() {
        StackRoom.check();
        List<Receiver> all;
        lock.lock();
        try {
            closed = true;
            Call<?> newest = inbox == null ? null : inbox.shut();
            if (newest != null) {
                line.appendAll(newest);
            }
            all = List.copyOf(sleepers);
            sleepers.clear();
            placesWanted.forEach(Place::wake);
            tellIfQuiet();
        } finally {
            lock.unlock();
        }
        all.forEach(Receiver::wake);
    }

    /** Under the lock: closed, and nothing waits or is run by anybody. */
    private boolean isQuiet() {
        return closed && line.isEmpty() && !isServed();
    }

    private void tellIfQuiet() {
        if (isQuiet()) {
            quiet.signalAll();
        }
    }

    boolean hasEnded() {
        return locked(this::isQuiet);
    }

    boolean awaitEnd(long nanos) throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
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

    /** Under the lock: whether the {@link Watch} has to be told to look after this queue. */
    boolean beginWatch() {
        boolean begin = !watched;
        watched = true;
        return begin;
    }

    void endWatch() {
        locked(() -> {
            watched = false;
            settle();
            return watched;
        });
    }

    /** Under the lock: whether the {@link Watch} looks after this queue. */
    boolean isWatched() {
        return watched;
    }

    /** Under the lock, after {@link #settle}: whether nothing waits in the line. */
    boolean isLineEmpty() {
        return line.isEmpty();
    }

    /** For the {@link Watch}: fails what waits if nobody is left to run it; false if there is nothing to watch. */
    boolean checkAlive() {
        String why = servers.whyGoneNow();
        if (why == null) {
            return locked(() -> {
                settle();
                watched = servers.needsWatch();
                settle(); // now somebody may have to be told of the next one
                return watched;
            });
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

    Collection<Receiver> receivers() {
        return Collections.unmodifiableCollection(receivers.values());
    }

    /** Notes what runs now, for later reports to tell since when it does. */
    void lookAtRunning() {
        receivers.values().forEach(Receiver::look);
    }

    List<Call<?>> head(int atMost) {
        return locked(() -> {
            settle();
            List<Call<?>> head = new ArrayList<>();
            receivers.values().forEach(receiver -> receiver.handful.addTo(head));
            head.addAll(line.head(Math.max(0, atMost - head.size())));
            return head.subList(0, Math.min(atMost, head.size()));
        });
    }

    /** Where the call stands in the line, counted from 1; 0 if it is not in the line. */
    int placeOf(Call<?> call) {
        return locked(() -> {
            settle();
            int before = 0;
            for (Receiver receiver : receivers.values()) {
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

    /** Interrupts the call, which was just seen running in that thread, if it still does. */
    void interrupt(Call<?> call, Thread runner) {
        Receiver receiver = receivers.get(runner);
        if (receiver != null) {
            receiver.interrupt(call);
        }
    }

    @Override
    public String toString() {
        return "queue '" + name + "'";
    }
}
