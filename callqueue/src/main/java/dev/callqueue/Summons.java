package dev.callqueue;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has somebody come and run what waits in one queue: a receiver that sleeps is woken, servers are started, and looked after
 * by the {@link Watch}. If servers cannot be started, and nobody else is there, what waits is refused and not left.
 */
final class Summons {
    private static final String NOT_STARTED = "they could not be started";

    private final Core core;

    /** The receivers that wait until a call comes; guarded by the lock of the queue. */
    private final IdleReceivers idle;

    /** Summons servers again that could not be started, when not even what waits could be refused; null of servers that never are. */
    private final @Nullable Ending again;

    /** Whether the {@link Watch} looks after the queue; guarded by its lock. */
    private boolean watched;

    Summons(Core core, IdleReceivers idle) {
        this.core = core;
        this.idle = idle;
        this.again = core.servers().areStarted() ? new Again() : null;
    }

    // ---- under the lock

    /**
     * After anything that may leave a call waiting, or has made somebody want to be told of one. Needs no memory, so that it
     * cannot be left half done.
     *
     * @return who is to be told, if anybody; whoever asks has to {@link #answer}
     */
    @Nullable
    Summoned summon() {
        boolean told = tell(); // before the look at what waits, so that whoever comes after it tells
        if (!told || !core.backlog().mayHaveWaiting()) {
            return null;
        }
        Receiver sleeper = idle.wakeOne(); // who has others told when he takes a call and more are left, or takes none
        boolean start = sleeper == null && core.servers().enlist();
        tell();
        return start ? core.servers() : sleeper;
    }

    /**
     * Whenever the answer may have changed: has the next caller come under the lock, if somebody has to be told of his call, or
     * wants a place before him. Says whether somebody has to be told.
     */
    boolean tell() {
        boolean toBeTold = idle.wantToBeWoken() || core.servers().wantToBeTold();
        core.backlog().tell(toBeTold);
        return toBeTold;
    }

    /** After servers have done what they were started for: whether they have to be started again. */
    boolean enlistAgain() {
        tell(); // before the look, as in summon
        boolean more = core.backlog().count() > 0 && core.servers().enlist();
        tell();
        return more;
    }

    // ---- without it

    /** As {@link #summon}, where the stack may be at its end. */
    @Nullable
    Summoned summonToUndo() {
        core.lock().lockToUndo();
        try {
            return summon();
        } finally {
            core.lock().unlock();
        }
    }

    /** Tells who is to be told. If servers cannot be started and nobody else is there, all is refused; returns the reason then. */
    @Nullable
    OwnerGoneException answer(@Nullable Summoned who) {
        if (who instanceof Receiver sleeper) {
            sleeper.wake();
            return null;
        }
        return who == null ? null : start();
    }

    /** As {@link #answer}, by a receiver that has perhaps claimed a call: if it fails, that one ends, too. */
    void answer(@Nullable Summoned who, Receiver me, @Nullable Call<?> claimed) {
        try {
            answer(who);
        } catch (Throwable noRoom) {
            if (claimed != null) {
                me.remember(claimed, noRoom);
            }
            throw noRoom;
        }
    }

    /** Starts the servers, as they asked for. If that fails and nobody else is there, all that waits is refused. */
    @Nullable
    OwnerGoneException start() {
        Throwable failure = core.servers().start();
        return failure == null ? null : refuseUnserved(NOT_STARTED, failure);
    }

    /** A server has failed: refuses all that waits if there is nobody else, and returns the reason then. */
    @Nullable
    OwnerGoneException refuseUnserved(String why, Throwable failure) {
        try {
            return attemptToRefuseUnserved(why, failure);
        } catch (Throwable noRoom) {
            later();
            throw noRoom;
        }
    }

    private @Nullable OwnerGoneException attemptToRefuseUnserved(String why, Throwable failure) {
        if (core.hasServers()) {
            return null;
        }
        Supplier<OwnerGoneException> gone = core.goneForAll(why + ": " + CallReport.text(failure), failure);
        new Refusal(core, gone, true).run();
        return gone.get();
    }

    /** Has servers that should run what waits, and do not, started by another thread, and looked after. */
    void later() {
        if (again != null) {
            again.runLater();
        }
    }

    private final class Again extends Ending {
        @Override
        void attempt() {
            Summoned told = summonToUndo();
            if (told instanceof Servers servers) {
                Throwable failure = servers.start();
                if (failure != null) {
                    attemptToRefuseUnserved(NOT_STARTED, failure);
                }
            } else {
                answer(told);
            }
            Throwable unwatched = needsWatch() ? attemptToBeWatched() : null;
            if (unwatched != null) {
                throw Thrown.<RuntimeException>as(unwatched);
            }
        }
    }

    // ---- the watch

    /** Under the lock: whether the {@link Watch} has to be told to look after this queue. */
    boolean beginWatch() {
        boolean begin = !watched;
        watched = true;
        return begin;
    }

    /** Has the {@link Watch} look after this queue, if it does not do so; says why that is not possible now, or null. */
    @Nullable
    Throwable beWatched() {
        Throwable failure = attemptToBeWatched();
        if (failure != null) {
            later();
        }
        return failure;
    }

    private @Nullable Throwable attemptToBeWatched() {
        boolean begin;
        core.lock().lockToUndo();
        try {
            begin = beginWatch();
        } finally {
            core.lock().unlock();
        }
        return begin ? Watch.begin(core) : null;
    }

    /** Needs no memory, as it may be for want of it that nobody watches. */
    void endWatch() {
        core.lock().lockToUndo();
        try {
            watched = false;
            tell();
        } finally {
            core.lock().unlock();
        }
    }

    /** Under the lock: whether the {@link Watch} looks after this queue. */
    boolean isWatched() {
        return watched;
    }

    private boolean needsWatch() {
        core.lock().lockToUndo();
        try {
            return core.servers().needsWatch();
        } finally {
            core.lock().unlock();
        }
    }

    private boolean goOnWatching() {
        Summoned told;
        boolean goesOn;
        core.lock().lockToUndo();
        try {
            goesOn = core.servers().needsWatch();
            watched = goesOn;
            told = summon(); // a consumer may have been lost, or a call have come when nobody watched
        } finally {
            core.lock().unlock();
        }
        answer(told);
        return goesOn;
    }

    /** For the {@link Watch}: fails what waits if nobody is left to run it; false if there is nothing to watch. */
    boolean checkAlive() {
        String why = core.servers().whyGoneNow();
        if (why == null) {
            return goOnWatching();
        }
        Runnable refusal =
                new Refusal(core, core.goneForAll(why, null), false); // made before, lest the watch end without it
        endWatch();
        Watch.end(refusal);
        return false;
    }
}
