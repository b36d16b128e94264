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
 * @param way how it is made
 */
record Terms(
        Core core,
        @Nullable String name,
        Raise raise,
        long limitNanos,
        @Nullable Runnable pump,
        boolean interruptible,
        Way way) {

    /** How a call is made, and so who waits for it. */
    enum Way {
        /** By {@code call}: its caller waits. */
        CALL,
        /** By {@code submit}: whoever likes waits. */
        SUBMIT,
        /** By {@code execute}: nobody ever sees the outcome. */
        EXECUTE
    }

    static Terms standard(Core core) {
        return new Terms(core, null, Raise.CALLER, Nanos.FOREVER, null, false, Way.CALL);
    }

    Terms by(Way how) {
        return new Terms(core, name, raise, limitNanos, pump, interruptible, how);
    }

    Terms within(long nanos) {
        return new Terms(core, name, raise, nanos, pump, interruptible, way);
    }

    Terms raising(Raise where) {
        return new Terms(core, name, where, limitNanos, pump, interruptible, way);
    }

    Terms pumping(Runnable what) {
        return new Terms(core, name, raise, limitNanos, what, interruptible, way);
    }

    Terms named(String what) {
        return new Terms(core, what, raise, limitNanos, pump, interruptible, way);
    }

    Terms interruptibly() {
        return new Terms(core, name, raise, limitNanos, pump, true, way);
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
