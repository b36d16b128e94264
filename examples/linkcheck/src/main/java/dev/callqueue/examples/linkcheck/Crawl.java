package dev.callqueue.examples.linkcheck;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.CallTarget;
import dev.callqueue.Harvest;
import dev.callqueue.Raise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a site: hands targets to the consumers, harvests what they found and has it saved.
 *
 * <p>All of this happens on the thread that made the crawl, which alone owns its state, so that nothing here needs a
 * lock. What happens elsewhere – a consumer is done, something is saved, a pause is over – reaches it as a call into
 * its inbox; an exception of such a call leaves {@link #run}. Only {@link #stop} may be called by other threads.
 *
 * <p>Memory is bounded: what is known and what is to do is in the store, and here are only the targets in flight and a
 * bounded number of those that come next.
 */
final class Crawl {
    /** Visits saved in one transaction, at most; fewer when there is nothing else to do. */
    private static final int BATCH = 64;

    /** Transactions handed to the store, at most. While it is behind, visits gather here, and then no new ones begin. */
    private static final int MAX_SAVING = 2;

    private static final int MAX_UNSAVED = 2 * BATCH;

    /** Attempts that wait for a second chance, at most; each has a timer. */
    private static final int MAX_PAUSING = 1000;

    /**
     * How hard to go at it.
     *
     * @param inFlight attempts handed to the consumers, running or about to
     */
    record Effort(int inFlight, Retries retries) {}

    /** Results cannot be kept, so that there is no use in going on. */
    static final class StoreFailedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StoreFailedException(String message, @Nullable Throwable cause) {
            super(message + ": " + cause, cause);
        }
    }

    private final CallQueue inbox = CallQueue.forCurrentThread();
    private final CallTarget events = inbox.raising(Raise.RECEIVER);
    private final Harvest<Attempt, Visit> harvest;

    private final Frontier frontier;
    private final Fetcher fetcher;
    private final Store store;
    private final Effort effort;
    private final RunClock clock;

    private final Set<Attempt> running = new LinkedHashSet<>();
    private final List<Visit> unsaved = new ArrayList<>();
    private Progress progress = Progress.NONE;
    private Scope scope;
    private int saving;
    private int pausing;
    private boolean isDelaySet;
    private int broken;
    private long known;
    private long done;

    /** A crawl of the calling thread, going on from what is in the store. */
    Crawl(
            CallTarget consumers,
            Fetcher fetcher,
            Store store,
            Frontier frontier,
            Scope scope,
            Effort effort,
            RunClock clock) {
        this.harvest = new Harvest<>(consumers);
        this.fetcher = fetcher;
        this.store = store;
        this.frontier = frontier;
        this.scope = scope;
        this.effort = effort;
        this.clock = clock;
    }

    /**
     * Goes on until nothing is left to do, or until {@link #stop}.
     *
     * @param before what is in the store
     * @return whether nothing is left to do
     */
    boolean run(Totals before, Progress shown) throws InterruptedException {
        progress = shown;
        known = before.known();
        done = before.done();
        broken = before.broken();
        goOn();
        inbox.receiveUntilClosed();
        harvest.close();
        boolean isFinished = isFinished();
        if (!unsaved.isEmpty()) {
            save();
        }
        return isFinished;
    }

    /**
     * Makes {@link #run} return at once. What is saved stays, what is in flight is dropped; any thread may call this.
     */
    void stop() {
        inbox.closeNow();
    }

    /** Ends every event: starts what may start now, and saves what has come, unless more events wait. */
    private void goOn() {
        if (!unsaved.isEmpty() && saving < MAX_SAVING && (inbox.size() == 0 || unsaved.size() >= BATCH)) {
            save();
        }
        frontier.order().ifPresent(this::order);
        while (running.size() < effort.inFlight() && pausing < MAX_PAUSING && unsaved.size() < MAX_UNSAVED) {
            Optional<Attempt> next = frontier.next(clock.nanos());
            if (next.isEmpty()) {
                break;
            }
            start(next.get());
        }
        wakeAfterDelay();
        progress.changed(new Progress.State(
                known,
                done,
                frontier.pages(),
                broken,
                running.size(),
                running.stream()
                        .findFirst()
                        .map(attempt -> attempt.target().url())
                        .orElse("")));
        if (isFinished()) {
            inbox.close();
        }
    }

    private boolean isFinished() {
        return running.isEmpty() && pausing == 0 && unsaved.isEmpty() && saving == 0 && frontier.isEmpty();
    }

    private void start(Attempt attempt) {
        running.add(attempt);
        whenEnded(harvest.submit(attempt, this::visit), (visit, failure) -> harvestOne());
    }

    /** Runs on a consumer; uses only what is safe for all threads. */
    private Visit visit(Attempt attempt) throws InterruptedException {
        long started = clock.nanos();
        Outcome outcome = fetcher.look(attempt.target());
        String consumer = Thread.currentThread().getName();
        return new Visit(attempt.target(), attempt.number(), outcome, consumer, started, clock.nanos() - started);
    }

    /** Takes the result of one call. There is one event for each that has ended, so this need not wait. */
    private void harvestOne() {
        Harvest.Item<Attempt, Visit> item = harvest.take();
        Attempt attempt = item.input();
        Visit visit = item.result();
        running.remove(attempt);
        Optional<Duration> pause = effort.retries().pauseAfter(attempt, visit.outcome());
        if (pause.isPresent()) {
            repeat(attempt, pause.get());
        } else {
            frontier.ended(attempt, visit.outcome() instanceof Outcome.Parsed);
            done++;
            keep(visit);
        }
        goOn();
    }

    /** A pause costs no consumer: it is a timer that ends with a call into the inbox. */
    private void repeat(Attempt attempt, Duration pause) {
        frontier.paused(attempt);
        pausing++;
        after(pause.toNanos(), () -> {
            pausing--;
            frontier.resumed(attempt.again());
            goOn();
        });
    }

    private void keep(Visit visit) {
        if (visit.target().depth() == 0 && visit.outcome() instanceof Outcome.Redirected redirected) {
            // who asks for example.org, and is sent to www.example.org, wants that one to be checked
            scope = scope.with(new Target(0, redirected.url(), 0, Target.Kind.SITE).origin());
        }
        unsaved.add(visit);
    }

    private void save() {
        List<Visit> visits = List.copyOf(unsaved);
        unsaved.clear();
        saving++;
        whenEnded(store.save(visits, scope), this::saved);
    }

    private void saved(@Nullable Saved saved, @Nullable Throwable failure) {
        if (saved == null) {
            throw new StoreFailedException("results cannot be saved", failure);
        }
        saving--;
        known += saved.found();
        broken += saved.broken();
        if (saved.found() > 0) {
            frontier.found();
        }
        goOn();
    }

    private void order(Frontier.Order order) {
        whenEnded(
                store.toDo(order.after(), order.max(), order.pagesToo()),
                (targets, failure) -> delivered(order, targets, failure));
    }

    private void delivered(Frontier.Order order, @Nullable List<Target> targets, @Nullable Throwable failure) {
        if (targets == null) {
            throw new StoreFailedException("what is to do cannot be read", failure);
        }
        frontier.delivered(order, targets);
        goOn();
    }

    private void wakeAfterDelay() {
        OptionalLong nanos = isDelaySet ? OptionalLong.empty() : frontier.nanosUntilNext(clock.nanos());
        if (nanos.isPresent()) {
            isDelaySet = true;
            after(nanos.getAsLong(), () -> {
                isDelaySet = false;
                goOn();
            });
        }
    }

    /** Lets the end of a call elsewhere be an event here. */
    private <T> void whenEnded(Call<T> call, BiConsumer<@Nullable T, @Nullable Throwable> event) {
        var unused = call.whenComplete((result, failure) -> events.execute(() -> event.accept(result, failure)));
    }

    private void after(long nanos, Runnable event) {
        CompletableFuture.delayedExecutor(nanos, NANOSECONDS, events).execute(event);
    }
}
