package dev.callqueue.soak;

import dev.callqueue.CallQueue;
import dev.callqueue.Waiting;
import java.time.Duration;

/**
 * Calls as quick as they go, each of which has to wake somebody and be answered: one that is forgotten is forgotten for ever,
 * because nobody else calls.
 */
final class PingPong implements Experiment {
    private static final Waiting[] WAYS = {Waiting.HYBRID, Waiting.PARK};
    private static final Served[] SERVED = {Served.OWNER, Served.ANY_THREAD, Served.CONSUMER, Served.LOOP};

    private final double partOfSoak;

    /** As one of the runs in other JVMs. */
    PingPong() {
        this(0.25);
    }

    /** Plays for such a part of the time for endurance runs. */
    PingPong(double partOfSoak) {
        this.partOfSoak = partOfSoak;
    }

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        int games = WAYS.length * SERVED.length;
        Duration game = trial.lasting(trial.effort().loop().dividedBy(games), partOfSoak / games);
        Seen wrong = new Seen();
        long calls = 0;
        for (Waiting waiting : WAYS) {
            for (Served served : SERVED) {
                CallQueue queue = served.open(trial, CallQueue.builder().waiting(waiting));
                calls += play(queue, game, trial, wrong);
                queue.close();
            }
        }

        figures.say("%,d calls in %s, all answered", calls, Figures.time(game.multipliedBy(games)));
        figures.none("wrong answers", wrong);
    }

    private static long play(CallQueue queue, Duration time, Trial trial, Seen wrong) throws Exception {
        int many = 1_000;
        return (long) many
                * trial.repeatFor(time, round -> {
                    for (int i = 0; i < many; i++) {
                        int number = i;
                        int answer = i % 3 == 0 ? queue.submit(() -> number).result() : queue.call(() -> number);
                        wrong.unless(answer == number, answer + " instead of " + number);
                    }
                });
    }
}
