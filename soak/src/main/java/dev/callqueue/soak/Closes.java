package dev.callqueue.soak;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.QueueClosedException;
import dev.callqueue.WhenFull;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A queue is closed at the very moment when somebody calls, waits, receives, or wants a place in it. */
@SuppressWarnings("FutureReturnValueIgnored") // what comes of it is counted
final class Closes implements Experiment {
    private final Seen wrong = new Seen();

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        ExecutorService loop = Executors.newSingleThreadExecutor(work -> trial.thread("loop", work::run));
        trial.closing(loop::shutdownNow);
        int closes = Duel.fight(trial, 30_000, 1_000_000, number -> prepare(number, loop));

        figures.say("%,d closes at the moment of a call", closes);
        figures.none("wrong outcomes", wrong);
    }

    private Duel.Round prepare(int number, ExecutorService loop) {
        return switch (number % 20) {
            case 0, 1, 2 -> new Received();
            case 3, 4, 5 -> new Wanted();
            case 6, 7 -> new Called(CallQueue.on(loop, () -> false), CallQueue::close);
            case 8 -> new Called(CallQueue.on(loop, () -> false), CallQueue::closeNow);
            case 9 -> new Called(CallQueue.withConsumers(1), CallQueue::close);
            case 10 -> new Called(CallQueue.withConsumers(1), CallQueue::closeNow);
            case 11, 12, 13 -> new Called(CallQueue.create(), CallQueue::closeNow);
            case 14, 15, 16 -> new Called(CallQueue.create(), CallQueue::closeAndReceive);
            default -> new Called(CallQueue.create(), CallQueue::close);
        };
    }

    private interface Closing {
        void close(CallQueue queue);
    }

    /** Somebody calls and waits. */
    private final class Called implements Duel.Round {
        private final CallQueue queue;
        private final Closing closing;
        private final Tally op = new Tally();
        private boolean refused;

        Called(CallQueue queue, Closing closing) {
            this.queue = queue;
            this.closing = closing;
        }

        @Override
        public void first() {
            closing.close(queue);
        }

        @Override
        public void second() throws Exception {
            try {
                queue.call(op::call);
            } catch (QueueClosedException e) {
                refused = true;
            }
        }

        @Override
        public void judge() {
            wrong.unless(op.runs() == (refused ? 0 : 1), (refused ? "refused, " : "returned, ") + op.runs() + " runs");
            wrong.unless(queue.size() == 0 && queue.isClosed(), queue.report().toString());
        }
    }

    /** Somebody waits for calls. */
    private final class Received implements Duel.Round {
        private final CallQueue queue = CallQueue.create();
        private final Tally op = new Tally();
        private final Call<Integer> call = queue.submit(op);

        @Override
        public void first() {
            queue.close();
        }

        @Override
        public void second() throws Exception {
            queue.receiveUntilClosed();
        }

        @Override
        public void judge() {
            boolean ended = op.runs() == 1 || call.phase() == Call.Phase.FAILED;
            wrong.unless(ended && op.runs() <= 1, op.runs() + " runs, " + call);
            wrong.unless(queue.size() == 0, queue.report().toString());
        }
    }

    /** Somebody waits for a place. */
    private final class Wanted implements Duel.Round {
        private final CallQueue queue =
                CallQueue.builder().capacity(1).whenFull(WhenFull.WAIT).build();
        private final Tally first = new Tally();
        private final Tally op = new Tally();

        Wanted() {
            queue.submit(first);
        }

        @Override
        public void first() {
            queue.close();
        }

        @Override
        public void second() throws Exception {
            try {
                queue.call(op::call);
                wrong.add("a value, though nobody receives");
            } catch (QueueClosedException expected) {
                return;
            }
        }

        @Override
        public void judge() {
            wrong.unless(
                    first.runs() + op.runs() == 0 && queue.size() == 0,
                    queue.report().toString());
        }
    }
}
