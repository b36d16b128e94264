package dev.callqueue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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

    /** Signalled once for every call that comes, and to all when the queue is closed. */
    private final Condition arrived = lock.newCondition();

    /** Signalled when the closed queue has become quiet: see {@link #isQuiet}. */
    private final Condition quiet = lock.newCondition();

    /** Guarded by the lock, except its size. */
    private final Line line;

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
        return line.size();
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
        boolean wanted;
        lock.lock();
        try {
            checkOpen();
            if (line.isFull() || !placesWanted.isEmpty()) {
                return false;
            }
            wanted = append(call);
        } finally {
            lock.unlock();
        }
        if (wanted) {
            startServers(call);
        }
        return true;
    }

    private void addWhenFull(Call<?> call, long limitNanos) {
        if (isTargetThread() || (whenFull == WhenFull.REFUSE && !comesBack(call))) {
            throw new QueueFullException("queue '" + name + "' is full: capacity " + line.capacity());
        }
        new Place(this, call).await(limitNanos);
    }

    /**
     * Whether the call returns to a thread that waits for its caller: it runs there, and needs no place. A thread that has
     * just begun to wait is not parked, and not in the wait graph, before it has spun a little.
     */
    private boolean comesBack(Call<?> call) {
        return call.isAwaited()
                && (Receiver.comesBackTo(servers)
                        || WaitGraph.comesBackTo(servers)
                        || (Receiver.currentOf(Thread.currentThread()) != null
                                && spin.untilOthersPark(() -> WaitGraph.comesBackTo(servers))));
    }

    void want(Place place) {
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
        boolean wanted;
        lock.lock();
        try {
            in = !closed
                    && placesWanted.peek() == place
                    && !line.isFull()
                    && place.call().hasNotBegun();
            wanted = in && append(place.call());
        } finally {
            lock.unlock();
        }
        if (wanted) {
            startServers(place.call());
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

    /** Under the lock: lets the call in; says whether servers must be started for it. */
    private boolean append(Call<?> call) {
        line.append(call);
        arrived.signal();
        return servers.enlist();
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
        if (locked(this::isServed)) {
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
        lock.lock();
        try {
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
            List<Call<?>> all = line.removeAll();
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
        lock.lock();
        try {
            receivers.remove(me.thread);
            me.leave();
            boolean left = !line.isEmpty();
            stranded = left && closed && !isServed();
            wanted = left && !stranded && servers.enlist();
            tellIfQuiet();
        } finally {
            lock.unlock();
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

    long lastTicket() {
        return locked(line::lastTicket);
    }

    /** Claims the next call that came up to then; once the queue is closed, whenever it came. */
    @Nullable
    Call<?> claimNext(long upToTicket) {
        lock.lock();
        try {
            Call<?> call = line.claimFirst(closed ? Long.MAX_VALUE : upToTicket);
            wakeFirstWanted();
            return call;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Claims the next call, for which it waits so long.
     *
     * @param consumers to be told that one of them waits; null if the thread is none of theirs
     * @return null if the time is over, or the queue is closed and empty
     */
    @Nullable
    Call<?> awaitCall(long nanos, @Nullable Consumers consumers) throws InterruptedException {
        long deadline = Nanos.deadline(nanos);
        boolean spun = false;
        lock.lock();
        countIdle(consumers, +1);
        try {
            while (true) {
                Call<?> call = line.claimFirst(Long.MAX_VALUE);
                if (call != null) {
                    wakeFirstWanted();
                    return call;
                }
                long left = Nanos.left(nanos, deadline);
                if (closed || left <= 0) {
                    return null;
                }
                if (spun && !spin.neverParks()) {
                    arrived.awaitNanos(left);
                } else {
                    spinForCall(left);
                    spun = true;
                }
            }
        } finally {
            countIdle(consumers, -1);
            lock.unlock();
        }
    }

    /** Lets the lock go and waits a little on the CPU. */
    private void spinForCall(long atMostNanos) throws InterruptedException {
        lock.unlock();
        try {
            spin.until(() -> line.size() > 0 || closed, atMostNanos);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        } finally {
            lock.lock();
        }
    }

    private static void countIdle(@Nullable Consumers consumers, int change) {
        if (consumers != null) {
            consumers.countIdle(change);
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
                return failTooDeep(upTo);
            }
            boolean any = false;
            Call<?> call;
            do {
                call = claimUpTo(upTo);
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

    private boolean failTooDeep(Call<?> call) {
        if (!call.claimToRun()) {
            return false;
        }
        locked(() -> line.remove(call));
        call.endAfter(new CallDepthException(
                call.terms().describeCall() + " is nested more than " + maxDepth + " deep in "
                        + CallReport.name(Thread.currentThread()),
                report()));
        return true;
    }

    private @Nullable Call<?> claimUpTo(Call<?> upTo) {
        lock.lock();
        try {
            Call<?> call = line.claimFirstOfCaller(upTo);
            wakeFirstWanted();
            return call;
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
        closeAndRefuse(this::closedException, true);
    }

    /** Returns what it refused. */
    List<Callable<?>> closeNow() {
        return closeAndRefuse(this::closedException, false);
    }

    /** Nobody has the queue any more. */
    void abandon() {
        closeAndRefuse(() -> gone("it was garbage collected", null), true);
    }

    /** Shuts the door, and refuses what waits unless somebody is there to run it and shall. */
    private List<Callable<?>> closeAndRefuse(Supplier<RuntimeException> reason, boolean runRest) {
        shutDoor();
        return runRest && locked(this::isServed) ? List.of() : refuseWaiting(reason);
    }

    /** Refuses new calls, and wakes all who wait for one to come or to be let in. */
    void shutDoor() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
            placesWanted.forEach(Place::wake);
            tellIfQuiet();
        } finally {
            lock.unlock();
        }
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
        locked(() -> watched = false);
    }

    /** For the {@link Watch}: fails what waits if nobody is left to run it; false if there is nothing to watch. */
    boolean checkAlive() {
        String why = servers.whyGoneNow();
        if (why == null) {
            return locked(() -> watched = servers.needsWatch());
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
        return locked(() -> line.head(atMost));
    }

    /** Where the call stands in the line, counted from 1; 0 if it is not in the line. */
    int placeOf(Call<?> call) {
        return locked(() -> line.placeOf(call));
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
