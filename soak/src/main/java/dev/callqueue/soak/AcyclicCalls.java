package dev.callqueue.soak;

import dev.callqueue.CallDeadlockException;
import dev.callqueue.CallQueue;
import dev.callqueue.Harvest;
import dev.callqueue.WhenFull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Eight queues of all kinds, and calls that go only downwards, from each to some below it, in all ways of waiting, some of
 * them while a lock is held that comes before all queues below: whatever is told to be a deadlock is none.
 */
final class AcyclicCalls implements Experiment {
    private static final int QUEUES = 8;
    private static final int CALLERS = 6;

    private final long seed = System.nanoTime();
    private final List<Level> levels = new ArrayList<>();
    private final AtomicLong calls = new AtomicLong();
    private final Seen falseReports = new Seen();
    private final Seen wrong = new Seen();

    /** A queue, and a lock that is taken before it. */
    private record Level(ReentrantLock lock, Object monitor, CallQueue queue) {}

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        for (int i = 0; i < QUEUES; i++) {
            levels.add(new Level(new ReentrantLock(), new Object(), open(i, trial)));
        }
        Duration time = trial.lasting(trial.effort().loop().multipliedBy(2), 1);
        List<Started<?>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            Random random = new Random(seed + i);
            callers.add(trial.start("caller", () -> trial.repeatFor(time, round -> down(0, random.nextLong()))));
        }
        for (Started<?> caller : callers) {
            caller.result();
        }

        figures.say("%,d calls over %d queues in %s", calls.get(), QUEUES, Figures.time(time));
        figures.none("false reports", falseReports);
        figures.none("wrong outcomes", wrong);
    }

    private static CallQueue open(int number, Trial trial) {
        CallQueue.Builder options = CallQueue.builder().name("level-" + number);
        if (number % 3 == 2) {
            options.capacity(2).whenFull(WhenFull.WAIT);
        }
        return Served.ALL.get(number % Served.ALL.size()).open(trial, options);
    }

    /** Calls some of the queues below, each of which does the same. */
    private int down(int from, long seed) {
        Random random = new Random(seed);
        for (int i = from; i < QUEUES; i++) {
            if (random.nextInt(3) == 0) {
                calls.incrementAndGet();
                callSafely(levels.get(i), i + 1, random);
            }
        }
        return from;
    }

    private void callSafely(Level level, int below, Random random) {
        try {
            wrong.unless(call(level, below, random) == below, "another value");
        } catch (CallDeadlockException e) {
            falseReports.add(e.getMessage() + ", seed " + seed);
        } catch (Exception e) {
            wrong.add(e + ", seed " + seed);
        }
    }

    private int call(Level level, int below, Random random) throws Exception {
        CallQueue queue = level.queue;
        long next = random.nextLong();
        return switch (random.nextInt(10)) {
            case 0, 1 -> queue.call(() -> down(below, next));
            case 2 -> queue.within(Duration.ofMinutes(1)).call(() -> down(below, next));
            case 3 -> queue.submit(() -> down(below, next)).result();
            case 4 -> queue.submit(() -> down(below, next)).get();
            case 5 -> queue.submit(() -> down(below, next)).join();
            case 6 -> queue.asExecutorService().submit(() -> down(below, next)).get();
            case 7 -> harvest(queue, below, next);
            case 8 -> {
                synchronized (level.monitor) {
                    yield queue.call(() -> down(below, next));
                }
            }
            default -> {
                level.lock.lock();
                try {
                    yield queue.call(() -> down(below, next));
                } finally {
                    level.lock.unlock();
                }
            }
        };
    }

    private int harvest(CallQueue queue, int below, long seed) {
        int last = 0;
        for (Harvest.Item<Integer, Integer> item :
                queue.harvest(List.of(1, 2, 3), input -> down(below, seed + input))) {
            last = item.result();
        }
        return last;
    }
}
