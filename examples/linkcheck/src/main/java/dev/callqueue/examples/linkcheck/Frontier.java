package dev.callqueue.examples.linkcheck;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is to be looked at next: a bounded number of the targets that the store knows, given away as politeness and the
 * limit of pages allow. Belongs to the thread that runs the {@link Crawl}.
 *
 * <p>Says when it wants more, and does not wait for it: there is enough ahead for the consumers meanwhile.
 */
final class Frontier {
    /**
     * Targets taken out of the store ahead of time, so that a server whose turn has not come does not hold up the
     * others.
     */
    private static final int AHEAD = 4000;

    /*
     * FED: the store had no more targets, and has found none since.
     * HUNGRY: the store may have more.
     * ASKED: more is on its way; ASKED_AND_HUNGRY: the answer may be out of date already.
     *
     *   HUNGRY --order--> ASKED --delivered: few--> FED, --delivered: as many as ordered--> HUNGRY
     *   FED --found--> HUNGRY, ASKED --found--> ASKED_AND_HUNGRY --delivered--> HUNGRY
     */
    private enum State {
        FED,
        HUNGRY,
        ASKED,
        ASKED_AND_HUNGRY
    }

    /**
     * What the frontier wants to have out of the store.
     *
     * @param after the target after which to go on
     */
    record Order(long after, int max, boolean pagesToo) {}

    private final Politeness politeness;
    private final int maxPages;

    private long lastTaken;
    private State state = State.HUNGRY;
    private int pages;
    /** Attempts given away, or pausing before they are repeated, that may turn out to be pages. */
    private int perhapsPages;

    /** A frontier that goes on where {@code pages} pages have been done. */
    Frontier(Politeness politeness, int pages, int maxPages) {
        this.politeness = politeness;
        this.pages = pages;
        this.maxPages = maxPages;
    }

    /** Takes the next attempt that may start now; it must come back by {@link #ended} or {@link #paused}. */
    Optional<Attempt> next(long now) {
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
        dropPagesBeyondLimit();
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

    /** What to ask the store for now, if anything; {@link #delivered} must follow. */
    Optional<Order> order() {
        if (state != State.HUNGRY || politeness.waiting() > AHEAD / 2) {
            return Optional.empty();
        }
        state = State.ASKED;
        return Optional.of(new Order(lastTaken, AHEAD - politeness.waiting(), pages < maxPages));
    }

    /** What the store had for an order. */
    void delivered(Order order, List<Target> targets) {
        for (Target target : targets) {
            politeness.add(new Attempt(target, 1));
            lastTaken = target.id();
        }
        boolean isOutOfDate = state == State.ASKED_AND_HUNGRY;
        state = isOutOfDate || targets.size() == order.max() ? State.HUNGRY : State.FED;
        dropPagesBeyondLimit();
    }

    /** The store has found new targets. */
    void found() {
        state = state == State.ASKED || state == State.ASKED_AND_HUNGRY ? State.ASKED_AND_HUNGRY : State.HUNGRY;
    }

    /** Whether nothing is left to do, as long as nothing new is found. */
    boolean isEmpty() {
        return politeness.waiting() == 0 && state == State.FED;
    }

    /** How long until a delay between two requests ends that holds something up; empty if none does. */
    OptionalLong nanosUntilNext(long now) {
        return politeness.nanosUntilNext(now);
    }

    /** Pages parsed so far. */
    int pages() {
        return pages;
    }

    private void dropPagesBeyondLimit() {
        if (pages >= maxPages) {
            politeness.dropPages();
        }
    }
}
