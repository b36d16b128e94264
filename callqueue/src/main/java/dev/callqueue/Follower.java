package dev.callqueue;

import org.jspecify.annotations.Nullable;

/** One of those that are told when a call ends: a link in the call's list. */
abstract class Follower {
    /** Stands in the list once the outcome is about to be published, so that nobody joins any more. */
    static final Follower ENDING = new Follower() {
        @Override
        void ended() {}
    };

    /** Whether a list that begins with this takes nobody any more. */
    @SuppressWarnings("ReferenceEquality") // there is but one
    static boolean isEnding(@Nullable Object newest) {
        return newest == ENDING;
    }

    /** The next older follower of the same call; of the oldest one the thread that made the call. See {@link Call}. */
    volatile @Nullable Object next;

    /** Whether it is there only to tell that the call has a dependent stage. */
    boolean isStage() {
        return false;
    }

    /** Stands for the dependent stages of a call. */
    static final class Stage extends Follower {
        @Override
        boolean isStage() {
            return true;
        }

        @Override
        void ended() {}
    }

    /** Stands for what ends the call when a time is over, at the latest. */
    static final class Deadline extends Follower {
        @Override
        void ended() {}
    }

    /** The call has been refused: has who waits for it look, because he may have to have it ended. Must be quick and not throw. */
    void refused() {}

    /** The call ends: its outcome is there, or will be within a few instructions. Must be quick and not throw. */
    abstract void ended();
}
