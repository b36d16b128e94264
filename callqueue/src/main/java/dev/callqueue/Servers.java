package dev.callqueue;

import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The threads that run the calls of one queue: which they are, how they learn that there is something to do, and whether
 * there are any.
 */
sealed interface Servers extends Summoned permits AnyThread, OwnerThread, Consumers, Loop {
    /** So many calls of one harvest keep a few threads busy. */
    int WINDOW = 64;

    /** Whether the current thread is one of them now; holding no lock, because a loop asks its user. */
    boolean includesCurrentThread();

    /** Throws {@link IllegalStateException} if the current thread must not receive; holding no lock. */
    void checkReceiver();

    /** Whether the thread may be one of them; only a loop whose thread is not known says so of a thread that is not. */
    boolean mayInclude(@Nullable Thread thread);

    /** Those of them that are known; of somebody else's loop, if any threads are given, all of these, as each of them may be one. */
    Collection<Thread> candidates(Set<Thread> any);

    /**
     * Whether some thread that is not stuck could run a call that waits.
     *
     * @param settled whether some time has passed since the call came, so that an idle thread would have begun it
     */
    boolean canServeWithout(Predicate<Thread> stuck, boolean settled);

    /** Why nobody will ever run a call of the queue, or null; holding no lock. */
    @Nullable
    String whyGone();

    /** Under the queue's lock: whether {@link #enlist} has to be asked when the next call comes. */
    boolean wantToBeTold();

    /**
     * Under the queue's lock, after a call has joined the line: decides whether {@link #start} has to be called for it. True is a
     * promise to call it, which is counted already.
     */
    boolean enlist();

    /** Like {@link #enlist}, for an exception that is to leave the next receive. */
    default boolean enlistForRaised() {
        return false;
    }

    /** Whether {@link #enlist} ever asks for a start. */
    default boolean areStarted() {
        return true;
    }

    /**
     * Does what {@link #enlist} asked for – starts a thread, posts to a loop – holding no lock.
     *
     * @return why it was not possible, or null
     */
    @Nullable
    Throwable start();

    /** For the {@link Watch}: like {@link #whyGone}, but after a closer look. */
    default @Nullable String whyGoneNow() {
        return whyGone();
    }

    /** Under the queue's lock: whether something may have happened to them that no event tells of. */
    boolean needsWatch();

    /** Under the queue's lock: whether they run what is in the line without anybody calling a {@code receive…}. */
    boolean runByThemselves();

    /** How many calls of one harvest keep them busy. */
    default int window() {
        return WINDOW;
    }

    /** Says in words who they are. */
    @Override
    String toString();
}
