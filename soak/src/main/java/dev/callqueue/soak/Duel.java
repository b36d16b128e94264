package dev.callqueue.soak;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Two threads that each do something at the same moment, round after round. Both begin as soon as they see each other, after
 * a random pause of up to some hundred instructions, so that one's steps meet all steps of the other.
 */
final class Duel {
    /** What the two do in one round. */
    interface Round {
        /** What the one thread does. */
        void first() throws Exception;

        /** What the other thread does. */
        void second() throws Exception;

        /** Looks at what has come of it, when both have ended. */
        void judge() throws Exception;
    }

    /** Makes the rounds. */
    @FunctionalInterface
    interface Rounds {
        /** Prepares a round. */
        Round prepare(int number) throws Exception;
    }

    private static final int LONGEST_PAUSE = 300;
    private static final int LOOKS_PER_YIELD = 100;

    /** The round that goes on, from its begin to the end of the second thread's part. */
    private volatile @Nullable Round round;

    /** Whether the second thread has seen the round, and not ended its part. */
    private volatile boolean met;

    private volatile boolean over;
    private volatile @Nullable Throwable secondFailed;

    private Duel() {}

    /** Lets two threads, this one and another, meet so often. Says how often that was. */
    static int fight(Trial trial, int shortly, int atLength, Rounds rounds) throws Exception {
        Duel duel = new Duel();
        Started<?> second = trial.start("second", duel::second);
        try {
            return trial.repeat(shortly, atLength, number -> duel.meet(rounds.prepare(number)));
        } finally {
            duel.over = true;
            second.result();
        }
    }

    @SuppressWarnings("ReferenceEquality") // the very round
    private void meet(Round next) throws Exception {
        round = next;
        while (!met && round == next) {
            look();
        }
        pause();
        next.first();
        while (round != null) {
            look();
        }
        if (secondFailed != null) {
            throw new IllegalStateException("the second thread failed", secondFailed);
        }
        next.judge();
    }

    private void second() {
        while (!over) {
            Round current = round;
            if (current == null) {
                look();
                continue;
            }
            met = true;
            pause();
            try {
                current.second();
            } catch (Exception | Error failure) {
                secondFailed = failure;
            }
            met = false;
            round = null;
        }
    }

    /** Waits on the CPU; now and then another thread may have it. */
    @SuppressWarnings("ThreadPriorityCheck") // a courtesy to the other side, if it shares our CPU
    private static void look() {
        if (ThreadLocalRandom.current().nextInt(LOOKS_PER_YIELD) == 0) {
            Thread.yield();
        } else {
            Thread.onSpinWait();
        }
    }

    private static void pause() {
        for (int i = ThreadLocalRandom.current().nextInt(LONGEST_PAUSE); i > 0; i--) {
            Thread.onSpinWait();
        }
    }
}
