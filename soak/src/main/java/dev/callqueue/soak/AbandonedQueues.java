package dev.callqueue.soak;

import dev.callqueue.Call;
import dev.callqueue.CallInterruptedException;
import dev.callqueue.CallQueue;
import dev.callqueue.OwnerGoneException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/** Queues that nobody refers to any more: idle ones, and such as somebody still waits in. */
final class AbandonedQueues implements Experiment {
    private static final Duration TARGET = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int AT_ONCE = 10;

    private final Latencies ended = new Latencies();
    private final Latencies failed = new Latencies();
    private final Seen left = new Seen();
    private final Seen wrong = new Seen();

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        trial.repeat(2, 50, round -> {
            abandonIdleConsumers();
            abandonWaitingCalls();
            abandonWaitingCaller(trial);
        });

        figures.say("%,d idle consumers", ended.count());
        figures.within("ended after at most", ended.longest(), TARGET);
        figures.say("%,d calls in queues without a receiver", failed.count());
        figures.within("failed after at most", failed.longest(), TARGET);
        figures.none("that did not end", left);
        figures.none("wrong outcomes", wrong);
    }

    private void abandonIdleConsumers() throws Exception {
        List<Thread> consumers = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            consumers.add(CallQueue.withConsumers(1).call(Thread::currentThread));
        }
        long abandonedNanos = System.nanoTime();
        for (Thread consumer : consumers) {
            while (consumer.isAlive() && System.nanoTime() - abandonedNanos < PATIENCE.toNanos()) {
                System.gc();
                consumer.join(20);
            }
            left.unless(!consumer.isAlive(), consumer.toString());
            ended.addSince(abandonedNanos);
        }
    }

    private void abandonWaitingCalls() throws Exception {
        List<Call<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            calls.add(CallQueue.create().submit(() -> 1));
        }
        long abandonedNanos = System.nanoTime();
        for (Call<Integer> call : calls) {
            awaitWithCollections(call::isDone);
            try {
                wrong.add("a value: " + call.getNow(0));
            } catch (CompletionException e) {
                wrong.unless(e.getCause() instanceof OwnerGoneException, String.valueOf(e.getCause()));
            }
            failed.addSince(abandonedNanos);
        }
    }

    /** A caller that waits in a queue which nobody else knows keeps it, or is told. */
    private void abandonWaitingCaller(Trial trial) throws Exception {
        AtomicReference<Object> told = new AtomicReference<>();
        Started<?> caller = trial.start("caller", () -> {
            try {
                told.set(CallQueue.create().call(() -> 1));
            } catch (RuntimeException e) {
                told.set(e);
            }
        });
        Awaitility.await()
                .forever()
                .until(() -> caller.hasEnded() || caller.thread().getState() == Thread.State.WAITING);
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        caller.thread().interrupt();
        caller.result();
        wrong.unless(
                told.get() instanceof OwnerGoneException || told.get() instanceof CallInterruptedException,
                "the caller in a queue that nobody else knows got " + told);
    }

    private static void awaitWithCollections(Callable<Boolean> condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(10)).atMost(PATIENCE).until(() -> {
            System.gc();
            return condition.call();
        });
    }
}
