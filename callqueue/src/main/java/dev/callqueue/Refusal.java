package dev.callqueue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The end of all calls that wait in one queue, because nobody will run them. They are claimed at once, so that none of them runs after
 * an earlier one was refused, and then ended one by one, which may run stages of users. Such a stage may wait for another one, or for
 * who waits for that; so all who wait for these calls are told at first, and who waits for one that is still to be ended has
 * another thread end it: {@link Call#haveEndedIfRefused}.
 */
final class Refusal extends Ending {
    private final Core core;
    private final Supplier<? extends RuntimeException> reason;
    private final boolean ifUnserved;

    /** For calls for which there is no memory to have an exception of their own. */
    private final RuntimeException common;

    /** Of all calls of a queue without a listener. */
    private final Claim.Refused claim = new Claim.Refused(this, 0);

    /**
     * What was claimed, and what each of these would have run; written under the lock of the queue, read afterwards. Of lists that were
     * made without a capacity {@code ensureCapacity} would make no room for the first calls.
     */
    private final ArrayList<Call<?>> calls = new ArrayList<>(0);

    private final ArrayList<Object> ops = new ArrayList<>(0);

    /** Whether all is claimed that is to be refused. */
    private boolean claimed;

    /**
     * @param reason gives each call an exception of its own
     * @param ifUnserved whether only if nobody is there to run what waits when it is claimed
     */
    Refusal(Core core, Supplier<? extends RuntimeException> reason, boolean ifUnserved) {
        this.core = core;
        this.reason = reason;
        this.ifUnserved = ifUnserved;
        this.common = reason.get();
    }

    @Override
    void attempt() {
        try {
            claimIfNotYet();
        } finally {
            calls.forEach(Call::tellRefused);
        }
        Throwable noRoom = null;
        for (Call<?> call : calls) {
            try {
                call.endIfRefused();
            } catch (Throwable noStackOrMemory) {
                noRoom = noStackOrMemory;
            }
        }
        if (noRoom != null) {
            throw Thrown.<RuntimeException>as(noRoom);
        }
    }

    private void claimIfNotYet() {
        core.lock().enter();
        try {
            if (!claimed && (!ifUnserved || !core.isServed())) {
                core.backlog().refuseAll(this);
            }
            claimed = true;
            core.tellIfQuiet(); // if there was nothing to be refused
        } finally {
            core.lock().unlock();
        }
    }

    // ---- under the lock

    /** So that so many calls can be claimed, and none is lost for want of memory. */
    void makeRoom(int more) {
        calls.ensureCapacity(calls.size() + more);
        ops.ensureCapacity(ops.size() + more);
    }

    /**
     * Claims the call for never being run; false if somebody else was quicker.
     *
     * @param number how many of those that were claimed came before it
     */
    boolean claims(Call<?> call, int number) {
        makeRoom(1); // it may have come after all were counted
        Object op = call.claimUnrun(this);
        if (op == null) {
            return false;
        }
        calls.add(number, call);
        ops.add(number, op);
        return true;
    }

    /** The claim for a call with that op; needs memory only if the queue has a listener. */
    Claim.Refused claimOf(Object op) {
        return op instanceof Claim.Timed timed ? new Claim.Refused(this, timed.queuedNanos()) : claim;
    }

    /** How many were claimed. */
    int size() {
        return calls.size();
    }

    // ---- afterwards

    /** Why one of the calls is refused. */
    RuntimeException reasonOfOne() {
        try {
            return reason.get();
        } catch (Throwable noMemory) {
            return common;
        }
    }

    /** What will never be run. */
    List<Runnable> neverRun() {
        List<Runnable> never = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            never.add(calls.get(i).unrun(ops.get(i)));
        }
        return never;
    }
}
