package dev.callqueue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One thread's wait: the only place of this library where a caller waits.
 *
 * <p>A waiting thread first runs what it waits for itself, if it serves that queue, or has it ended, if it was refused and that
 * is still to be done; then it spins a little; then it is
 * parked, known to the {@link WaitGraph}. Parked, it is woken when what it waits for is there, when a call of its own
 * chain has come back to it (an errand), or when the wait graph has found that it would wait for ever (the verdict).
 */
final class Wait extends Follower {
    /** How long a pumping thread rests between two runs of its pump. */
    private static final long PUMP_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /**
     * What threads wait for, parked or not yet, other than the calls of their own that know them: put and removed by each
     * thread itself.
     */
    private static final Map<Thread, Awaited> UNDER_WAY = new ConcurrentHashMap<>();

    private static final int NEVER = -1;

    private static final VarHandle TOLD;

    static {
        try {
            TOLD = MethodHandles.lookup().findVarHandle(Wait.class, "told", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Thread thread = Thread.currentThread();
    private final Awaited awaited;
    private final boolean limited;
    private final @Nullable Runnable pump;

    /** Calls to run in this thread while it waits; guarded by the lock of the wait graph. */
    private List<Call<?>> errands = List.of();

    /**
     * Errands that turned out not to be this thread's, as only it could tell; written by the thread while it is out of the wait graph,
     * read by others under its lock.
     */
    private List<Call<?>> declined = List.of();

    /**
     * Whether somebody is going to wake this thread when what it waits for is ready; set by the thread itself in the wait
     * graph, cleared by who has woken it.
     */
    volatile boolean attached;

    /** Why this wait would never end, if so; guarded by the lock of the wait graph. */
    private @Nullable String verdict;

    /** Who waits for what in the deadlock that the last look of the watch has shown; guarded by the lock of the wait graph. */
    private Map<Thread, Object> suspected = Map.of();

    /** Whether there are errands or a verdict; set under the lock of the wait graph, read by the waiting thread. */
    private volatile boolean summoned;

    /**
     * How often the thread has been told to look. A wake-up alone may be used up by whatever else parks the thread – a lock, or
     * code of users, while it looks –, and says nothing to those who want to know whether it is stuck. Counted by whoever tells.
     */
    private volatile int told;

    /**
     * How often it had been told when it last looked in vain; {@link #NEVER} if it has not since it entered the wait graph. Written
     * by the thread itself, under the lock of the wait graph.
     */
    private int lookedInVainAt = NEVER;

    /** Whether it may be in the wait graph; used by the thread itself. */
    boolean toLeave;

    private Wait(Awaited awaited, boolean limited, @Nullable Runnable pump) {
        this.awaited = awaited;
        this.limited = limited;
        this.pump = pump;
    }

    /**
     * Waits until that is ready, at most so long, running the pump meanwhile.
     *
     * @return false if the time is over
     * @throws InterruptedException if this thread is interrupted and would have to wait
     * @throws CallDeadlockException if it would wait for ever
     * @throws PumpFailure if the pump throws anything
     */
    static boolean await(Awaited awaited, long nanos, @Nullable Runnable pump) throws InterruptedException {
        if (awaited.isReady()) {
            return true;
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (nanos <= 0) {
            return false;
        }
        Awaited outer = UNDER_WAY.put(Thread.currentThread(), awaited);
        try {
            return awaitKnown(awaited, nanos, pump);
        } finally {
            if (outer == null) {
                UNDER_WAY.remove(Thread.currentThread());
            } else {
                UNDER_WAY.put(Thread.currentThread(), outer);
            }
        }
    }

    /**
     * Waits for the end of a call that this thread, which is none of its target's, has just made to wait for it: as
     * {@link #await}, but while the call may still end without a park, it needs no memory.
     */
    static boolean awaitOwn(Call<?> call, long nanos, @Nullable Runnable pump) throws InterruptedException {
        if (call.isDone()) {
            return true;
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (nanos <= 0) {
            return false;
        }
        long deadline = Nanos.deadline(nanos);
        if (pump == null && call.core().spin().until(Call::isDone, call, nanos)) {
            return true;
        }
        return new Wait(call.outcome(), nanos != Nanos.FOREVER, pump).block(nanos, deadline);
    }

    /** The threads that wait for the end of that call, if it runs. */
    static Set<Thread> waitingFor(Call<?> call) {
        Set<Thread> threads = new HashSet<>();
        Thread caller = call.callerInCall();
        if (caller != null) {
            threads.add(caller);
        }
        UNDER_WAY.forEach((thread, awaited) -> {
            if (awaited.calls().contains(call)) {
                threads.add(thread);
            }
        });
        return threads;
    }

    private static boolean awaitKnown(Awaited awaited, long nanos, @Nullable Runnable pump)
            throws InterruptedException {
        long deadline = Nanos.deadline(nanos);
        for (Call<?> own = ownWork(awaited); own != null; own = ownWork(awaited)) {
            doWork(own);
            if (awaited.isReady()) {
                return true;
            }
        }
        if (pump == null && awaited.core().spin().until(Awaited::isReady, awaited, Nanos.left(nanos, deadline))) {
            return true;
        }
        return new Wait(awaited, nanos != Nanos.FOREVER, pump).block(nanos, deadline);
    }

    /** Waits until that is ready. An interrupt is seen by this thread when the wait is over. */
    static void awaitUninterruptibly(Awaited awaited) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    await(awaited, Nanos.FOREVER, null);
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A call that this thread would wait for, though it can {@linkplain #doWork run it or have it ended} itself. */
    private static @Nullable Call<?> ownWork(Awaited awaited) {
        Core core = awaited.core();
        if (core.backlog().isRefusing() || awaited.isOfManyQueues() || core.isTargetThread()) {
            for (Call<?> call : awaited.calls()) {
                if (call.isToBeEnded() || (call.hasNotBegun() && call.core().isTargetThread())) {
                    return call;
                }
            }
        }
        return null;
    }

    private static void doWork(Call<?> own) {
        own.haveEndedIfRefused();
        if (own.hasNotBegun()) {
            Receiving.nested(own);
        }
    }

    private boolean block(long nanos, long deadline) throws InterruptedException {
        try {
            WaitGraph.enter(this);
            while (true) {
                int toldBefore = told; // whatever is told while it looks, it will look again for
                Call<?> own = ownWork(awaited);
                if (own != null) {
                    WaitGraph.leave(this);
                    doWork(own);
                    WaitGraph.enter(this);
                }
                if (awaited.isReady()) {
                    return true;
                }
                if (own != null) {
                    continue;
                }
                if (summoned) {
                    obey();
                    continue;
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                long left = Nanos.left(nanos, deadline);
                if (left <= 0) {
                    return false;
                }
                if (lookedInVainAt != toldBefore) {
                    WaitGraph.settle(this, toldBefore);
                }
                if (told != toldBefore) {
                    continue;
                }
                long rest = pump == null ? left : Math.min(left, runPump(pump));
                if (rest > 0 && told == toldBefore && !(pump != null && awaited.isReady())) {
                    awaited.core().spin().park(awaited, attached ? rest : Math.min(rest, PUMP_REST_NANOS));
                }
            }
        } finally {
            WaitGraph.leave(this);
        }
    }

    /** Runs the pump outside of the wait graph, because this thread does not wait meanwhile; says how long to rest then. */
    private long runPump(Runnable pump) {
        long begun = System.nanoTime();
        WaitGraph.leave(this);
        try {
            pump.run();
        } catch (Throwable failure) {
            throw new PumpFailure(failure);
        }
        WaitGraph.enter(this);
        return PUMP_REST_NANOS - (System.nanoTime() - begun);
    }

    /** Accepts the verdict, or runs the errands outside of the wait graph. */
    private void obey() {
        List<Call<?>> todo = WaitGraph.leave(this);
        if (verdict != null) {
            throw new CallDeadlockException(verdict, awaited.core().report());
        }
        for (Call<?> call : todo) {
            if (!call.core().isTargetThread()) {
                declined = with(call, declined);
            } else if (call.hasNotBegun()) {
                Receiving.nested(call);
            }
        }
        WaitGraph.enter(this);
    }

    /** The call that this thread waits for ends. */
    @Override
    void ended() {
        attached = false; // it will not be told again: until the outcome is there, it has to look
        wake();
    }

    /** The call that this thread waits for is to be ended, and this thread may have to see to it. */
    @Override
    void refused() {
        wake();
    }

    /** Has the waiting thread look again at what it waits for. */
    void wake() {
        TOLD.getAndAdd(this, 1);
        LockSupport.unpark(thread);
    }

    // ---- for the wait graph, under its lock

    Thread thread() {
        return thread;
    }

    Awaited awaited() {
        return awaited;
    }

    boolean hasLimit() {
        return limited;
    }

    /** Whether the thread goes on whatever others do: it pumps, or was told to look and has not yet. */
    boolean goesOnByItself() {
        return pump != null || summoned || !isSettled();
    }

    /** The thread has entered the wait graph, and will look. */
    void unsettle() {
        lookedInVainAt = NEVER;
    }

    /** The thread has looked in vain since it had been told so often. */
    void settle(int toldBefore) {
        lookedInVainAt = toldBefore;
    }

    /**
     * Whether the thread has looked in vain since it was told last, and nobody has begun to end what it waits for. Otherwise it may go
     * on for a reason that only it can see.
     */
    boolean isSettled() {
        return attached && lookedInVainAt == told;
    }

    /** How often the thread has been told to look: if that has not changed, it has not gone on. */
    int timesTold() {
        return told;
    }

    /** Has the waiting thread run the call, unless it knows already that it cannot. */
    void send(Call<?> errand) {
        if (!errands.contains(errand) && !declined.contains(errand)) {
            errands = with(errand, errands);
            summon();
        }
    }

    private static List<Call<?>> with(Call<?> call, List<Call<?>> others) {
        List<Call<?>> all = new ArrayList<>(others);
        all.add(call);
        return all;
    }

    /** Ends the wait with a {@link CallDeadlockException}. */
    void condemn(String message) {
        verdict = message;
        summon();
    }

    /**
     * Something that no event tells of looks like a deadlock. Because it is not seen in one instant, it must be seen
     * twice.
     */
    void suspect(@Nullable Deadlock deadlock) {
        Map<Thread, Object> edges = deadlock == null ? Map.of() : deadlock.edges();
        if (deadlock != null && edges.equals(suspected)) {
            condemn(deadlock.toString());
        }
        suspected = edges;
    }

    private void summon() {
        summoned = true;
        wake();
    }

    List<Call<?>> takeErrands() {
        List<Call<?>> taken = errands;
        errands = List.of();
        summoned = verdict != null;
        suspected = Map.of();
        return taken;
    }
}
