package dev.callqueue;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A caller's wish for a place in a full line. Its call is let in as soon as it is the first that wishes and there is a
 * place; or it needs none, because it has come back to a thread that waits for its caller and runs it there.
 */
final class Place implements Awaited {
    private final Core core;
    private final Call<?> call;
    private final BooleanSupplier unwanted;

    /** The wishes that came before and after; guarded by the lock of the queue, as is the order of all of them. */
    @Nullable
    Place previous;

    @Nullable
    Place next;

    /** Whether the call was let in; set under the lock of the queue, read by the caller. */
    private volatile boolean letIn;

    /** The caller's wait while it is parked; guarded by the lock of the queue. */
    private @Nullable Wait wait;

    /** Whether the caller runs something else meanwhile; guarded by the lock of the queue. */
    private boolean passedOver;

    /** @param unwanted whether the call is wanted no longer, as if the time were over */
    Place(Core core, Call<?> call, BooleanSupplier unwanted) {
        this.core = core;
        this.call = call;
        this.unwanted = unwanted;
    }

    Call<?> call() {
        return call;
    }

    /**
     * Waits until the call is in the line or has begun. Throws why it never will be, or what the caller's pump throws.
     *
     * @param quietly whether nobody is to be told of the call if the time is over
     * @return false if that is so, or it is wanted no longer, and the call is forgotten
     */
    boolean await(long limitNanos, boolean quietly) {
        StackRoom.check();
        Call<?>.CutOff cutOff = call.new CutOff(true);
        Throwable whyNot;
        boolean thrown = false;
        boolean claimed;
        core.want(this);
        try {
            try {
                whyNot = awaitTurn(limitNanos, quietly);
            } catch (Throwable pumpOrNoRoom) {
                whyNot = pumpOrNoRoom;
                thrown = true;
            }
            claimed = whyNot != null && !letIn && call.claimUnrun(true) != null; // while it is known to be in no line
        } finally {
            core.wantNoMore(this);
        }
        if (claimed && (quietly || unwanted.getAsBoolean()) && whyNot instanceof CallTimeoutException) {
            return false;
        }
        if (!claimed && !thrown) {
            return true;
        }
        cutOff.because(whyNot);
        throw Thrown.<RuntimeException>as(requireNonNull(whyNot));
    }

    /** Returns why the wait is over, if the call was neither let in nor has begun. */
    private @Nullable Throwable awaitTurn(long limitNanos, boolean quietly) {
        try {
            boolean inTime =
                    Wait.await(this, limitNanos, call.isAwaited() ? call.terms().pump() : null);
            if (inTime && !unwanted.getAsBoolean()) {
                return core.whyTurnedAway();
            }
            return new CallTimeoutException(
                    "the time was over while waiting for " + this, true, 0, quietly ? null : core.report());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CallInterruptedException("interrupted while waiting for " + this, core.report());
        } catch (CallDeadlockException deadlock) {
            return deadlock;
        }
    }

    /** Under the lock of the queue: the call has been let in. */
    void noteLetIn() {
        letIn = true;
    }

    boolean isLetIn() {
        return letIn;
    }

    /** Lets the call in if that is possible now. */
    @Override
    public boolean isReady() {
        return !call.hasNotBegun()
                || letIn
                || unwanted.getAsBoolean()
                || core.whyTurnedAway() != null
                || core.letIn(this);
    }

    /** Under the lock of the queue: has the caller look again. */
    void wake() {
        if (wait != null) {
            wait.wake();
        }
    }

    /** Under the lock of the queue. */
    boolean isPassedOver() {
        return passedOver;
    }

    /** Under the lock of the queue: the caller, in that wait, looks for a place, or, if it is null, does something else. */
    void attend(@Nullable Wait newWait) {
        wait = newWait;
        passedOver = newWait == null;
    }

    @Override
    public boolean attach(Wait newWait) {
        core.attend(this, newWait);
        return call.outcome().attach(newWait);
    }

    @Override
    public void detach(Wait oldWait) {
        core.attend(this, null);
        call.outcome().detach(oldWait);
    }

    @Override
    public List<Call<?>> calls() {
        return call.isAwaited() ? List.of(call) : List.of();
    }

    @Override
    public boolean isPlace() {
        return true;
    }

    @Override
    public Core core() {
        return core;
    }

    @Override
    public String toString() {
        return "a place in queue '" + core.name() + "', which is full";
    }
}
