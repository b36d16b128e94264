package dev.callqueue;

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

    /** Waits until the call is in the line or has begun. Throws if it never will be. */
    void await(long limitNanos) {
        core.want(this);
        RuntimeException turnedAway;
        try {
            turnedAway = Wait.await(this, limitNanos, null)
                    ? core.turnedAway()
                    : new CallTimeoutException("the time was over while waiting for " + this, true, 0, core.report());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            turnedAway = new CallInterruptedException("interrupted while waiting for " + this, core.report());
        } catch (CallDeadlockException deadlock) {
            turnedAway = deadlock;
        } finally {
            core.wantNoMore(this);
        }
        if (turnedAway != null && !letIn && call.turnAway(turnedAway)) {
            throw turnedAway;
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
        return !call.hasNotBegun() || letIn || core.letIn(this) || core.turnedAway() != null;
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
