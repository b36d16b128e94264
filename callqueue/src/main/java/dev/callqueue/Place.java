package dev.callqueue;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A caller's wish for a place in a full line. Its call is let in as soon as it is the first that wishes and there is a
 * place; or it needs none, because it has come back to a thread that waits for its caller and runs it there.
 */
final class Place implements Awaited {
    private final Core core;
    private final Call<?> call;

    /** Whether the call was let in; set under the lock of the queue, read by the caller. */
    private volatile boolean letIn;

    /** The caller's wait while it is parked; guarded by the lock of the queue. */
    private @Nullable Wait wait;

    Place(Core core, Call<?> call) {
        this.core = core;
        this.call = call;
    }

    Call<?> call() {
        return call;
    }

    /** Waits until the call is in the line or has begun. Throws if it never will be, or what the caller's pump throws. */
    void await(long limitNanos) {
        core.want(this);
        Ending ending = null;
        RuntimeException turnedAway;
        try {
            turnedAway = awaitTurn(limitNanos);
            if (turnedAway != null && !letIn) {
                ending = call.turnAway(PumpFailure.unwrap(turnedAway)); // while it is known that it is in no line
            }
        } finally {
            core.wantNoMore(this);
        }
        if (ending != null) {
            ending.run();
            throw requireNonNull(turnedAway);
        }
        if (turnedAway instanceof PumpFailure failure) {
            call.claimToWithdraw();
            call.giveUp(failure.thrown());
            throw failure;
        }
    }

    /** Returns why the wait is over, if the call was neither let in nor has begun. */
    private @Nullable RuntimeException awaitTurn(long limitNanos) {
        try {
            return Wait.await(this, limitNanos, call.isAwaited() ? call.terms().pump() : null)
                    ? core.whyTurnedAway()
                    : new CallTimeoutException("the time was over while waiting for " + this, true, 0, core.report());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CallInterruptedException("interrupted while waiting for " + this, core.report());
        } catch (CallDeadlockException | PumpFailure ended) {
            return ended;
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
        return !call.hasNotBegun() || letIn || core.whyTurnedAway() != null || core.letIn(this);
    }

    /** Under the lock of the queue: has the caller look again. */
    void wake() {
        if (wait != null) {
            wait.wake();
        }
    }

    @Override
    public boolean attach(Wait newWait) {
        core.locked(() -> wait = newWait);
        return call.outcome().attach(newWait);
    }

    @Override
    @SuppressWarnings("NullAway") // the type of a lambda that assigns null
    public void detach(Wait oldWait) {
        core.locked(() -> wait = null);
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
