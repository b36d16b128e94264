package dev.callqueue.soak;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.CallTimeoutException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** A call's time is over at the very moment when it is to be run. */
final class TimeoutVersusRun implements Experiment {
    private final CallQueue queue = CallQueue.create();
    private final EitherOr waiting = new EitherOr();
    private final EitherOr submitted = new EitherOr();

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        trial.watch(queue);
        waiting.addTo(figures, Duel.fight(trial, 60_000, 1_000_000, number -> new Waiting()));
        submitted.addTo(figures, Duel.fight(trial, 5_000, 100_000, number -> new Submitted()));
    }

    private static Duration soon(int nanos) {
        return Duration.ofNanos(ThreadLocalRandom.current().nextInt(nanos));
    }

    /** The caller waits, and its time is over. */
    private final class Waiting implements Duel.Round {
        private final Duration limit = soon(50_000);
        private final Duration delay = soon(100_000);
        private final Tally op = new Tally();
        private boolean withdrawn;

        @Override
        public void first() throws Exception {
            try {
                queue.within(limit).call(op::call);
            } catch (CallTimeoutException late) {
                withdrawn = late.withdrawn();
            }
        }

        @Override
        public void second() {
            long begunNanos = System.nanoTime();
            while (System.nanoTime() - begunNanos < delay.toNanos()) {
                Thread.onSpinWait();
            }
            queue.receive();
        }

        @Override
        public void judge() {
            queue.receive(); // in case the other was too early
            waiting.note(op, withdrawn, queue);
        }
    }

    /** Nobody waits, and the time to begin is over. */
    private final class Submitted implements Duel.Round {
        private final Tally op = new Tally();
        private final Call<Integer> call = queue.within(soon(100_000)).submit(op);

        @Override
        public void first() {
            while (!call.isDone() && ThreadLocalRandom.current().nextInt(2_000) > 0) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void second() {
            first();
            queue.receive();
        }

        @Override
        public void judge() {
            call.resultOrElse(-1, Duration.ofMinutes(1));
            submitted.note(op, call.phase() == Call.Phase.WITHDRAWN, queue);
        }
    }
}
