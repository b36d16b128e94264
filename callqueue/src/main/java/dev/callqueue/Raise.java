package dev.callqueue;

/**
 * Where an exception that a call throws is raised.
 *
 * {@snippet class="Snippets" region="raising" lang="java"}
 *
 * <p>Whatever is chosen, the call has ended as {@link Call.Phase#FAILED failed}, and {@code get}, {@code join} and the
 * dependent stages of its {@link Call} show the failure.
 */
public enum Raise {
    /** In the thread that made the call: the default. */
    CALLER,

    /**
     * In the thread that runs the call: the exception leaves its {@code receive…}, so a call can stop the target's
     * loop. {@code call} and {@code result} return {@code null}.
     */
    RECEIVER,

    /** In both: the same object. */
    BOTH,

    /** Nowhere: {@code call} and {@code result} return {@code null}. */
    NONE;

    boolean inCaller() {
        return this == CALLER || this == BOTH;
    }

    boolean inReceiver() {
        return this == RECEIVER || this == BOTH;
    }
}
