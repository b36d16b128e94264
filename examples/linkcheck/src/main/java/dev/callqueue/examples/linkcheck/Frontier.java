package dev.callqueue.examples.linkcheck;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is to be looked at next. Takes targets out of the store, a bounded number ahead, and gives them away as politeness
 * and the limit of pages allow. Belongs to the thread that runs the {@link Crawl}.
 */
final class Frontier {
    /** Targets taken out of the store ahead of time, so that a server whose turn has not come does not hold up the others. */
    private static final int AHEAD = 1000;

    private final Store store;
    private final Politeness politeness;
    private final int maxPages;

    private long lastTaken;
    private boolean storeHasMore = true;
    private int pages;
    /** Attempts given away, or pausing before they are repeated, that may turn out to be pages. */
    private int perhapsPages;

    /** A frontier that goes on where {@code pages} pages have been done. */
    Frontier(Store store, Politeness politeness, int pages, int maxPages) {
        this.store = store;
        this.politeness = politeness;
        this.pages = pages;
        this.maxPages = maxPages;
    }

    /** Takes the next attempt that may start now; it must come back by {@link #ended} or {@link #paused}. */
    Optional<Attempt> next(long now) throws SQLException {
        if (storeHasMore && politeness.waiting() <= AHEAD / 2) {
            refill();
        }
        Optional<Attempt> next = politeness.next(now, pages + perhapsPages < maxPages);
        if (next.filter(Attempt::isOfSite).isPresent()) {
            perhapsPages++;
        }
        return next;
    }

    /** An attempt has a final outcome. */
    void ended(Attempt attempt, boolean isPage) {
        politeness.ended(attempt);
        if (attempt.isOfSite()) {
            perhapsPages--;
        }
        if (isPage) {
            pages++;
        }
        if (pages >= maxPages) {
            politeness.dropPages();
        }
    }

    /** An attempt is over, but will be repeated; its server is free for others until then. */
    void paused(Attempt attempt) {
        politeness.ended(attempt);
    }

    /** The pause of an attempt is over. */
    void resumed(Attempt attempt) {
        if (attempt.isOfSite()) {
            perhapsPages--;
        }
        politeness.addAgain(attempt);
    }

    /** The store has got new targets. */
    void refillable() {
        storeHasMore = true;
    }

    /** Whether nothing is left to do, as long as nothing new is found. */
    boolean isEmpty() {
        return politeness.waiting() == 0 && !storeHasMore;
    }

    /** How long until a delay between two requests ends that holds something up; empty if none does. */
    OptionalLong nanosUntilNext(long now) {
        return politeness.nanosUntilNext(now);
    }

    /** Pages parsed so far. */
    int pages() {
        return pages;
    }

    private void refill() throws SQLException {
        int room = AHEAD - politeness.waiting();
        var targets = store.toDo(lastTaken, room, pages < maxPages);
        for (Target target : targets) {
            politeness.add(new Attempt(target, 1));
            lastTaken = target.id();
        }
        storeHasMore = targets.size() == room;
    }
}
