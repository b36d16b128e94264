package dev.callqueue.examples.linkcheck.server;

/** What can go wrong with one answer. */
public enum Fault {
    /** Nothing does. */
    NONE,
    /** Nothing comes for a while, then all of it. */
    STALL,
    /** The connection is reset; there is no answer. */
    RESET,
    /** The answer is an internal error. */
    ERROR,
    /** The body comes in small pieces. */
    SLOW_BODY
}
