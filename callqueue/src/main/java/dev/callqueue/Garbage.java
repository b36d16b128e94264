package dev.callqueue;

import java.lang.ref.Cleaner;

/** Tells what has become garbage: queues that nobody has any more, and failed calls that nobody has looked at. */
final class Garbage {
    /** Its actions only hand over to {@link Watch#end}: they must not keep the next one waiting. */
    static final Cleaner CLEANER = Cleaner.create(new DaemonThreads("callqueue-cleaner"));

    private Garbage() {}
}
