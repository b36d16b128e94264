package dev.callqueue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Takes out all that waits in one queue, and refuses it; wakes who wants a place. */
final class Refusal extends Ending {
    private final Core core;
    private final Supplier<? extends RuntimeException> reason;
    private final boolean ifUnserved;

    /** For calls for which there is no memory to have an exception of their own. */
    private final RuntimeException common;

    private final ArrayList<Call<?>> waiting = new ArrayList<>();
    private final List<Runnable> neverBegun = new ArrayList<>();
    private boolean takenOut;

    /**
     * @param reason gives each call an exception of its own
     * @param ifUnserved whether only if nobody is there to run what waits when it is taken out
     */
    Refusal(Core core, Supplier<? extends RuntimeException> reason, boolean ifUnserved) {
        this.core = core;
        this.reason = reason;
        this.ifUnserved = ifUnserved;
        this.common = reason.get();
    }

    @Override
    void attempt() {
        if (!takenOut) {
            takeOut();
        }
        Throwable noRoom = null;
        for (Call<?> call : waiting) {
            try {
                Runnable never = call.refuse(reasonOfOne()); // runs dependent stages: not under the lock
                if (never != null) {
                    neverBegun.add(never);
                }
            } catch (Throwable noStackOrMemory) {
                noRoom = noStackOrMemory;
            }
        }
        core.lock().enter();
        try {
            core.tellIfQuiet();
        } finally {
            core.lock().unlock();
        }
        if (noRoom != null) {
            throw Thrown.<RuntimeException>as(noRoom);
        }
    }

    private void takeOut() {
        core.lock().enter();
        try {
            if (!ifUnserved || !core.isServed()) {
                core.backlog().removeAll(waiting);
            }
            takenOut = true;
        } finally {
            core.lock().unlock();
        }
    }

    private RuntimeException reasonOfOne() {
        try {
            return reason.get();
        } catch (Throwable noMemory) {
            return common;
        }
    }

    /** What would have been run. */
    List<Runnable> neverBegun() {
        return neverBegun;
    }
}
