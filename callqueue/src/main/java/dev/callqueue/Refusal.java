package dev.callqueue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The end of all calls that wait in one queue, because nobody will run them. They are claimed at once, so that none of them runs after
 * an earlier one was refused, and then ended one by one, which may run stages of users. Such a stage may wait for another one, or for
 * who waits for that; so all who wait for these calls are told at first, and who waits for one that is still to be ended,
 * ends it: {@link Call#endIfRefused}.
 */
final class Refusal extends Ending {
    private final Core core;
    private final Supplier<? extends RuntimeException> reason;
    private final boolean ifUnserved;

    /** For calls for which there is no memory to have an exception of their own. */
    private final RuntimeException common;

    /** What was claimed, and what each of these would have run; written under the lock of the queue, read afterwards. */
    private final ArrayList<Call<?>> calls = new ArrayList<>();

    private final ArrayList<Object> ops = new ArrayList<>();

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
        if (!claimed) {
            claim();
        }
        StackRoom.check();
        calls.forEach(Call::tellRefused);
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

    private void claim() {
        core.lock().enter();
        try {
            if (!ifUnserved || !core.isServed()) {
                core.refuseAll(this);
            }
            claimed = true;
            core.tellIfQuiet(); // if there was nothing to be refused
        } finally {
            core.lock().unlock();
        }
    }

    /** Before a call is claimed: it must not be lost for want of memory. */
    void makeRoom() {
        calls.ensureCapacity(calls.size() + 1);
        ops.ensureCapacity(ops.size() + 1);
    }

    /** That call has been claimed. */
    void add(Call<?> call, Object op) {
        calls.add(call);
        ops.add(op);
    }

    /** How many were claimed. */
    int size() {
        return calls.size();
    }

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
