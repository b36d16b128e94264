package dev.callqueue;

import org.jspecify.annotations.Nullable;

/**
 * The terms on which a call is made: its queue, and what a view of that queue has chosen.
 *
 * @param core the queue
 * @param name the call's name, if it was given one
 * @param raise where its exception is raised
 * @param limitNanos its time limit; {@link Nanos#FOREVER} if none
 * @param pump what its caller runs while waiting, if anything
 * @param interruptible whether it is interrupted while it runs, when its caller gives it up
 */
record Terms(
        Core core,
        @Nullable String name,
        Raise raise,
        long limitNanos,
        @Nullable Runnable pump,
        boolean interruptible) {

    static Terms standard(Core core) {
        return new Terms(core, null, Raise.CALLER, Nanos.FOREVER, null, false);
    }

    Terms within(long nanos) {
        return new Terms(core, name, raise, nanos, pump, interruptible);
    }

    Terms raising(Raise where) {
        return new Terms(core, name, where, limitNanos, pump, interruptible);
    }

    Terms pumping(Runnable what) {
        return new Terms(core, name, raise, limitNanos, what, interruptible);
    }

    Terms named(String what) {
        return new Terms(core, what, raise, limitNanos, pump, interruptible);
    }

    Terms interruptibly() {
        return new Terms(core, name, raise, limitNanos, pump, true);
    }

    /** The name of a call on these terms. */
    String callName() {
        return name == null ? "call" : name;
    }

    /** How a call on these terms is called in texts. */
    String describeCall() {
        return name == null
                ? "a call to queue '" + core.name() + "'"
                : "call '" + name + "' to queue '" + core.name() + "'";
    }
}
