package dev.callqueue.examples.museum;

import java.io.Serial;

/** A trap cannot be put to a contender, because that one has nothing like what the trap needs. */
public final class NoCounterpart extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /** Tells why, in words that fit in a table. */
    public NoCounterpart(String why) {
        super(why);
    }
}
