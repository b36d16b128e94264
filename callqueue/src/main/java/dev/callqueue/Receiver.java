package dev.callqueue;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One thread that is inside a {@code receive…} of one queue: what it runs now, what must be raised in it, and the
 * interrupt that is to be seen by its own loop and by no call.
 */
final class Receiver extends Claim implements Summoned {
    /** So many calls that could not be ended are remembered: more than there will ever be at a time. */
    private static final int MAX_UNENDED = 16;

    private static final VarHandle BEGUN;
    private static final VarHandle CURRENT;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            BEGUN = lookup.findVarHandle(Receiver.class, "begun", long.class);
            CURRENT = lookup.findVarHandle(Receiver.class, "current", Call.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The innermost receiver of each thread that is inside a {@code receive…} of any queue; changed by that thread. */
    private static final Map<Thread, Receiver> INNERMOST = new ConcurrentHashMap<>();

    final Thread thread = Thread.currentThread();

    /** The receiver, of another queue, inside of which the thread is in this one; set before it can be found, read by anyone. */
    private @Nullable Receiver outer;

    /** The receiver, of another queue, that is inside of this one; used by the thread alone. */
    private @Nullable Receiver inner;

    /** How many receives of the queue the thread is in, one inside the other; used by the thread alone. */
    int depth;

    /** The handful of the queue, of which this receiver may be the holder. */
    private final Handful handful;

    /** Whether the thread is a consumer of the queue's own; set by itself when it begins. */
    boolean isConsumer;

    /** Whether the thread waits for a call to come; guarded by the lock of the queue. */
    boolean isIdle;

    /** The receiver that fell asleep after this one, if both sleep; guarded by the lock of the queue. */
    @Nullable
    Receiver nextAsleep;

    /** Whether the thread is parked, or about to be, until a call comes; set under the queue's lock, read by the thread. */
    volatile boolean asleep;

    /** How many calls the thread has claimed to run; counted by the thread, read by anyone. */
    private long begun;

    /** The op of the call that was claimed last, if it is not run at once; used by the thread alone. */
    private @Nullable Object op;

    /**
     * The call that runs now; set by the thread before the call runs, read by anyone. Released and not fenced: who has to
     * see it exactly – the wait graph, of a thread that waits – has it from the lock of the wait graph.
     */
    private @Nullable Call<?> current;

    /** The calls that wait for the current one to end, because it runs inside of them; changed by the thread, read by anyone. */
    private volatile @Nullable Nest nest;

    /** What is to leave the receive; used by the thread alone. */
    private @Nullable Throwable raised;

    /** Whether the thread was interrupted before or between the calls of the innermost receive; used by the thread alone. */
    private boolean interrupted;

    /** Of the receives around that one the same, innermost first; used by the thread alone. */
    private @Nullable Interrupts interruptsAround;

    /** Calls that were run and not ended, because the stack or the memory was used up, and by what; used by the thread alone. */
    private final @Nullable Call<?>[] unended = new Call<?>[MAX_UNENDED];

    private int unendedCount;

    private @Nullable Throwable unendedReason;

    /** Ends them when the receive is over, and if that fails, in another thread. */
    private final Ending atLast = new Ending() {
        @Override
        void attempt() {
            endUnended();
        }
    };

    /** The interruptible calls that run, innermost first, linked; used by the thread alone. */
    private @Nullable Interruption interruptible;

    /** The last interruptible call that was interrupted; used by the thread alone, until another call begins. */
    private @Nullable Call<?> interruptedCall;

    /** What the running call was thrown by a call that it waited for; used by the thread alone. */
    private @Nullable Passage passage;

    /** Since when a call, which may have ended, is known to run; set by anyone who looks. */
    private volatile @Nullable Sighting sighting;

    /** A call inside of which another one runs, and the one around it. */
    private record Nest(Call<?> call, @Nullable Nest outer) {}

    /** Whether a receive, inside of which there is another one, is to be interrupted, and what is around it. */
    private record Interrupts(boolean interrupted, @Nullable Interrupts outer) {}

    /** An exception that came to this thread from the call of another, and the length of its trace then. */
    private record Passage(Throwable thrown, int frames) {}

    /** A call, and when it was first seen running; keeps nothing alive, as whoever has looked may note it after its end. */
    private static final class Sighting extends WeakReference<Call<?>> {
        final long nanos = System.nanoTime();

        Sighting(Call<?> call) {
            super(call);
        }
    }

    /** A receiver of this thread, for the queue with that handful. */
    Receiver(Handful handful) {
        this.handful = handful;
        this.interrupted = Thread.interrupted(); // last, so that it is not lost for want of memory
    }

    @Override
    Thread runner() {
        return thread;
    }

    @Nullable
    Call<?> current() {
        Call<?> call = (Call<?>) CURRENT.getAcquire(this);
        if (call != null) {
            return call;
        }
        return currentInHand();
    }

    /** The calls that wait for the current one to end, because it runs inside of them, innermost first. */
    List<Call<?>> callsAround() {
        List<Call<?>> calls = new ArrayList<>();
        for (Nest each = nest; each != null; each = each.outer) {
            calls.add(each.call);
        }
        return calls;
    }

    private @Nullable Call<?> currentInHand() {
        Call<?> inHand = handful.running();
        return inHand != null && inHand.isRunBy(thread) ? inHand : null;
    }

    private void setCurrent(@Nullable Call<?> call) {
        CURRENT.setRelease(this, call);
    }

    long begun() {
        return (long) BEGUN.getAcquire(this);
    }

    void countBegun() {
        BEGUN.setRelease(this, begun + 1);
    }

    /** Claims a call for this thread, which then has to {@link #run} it; false if somebody else was quicker. */
    boolean claim(Call<?> call) {
        op = call.claimToRun(this);
        return op != null;
    }

    /** Hands out what the claimed call is to run and forgets it, so that nothing of ours keeps it alive. */
    Object takeOp() {
        Object taken = requireNonNull(op);
        op = null;
        return taken;
    }

    /** The call that the thread runs now, in whatever queue; null if none. */
    static @Nullable Call<?> currentOf(Thread thread) {
        Receiver receiver = INNERMOST.get(thread);
        return receiver == null ? null : receiver.current();
    }

    /** Has the thread look for a call again. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** Notes what runs now, and for how long at least it does, in nanoseconds. Called by anyone. */
    long look() {
        Call<?> call = current();
        if (call == null) {
            return 0;
        }
        Sighting before = sighting;
        if (before != null && before.refersTo(call)) {
            return System.nanoTime() - before.nanos;
        }
        sighting = new Sighting(call);
        return 0;
    }

    /** The thread, this one, is inside a receive of the queue from now on. */
    void appear() {
        outer = INNERMOST.get(thread);
        INNERMOST.put(thread, this); // after it, because others follow it from there
        if (outer != null) {
            outer.inner = this;
        }
    }

    @Nullable
    Receiver outer() {
        return outer;
    }

    /** The thread, this one, is no longer inside a receive of the queue. */
    void disappear() {
        if (outer == null) {
            INNERMOST.remove(thread);
        } else {
            INNERMOST.put(thread, outer);
            outer.inner = null;
        }
    }

    /**
     * Whether a call that this thread makes now comes back to one of these threads: to one that waits for what this thread
     * runs, directly or through others.
     */
    static boolean comesBackTo(Servers servers) {
        return comesBackTo(servers, Thread.currentThread(), new HashSet<>());
    }

    private static boolean comesBackTo(Servers servers, Thread from, Set<Thread> seen) {
        if (!seen.add(from)) {
            return false;
        }
        for (Receiver receiver = INNERMOST.get(from); receiver != null; receiver = receiver.outer) {
            if (leadsTo(servers, receiver.current(), seen)) {
                return true;
            }
            for (Nest around = receiver.nest; around != null; around = around.outer) {
                if (leadsTo(servers, around.call, seen)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean leadsTo(Servers servers, @Nullable Call<?> running, Set<Thread> seen) {
        if (running != null) {
            for (Thread waiting : Wait.waitingFor(running)) {
                if (servers.mayInclude(waiting) || comesBackTo(servers, waiting, seen)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the thread, this one, runs a call of this queue. */
    boolean isRunning() {
        return current != null || currentInHand() != null;
    }

    /** Runs a call that this thread has claimed by {@link #claim}. Whatever happens, it ends, here or in {@link #endUnended}. */
    void run(Call<?> call) {
        Call<?> outerCurrent = current;
        Nest outerNest = nest;
        try {
            Call<?> around = current();
            if (around != null) {
                nest = new Nest(around, outerNest);
            }
        } catch (Throwable noMemory) {
            remember(call, noMemory);
            endUnended();
            throw noMemory;
        }
        setCurrent(call);
        try {
            run(call, takeOp());
        } finally {
            setCurrent(outerCurrent);
            nest = outerNest;
        }
    }

    /** Runs a claimed call of which the receiver knows already that it is the current one. */
    void run(Call<?> call, Object claimed) {
        Passage outerPassage = passage;
        Throwable failure;
        try {
            pauseInterruptions();
            noteInterrupt();
            passage = null;
            failure = call.run(this, claimed);
        } catch (Throwable ours) { // no stack or memory was left to end the call: here is a little more of it
            remember(call, ours);
            endUnended();
            throw ours;
        } finally {
            passage = outerPassage;
            interruptedCall = null;
            noteInterrupt();
            resumeInterruptions();
        }
        if (failure != null) {
            raise(failure);
        }
    }

    /** A call that this thread has claimed could not be ended: {@link #endUnended} does it. */
    void remember(Call<?> call, Throwable ours) {
        op = null;
        if (unendedCount < MAX_UNENDED) {
            unended[unendedCount++] = call;
        }
        unendedReason = ours;
    }

    /** As {@link #endUnended}, at the end of the receive: what cannot be ended now is when that can be done. */
    void endUnendedAtLast() {
        atLast.run();
    }

    /** Ends calls that could not be ended where they ran; if that fails again, there will be more stack further out. */
    void endUnended() {
        while (unendedCount > 0) {
            requireNonNull(unended[unendedCount - 1]).endAfter(requireNonNull(unendedReason));
            unended[--unendedCount] = null;
        }
        unendedReason = null;
    }

    // ---- interrupting the running call, and no other

    /** Runs the op of the call, which was claimed by that interruption. */
    <T extends @Nullable Object> T runInterruptible(
            Call<?> call, Interruption interruption, Callable<? extends T> given) throws Exception {
        interruption.outer = interruptible;
        interruptible = interruption;
        interruption.resume();
        try {
            return given.call();
        } finally {
            interruptible = interruption.outer;
            if (interruption.end()) {
                interruptedCall = call;
            }
        }
    }

    /** Whether the call, which has just run here, was interrupted for its caller's sake. */
    boolean wasInterrupted(Call<?> call) {
        return interruptedCall == call;
    }

    /** Another call is about to run in this thread, while those around it wait. */
    private void pauseInterruptions() {
        for (Receiver receiver = innermost(); receiver != null; receiver = receiver.outer) {
            for (Interruption each = receiver.interruptible; each != null; each = each.outer) {
                each.pause();
            }
        }
    }

    private void resumeInterruptions() {
        for (Receiver receiver = innermost(); receiver != null; receiver = receiver.outer) {
            for (Interruption each = receiver.interruptible; each != null; each = each.outer) {
                each.resume();
            }
        }
    }

    /** The receiver of this thread inside of which there is no other: what comes back to this queue may run inside of others. */
    private Receiver innermost() {
        Receiver receiver = this;
        while (receiver.inner != null) {
            receiver = receiver.inner;
        }
        return receiver;
    }

    // ---- the way of an exception through several threads

    /** The exception came from a call of this thread to another, and has so many frames now. */
    static void passedHere(Throwable thrown, int frames) {
        Receiver receiver = INNERMOST.get(Thread.currentThread());
        if (receiver != null) {
            receiver.passage = new Passage(thrown, frames);
        }
    }

    /** How many frames the exception had when it came from another call to the one that runs now; -1 if it did not. */
    @SuppressWarnings("ReferenceEquality") // that very exception, not one like it
    int framesPassed(Throwable thrown) {
        Passage last = passage;
        return last != null && last.thrown == thrown ? last.frames : -1;
    }

    private void noteInterrupt() {
        if (Thread.interrupted()) {
            interruptLoop();
        }
    }

    /** Has the innermost receive be interrupted as soon as no call runs inside of it. */
    void interruptLoop() {
        interrupted = true;
    }

    /** The thread begins a receive inside of a call: what has interrupted that call is for this one, and nothing else is. */
    void beginInner() {
        interruptsAround = new Interrupts(interrupted, interruptsAround);
        interrupted = Thread.interrupted();
        depth++;
    }

    /** That receive is over: what has interrupted it is shown to the call around it. */
    void endInner() {
        boolean shown = interrupted;
        Interrupts around = requireNonNull(interruptsAround);
        interrupted = around.interrupted;
        interruptsAround = around.outer;
        if (shown) {
            thread.interrupt();
        }
    }

    /** Has the exception leave the receive as soon as the running call has ended. */
    void raise(Throwable failure) {
        raised = Thrown.first(raised, failure);
    }

    @Nullable
    Throwable takeRaised() {
        Throwable taken = raised;
        raised = null;
        return taken;
    }

    void throwRaised() {
        Throwable failure = takeRaised();
        if (failure != null) {
            throw Thrown.<RuntimeException>as(failure);
        }
    }

    boolean takeInterrupt() {
        boolean taken = interrupted;
        interrupted = false;
        return taken;
    }

    void throwIfInterrupted() throws InterruptedException {
        noteInterrupt();
        if (takeInterrupt()) {
            throw new InterruptedException();
        }
    }
}
