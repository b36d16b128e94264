package dev.callqueue.benchmarks.harness;

import dev.callqueue.benchmarks.contender.Trait;

/** The ways of calling whose throughput is measured. */
public enum Kind {
    /** Wait for each result. */
    CALL(CallLoop.class, 1),
    /** Make many calls, then wait until they have ended. */
    SUBMIT(SubmitLoop.class, Kind.BATCH),
    /** Make many calls whose outcome nobody sees, then wait until they have ended. */
    EXECUTE(ExecuteLoop.class, Kind.BATCH);

    /** So many that the wait at the end does not matter, and few enough for every bounded queue here. */
    private static final int BATCH = 8192;

    private final Class<? extends Loop> template;
    private final int batch;

    Kind(Class<? extends Loop> template, int batch) {
        this.template = template;
        this.batch = batch;
    }

    Loop loopOf(Lane lane) {
        boolean awaitAll = this == SUBMIT && lane.peer().is(Trait.UNORDERED);
        return lane.loop(awaitAll ? SubmitAllLoop.class : template, Loop.class);
    }

    /** How many calls at least are made between two looks at the clock. */
    int batch() {
        return batch;
    }
}
