package dev.callqueue.benchmarks.contender;

/** What a harness has to know about a contender. */
public enum Trait {
    /** It keeps a CPU busy, or wakes up again and again, even when nobody calls. */
    RESTLESS,
    /** Its calls may end in another order than they were made, and overlap. */
    UNORDERED,
    /** It only waits as the contenders do, and calls nothing. */
    LIMIT,
    /** It has no futures. */
    CALLS_ONLY
}
