package dev.callqueue.soak;

import dev.callqueue.CallQueue;
import dev.callqueue.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How often receivers are woken. Unparks cannot be counted from outside, but the flight recorder counts the parks that they
 * end: a thread that is woken once too often parks once too often.
 */
final class WakeUps implements Experiment {
    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        int calls = trial.times(3_000, 100_000);
        oneReceiver(calls, trial, figures);
        runningReceiver(calls, trial, figures);
        idleCrowd(calls, trial, figures);
    }

    private static void oneReceiver(int calls, Trial trial, Figures figures) throws Exception {
        CallQueue queue = Served.OWNER.open(trial, CallQueue.builder().waiting(Waiting.PARK));
        Set<Thread> owner = Set.of(queue.call(Thread::currentThread));
        long parks = parks(owner, () -> callOneByOne(queue, calls, trial));
        figures.check(parks <= calls, "%.2f wake-ups per call of a waiting receiver", (double) parks / calls);
    }

    private static void runningReceiver(int calls, Trial trial, Figures figures) throws Exception {
        CallQueue queue = Served.OWNER.open(trial, CallQueue.builder().waiting(Waiting.PARK));
        Thread owner = queue.call(Thread::currentThread);
        AtomicBoolean filled = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        queue.execute(() -> {
            begun.countDown();
            while (!filled.get()) {
                Thread.onSpinWait();
            }
        });
        begun.await();
        long parks = parks(Set.of(owner), () -> {
            List<Started<?>> producers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                producers.add(trial.start("producer", () -> {
                    for (int call = 0; call < calls; call++) {
                        queue.execute(trial::progress);
                    }
                }));
            }
            for (Started<?> producer : producers) {
                producer.result();
            }
            queue.execute(done::countDown);
            filled.set(true);
            done.await();
        });
        figures.check(parks == 0, "%,d wake-ups of a running receiver by %,d calls", parks, 3 * calls);
    }

    private static void idleCrowd(int calls, Trial trial, Figures figures) throws Exception {
        Set<Thread> consumers = ConcurrentHashMap.newKeySet();
        CallQueue queue = trial.watch(CallQueue.builder()
                .consumers(4)
                .consumerThreads(work -> {
                    Thread thread = trial.thread("consumer", work::run);
                    consumers.add(thread);
                    return thread;
                })
                .waiting(Waiting.PARK)
                .build());
        startAll(queue, consumers);
        long parks = parks(consumers, () -> callOneByOne(queue, calls, trial));
        figures.check(
                parks <= calls,
                "%.2f wake-ups per call of %d idle consumers",
                (double) parks / calls,
                consumers.size());
    }

    private static void startAll(CallQueue queue, Set<Thread> consumers) {
        Gate gate = new Gate();
        for (int i = 0; i < 4; i++) {
            queue.execute(gate::pass);
        }
        gate.awaitArrivals(4);
        gate.open();
        queue.call(consumers::size);
    }

    private static void callOneByOne(CallQueue queue, int calls, Trial trial) {
        for (int i = 0; i < calls; i++) {
            queue.call(trial::progress);
        }
    }

    /** How often those threads end a park while this is done. */
    private static long parks(Set<Thread> threads, Recorded.Action action) throws Exception {
        Set<Long> ids = ConcurrentHashMap.newKeySet();
        threads.forEach(thread -> ids.add(idOf(thread)));
        return Recorded.during(Recorded.PARK, action).stream()
                .filter(park -> ids.contains(park.getThread().getJavaThreadId()))
                .count();
    }

    @SuppressWarnings("deprecation") // threadId() is not there yet on Java 17
    private static long idOf(Thread thread) {
        return thread.getId();
    }
}
