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
 */
record Terms(
        Core core,
        @Nullable String name,
        Raise raise,
        long limitNanos,
        @Nullable Runnable pump) {

    static Terms standard(Core core) {
        return new Terms(core, null, Raise.CALLER, Nanos.FOREVER, null);
    }

    Terms within(long nanos) {
        return new Terms(core, name, raise, nanos, pump);
    }

    Terms raising(Raise where) {
        return new Terms(core, name, where, limitNanos, pump);
    }

    Terms pumping(Runnable what) {
        return new Terms(core, name, raise, limitNanos, what);
    }

    Terms named(String what) {
        return new Terms(core, what, raise, limitNanos, pump);
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
