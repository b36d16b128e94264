package dev.callqueue;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
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
final class Receiver {
    /** The innermost receiver of each thread that is inside a {@code receive…} of any queue; changed by that thread. */
    private static final Map<Thread, Receiver> INNERMOST = new ConcurrentHashMap<>();

    final Thread thread = Thread.currentThread();

    /** The receiver, of another queue, inside of which the thread is in this one. */
    private @Nullable Receiver outer;

    /** How many receives of the queue the thread is in, one inside the other; used by the thread alone. */
    int depth;

    /** Calls that the thread has taken out of the line to run them next. */
    final Handful handful = new Handful();

    /** Whether the thread is a consumer of the queue's own; set by itself when it begins. */
    boolean isConsumer;

    /** Whether the thread waits for a call to come; guarded by the lock of the queue. */
    boolean isIdle;

    /** Whether the thread is one of the queue's sleepers; set under its lock, read by the thread. */
    volatile boolean asleep;

    /** The ticket of the call that came last when the thread last claimed one; used by the thread alone. */
    int lastTicket;

    /** The call that runs now; set by the thread before the call runs, read by reports. */
    private volatile @Nullable Call<?> current;

    /** What is to leave the receive; used by the thread alone. */
    private @Nullable Throwable raised;

    /** Whether the thread was interrupted before or between the calls; used by the thread alone. */
    private boolean interrupted = Thread.interrupted();

    /**
     * Calls that were run and not ended, because the stack or the memory was used up, linked by {@link Call#next}, and by
     * what; used by the thread alone.
     */
    private @Nullable Call<?> unended;

    private @Nullable Throwable unendedReason;

    /** How to interrupt the interruptible calls that run, innermost first; changed by the thread, read by anyone. */
    private volatile @Nullable Interruptible interruptible;

    /** The last interruptible call that was interrupted; used by the thread alone, until another call begins. */
    private @Nullable Call<?> interruptedCall;

    /** What the running call was thrown by a call that it waited for; used by the thread alone. */
    private @Nullable Passage passage;

    /** Since when a call is known to run; set by anyone who looks, cleared by the thread. */
    private volatile @Nullable Sighting sighting;

    /** An interruptible call, and the one around it. */
    private record Interruptible(
            Call<?> call,
            Interruption interruption,
            @Nullable Interruptible outer) {}

    /** An exception that came to this thread from the call of another, and the length of its trace then. */
    private record Passage(Throwable thrown, int frames) {}

    /** A call, and when it was first seen running. */
    private record Sighting(Call<?> call, long nanos) {}

    @Nullable
    Call<?> current() {
        return current;
    }

    /** The call that the thread runs now, in whatever queue; null if none. */
    static @Nullable Call<?> currentOf(Thread thread) {
        Receiver receiver = INNERMOST.get(thread);
        return receiver == null ? null : receiver.current;
    }

    /** Has the thread look for a call again. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** Notes what runs now, and for how long at least it does, in nanoseconds. Called by anyone. */
    long look() {
        Call<?> call = current;
        if (call == null) {
            return 0;
        }
        long now = System.nanoTime();
        Sighting before = sighting;
        if (before != null && before.call == call) {
            return now - before.nanos;
        }
        sighting = new Sighting(call, now);
        return 0;
    }

    /** The thread, this one, is inside a receive of the queue from now on. */
    void appear() {
        outer = INNERMOST.put(thread, this);
    }

    /** The thread, this one, is no longer inside a receive of the queue. */
    void disappear() {
        if (outer == null) {
            INNERMOST.remove(thread);
        } else {
            INNERMOST.put(thread, outer);
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
            for (Call<?> call = receiver.current; call != null; call = call.next) {
                for (Thread waiting : Wait.waitingFor(call)) {
                    if (servers.mayInclude(waiting) || comesBackTo(servers, waiting, seen)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Runs a call that this thread has claimed. Whatever happens, the call ends, here or in {@link #endUnended}. */
    void run(Call<?> call) {
        Call<?> outerCall = current;
        Passage outerPassage = passage;
        Throwable failure;
        try {
            pauseInterruptions();
            noteInterrupt();
            passage = null;
            call.next = outerCall; // for those who want to know all that runs here
            current = call;
            failure = call.run(this);
        } catch (Throwable ours) { // no stack or memory was left to end the call: here is a little more of it
            call.next = unended;
            unended = call;
            unendedReason = ours;
            endUnended();
            throw ours;
        } finally {
            current = outerCall;
            passage = outerPassage;
            interruptedCall = null;
            if (sighting != null) {
                sighting = null;
            }
            noteInterrupt();
            resumeInterruptions();
        }
        call.next = null;
        if (failure != null) {
            raise(failure);
        }
    }

    /** Ends calls that could not be ended where they ran; if that fails again, there will be more stack further out. */
    void endUnended() {
        while (unended != null) {
            Call<?> call = unended;
            call.endAfter(requireNonNull(unendedReason));
            unended = call.next;
            call.next = null;
        }
        unendedReason = null;
    }

    // ---- interrupting the running call, and no other

    <T extends @Nullable Object> T runInterruptible(Call<?> call, Callable<? extends T> op) throws Exception {
        var interruption = new Interruption();
        Interruptible outerOne = interruptible;
        interruptible = new Interruptible(call, interruption, outerOne);
        if (call.isInterruptWanted()) { // since before it could be found here
            interruption.interrupt();
        }
        try {
            return op.call();
        } finally {
            interruptible = outerOne;
            if (interruption.end()) {
                interruptedCall = call;
            }
        }
    }

    /** Interrupts the call, if it runs now and is an interruptible one. Called by anyone. */
    void interrupt(Call<?> call) {
        for (Interruptible each = interruptible; each != null; each = each.outer) {
            if (each.call == call) {
                each.interruption.interrupt();
            }
        }
    }

    /** Whether the call, which has just run here, was interrupted for its caller's sake. */
    boolean wasInterrupted(Call<?> call) {
        return interruptedCall == call;
    }

    /** Another call is about to run in this thread, while those around it wait. */
    private void pauseInterruptions() {
        for (Receiver receiver = this; receiver != null; receiver = receiver.outer) {
            for (Interruptible each = receiver.interruptible; each != null; each = each.outer) {
                each.interruption.pause();
            }
        }
    }

    private void resumeInterruptions() {
        for (Receiver receiver = this; receiver != null; receiver = receiver.outer) {
            for (Interruptible each = receiver.interruptible; each != null; each = each.outer) {
                each.interruption.resume();
            }
        }
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
            interrupted = true;
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
        if (takeInterrupt()) {
            throw new InterruptedException();
        }
    }
}
