package dev.callqueue.examples.linkcheck;

import dev.callqueue.CallQueue;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/**
 * One check from beginning to end: puts the parts together, lets them work, and asks for the report. Belongs to the
 * thread that made it; only {@link #stop} may be called by others.
 */
final class Check implements AutoCloseable {
    private final Settings settings;
    private final Store store;
    private final Totals before;
    private final RunClock clock;
    private final CallQueue consumers;
    private final Function<Totals, Progress> progress;
    private final Crawl crawl;

    private Check(Settings settings, Store store, Function<Totals, Progress> progress) throws SQLException {
        this.settings = settings;
        this.store = store;
        before = store.totals();
        clock = new RunClock(before.nanos());
        consumers = CallQueue.builder()
                .name("fetch")
                .consumers(settings.consumers())
                .build();
        this.progress = progress;
        crawl = new Crawl(
                consumers,
                new Fetcher(settings.manners()),
                store,
                new Frontier(new Politeness(settings::limitFor), before.pages(), settings.maxPages()),
                settings.scope(store.origins()),
                settings.effort(),
                clock);
    }

    /**
     * A new check of these sites.
     *
     * @param progress is to show how it goes, from these totals on
     */
    static Check begin(Settings settings, Store store, List<Start> sites, Function<Totals, Progress> progress)
            throws SQLException {
        store.begin(sites);
        return new Check(settings, store, progress);
    }

    /**
     * Goes on with a check that an earlier run began; embedded servers are at other addresses than they were then.
     *
     * @throws IllegalArgumentException if the store is about other sites, or about none
     */
    static Check resume(Settings settings, Store store, List<Start> sites, Function<Totals, Progress> progress)
            throws SQLException {
        List<Start> earlier = store.starts();
        if (earlier.isEmpty()) {
            throw new IllegalArgumentException("nothing to resume: no earlier run of this command has left anything");
        }
        if (!inputs(earlier).equals(inputs(sites))) {
            throw new IllegalArgumentException("nothing to resume: the store is about " + inputs(earlier));
        }
        for (int i = 0; i < sites.size(); i++) {
            store.move(earlier.get(i).origin(), sites.get(i).origin());
        }
        return new Check(settings, store, progress);
    }

    /** Checks until everything is looked at, or until {@link #stop}, and tells what is known then. */
    Report run() throws SQLException, InterruptedException {
        boolean isComplete;
        try (Progress shown = progress.apply(before)) {
            isComplete = crawl.run(before, shown);
        }
        consumers.closeNow(); // if it was stopped, they would go on with what they have in hand
        return store.report(
                new Run(settings.consumers(), clock.nanos(), isComplete, settings.maxPages(), settings.maxDepth()));
    }

    /** Makes {@link #run} come to an end at once. */
    void stop() {
        crawl.stop();
    }

    @Override
    public void close() {
        consumers.closeNow();
    }

    private static List<String> inputs(List<Start> starts) {
        return starts.stream().map(Start::input).toList();
    }
}
