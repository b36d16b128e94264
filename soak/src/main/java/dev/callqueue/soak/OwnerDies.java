package dev.callqueue.soak;

import dev.callqueue.CallQueue;
import dev.callqueue.OwnerGoneException;
import dev.callqueue.Raise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.awaitility.Awaitility;

/** The owner of a queue ends while callers wait for it, one in each way of waiting. */
@SuppressWarnings("FutureReturnValueIgnored") // never runs to its end
final class OwnerDies implements Experiment {
    private static final int AT_A_TIME = 25;

    /** How owners end. */
    private enum Death {
        BETWEEN_CALLS_BY_RETURNING,
        BETWEEN_CALLS_BY_AN_ERROR,
        IN_A_CALL_BY_RETURNING_AFTER_IT,
        IN_A_CALL_BY_ITS_ERROR
    }

    private final Latencies releases = new Latencies();
    private final Latencies refusals = new Latencies();
    private final Seen wrong = new Seen();

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        int groups = trial.repeat(8, 40, group -> killSome(trial));

        figures.say("%,d deaths, %,d waiting callers", groups * AT_A_TIME, releases.count());
        figures.within("released after at most", releases.longest(), Duration.ofSeconds(1));
        figures.within("later calls fail after at most", refusals.longest(), Duration.ofMillis(10));
        figures.none("wrong outcomes", wrong);
    }

    private void killSome(Trial trial) throws Exception {
        List<Victim> victims = new ArrayList<>();
        for (int i = 0; i < AT_A_TIME; i++) {
            victims.add(new Victim(trial, Death.values()[i % Death.values().length]));
        }
        victims.forEach(Victim::awaitCallers);
        victims.forEach(victim -> victim.die.countDown());
        for (Victim victim : victims) {
            victim.noteReleases();
        }
        victims.forEach(Victim::callOnceMore);
    }

    /** An owner that is to end, and the callers that wait for it. */
    private final class Victim {
        final CountDownLatch die = new CountDownLatch(1);
        private final CallQueue queue;
        private final List<Started<Long>> waiting = new ArrayList<>();
        private final int callers;
        private volatile long diedNanos;

        Victim(Trial trial, Death death) {
            CountDownLatch begin = new CountDownLatch(1);
            Thread owner = trial.thread("owner", () -> {
                begin.await();
                live(death);
            });
            queue = CallQueue.builder().owner(owner).build();
            boolean inCall = death == Death.IN_A_CALL_BY_RETURNING_AFTER_IT || death == Death.IN_A_CALL_BY_ITS_ERROR;
            if (inCall) {
                queue.raising(Raise.RECEIVER).submit(() -> lastCall(death));
            }
            waiting.add(trial.compute("call", () -> released(() -> queue.call(() -> 1))));
            waiting.add(trial.compute(
                    "result", () -> released(() -> queue.submit(() -> 1).result())));
            waiting.add(trial.compute(
                    "get",
                    () -> released(
                            () -> queue.asExecutorService().submit(() -> 1).get())));
            callers = waiting.size() + (inCall ? 1 : 0);
            owner.start();
            begin.countDown();
        }

        private void live(Death death) throws InterruptedException {
            switch (death) {
                case BETWEEN_CALLS_BY_RETURNING -> {
                    die.await();
                    diedNanos = System.nanoTime();
                }
                case BETWEEN_CALLS_BY_AN_ERROR -> {
                    die.await();
                    diedNanos = System.nanoTime();
                    throw new AssertionError("the owner fails");
                }
                case IN_A_CALL_BY_RETURNING_AFTER_IT, IN_A_CALL_BY_ITS_ERROR -> queue.receive(1);
            }
        }

        private void lastCall(Death death) throws InterruptedException {
            die.await();
            diedNanos = System.nanoTime();
            if (death == Death.IN_A_CALL_BY_ITS_ERROR) {
                throw new AssertionError("raised in the owner");
            }
        }

        /** Makes a call that will not be run, and says when its caller was released. */
        private long released(Callable<?> call) {
            try {
                wrong.add("a value: " + call.call());
            } catch (OwnerGoneException expected) {
                return System.nanoTime();
            } catch (ExecutionException e) {
                wrong.unless(e.getCause() instanceof OwnerGoneException, String.valueOf(e.getCause()));
            } catch (Exception e) {
                wrong.add(e);
            }
            return System.nanoTime();
        }

        void awaitCallers() {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(1))
                    .forever()
                    .until(() -> queue.size() + queue.report().running().size() == callers);
        }

        void noteReleases() throws Exception {
            for (Started<Long> each : waiting) {
                releases.add(each.result() - diedNanos);
            }
        }

        void callOnceMore() {
            long begunNanos = System.nanoTime();
            try {
                wrong.add("a value: " + queue.call(() -> 1));
            } catch (OwnerGoneException expected) {
                refusals.addSince(begunNanos);
            }
        }
    }
}
