package dev.callqueue.soak;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;

/** A call is withdrawn, cancelled or completed by hand at the very moment when it is to be run. */
final class CancelVersusRun implements Experiment {
    private final CallQueue queue = CallQueue.create();
    private final EitherOr outcomes = new EitherOr();
    private final Seen leftOut = new Seen();

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        trial.watch(queue);
        int rounds = Duel.fight(trial, 60_000, 1_000_000, this::prepare);

        outcomes.addTo(figures, rounds);
        figures.none("calls behind left out by a receive that began after them", leftOut);
    }

    private Duel.Round prepare(int number) {
        return switch (number % 3) {
            case 0 -> new TakenBack(Call::withdraw);
            case 1 -> new TakenBack(call -> call.cancel(true));
            default -> new TakenBack(call -> call.complete(-1));
        };
    }

    private interface TakeBack {
        boolean tryOn(Call<Integer> call);
    }

    /** One thread takes the call back, the other receives. */
    private final class TakenBack implements Duel.Round {
        private final TakeBack takeBack;
        private final Tally op = new Tally();
        private final Call<Integer> call = queue.submit(op);
        private final Tally behind = new Tally();

        TakenBack(TakeBack takeBack) {
            this.takeBack = takeBack;
            queue.execute(behind::call);
        }

        @Override
        public void first() {
            takeBack.tryOn(call);
        }

        @Override
        public void second() {
            queue.receive();
        }

        @Override
        public void judge() {
            leftOut.unless(behind.runs() == 1, "behind " + call);
            queue.receive();
            outcomes.note(op, call.phase() == Call.Phase.WITHDRAWN, queue);
        }
    }
}
