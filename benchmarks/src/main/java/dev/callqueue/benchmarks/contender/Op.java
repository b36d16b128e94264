package dev.callqueue.benchmarks.contender;

import dev.callqueue.CallTarget;
import org.jspecify.annotations.Nullable;

/**
 * What is called in every benchmark: it counts how often it ran, in a place that belongs to the thread it is called on.
 * One class for all contenders, so that none of them pays for a call site that has seen more classes than another's.
 */
public final class Op implements CallTarget.Op<Object, RuntimeException>, Runnable {
    private static final int COUNT = 16;

    private final @Nullable Runnable rest;

    /** The count, so far from all else that no cache line of what a contender has made beside it is written for every call. */
    private final long[] counts = new long[COUNT + 1 + COUNT];

    /** An op that does nothing but count. */
    public Op() {
        this(null);
    }

    /** An op that does this, too. */
    public Op(@Nullable Runnable rest) {
        this.rest = rest;
    }

    @Override
    public Object call() {
        run();
        return this;
    }

    @Override
    public void run() {
        counts[COUNT]++;
        if (rest != null) {
            rest.run();
        }
    }

    /** How often it ran. Exact for a reader that waited for the last call, if one thread runs all of them. */
    public long count() {
        return counts[COUNT];
    }
}
