package dev.callqueue.soak;

import dev.callqueue.CallDeadlockException;
import dev.callqueue.CallInterruptedException;
import dev.callqueue.CallQueue;
import dev.callqueue.CallTarget;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Callers that hold a lock which the target needs to go on: they are told. */
final class HeldLocks implements Experiment {
    /** When a deadlock that nobody is told of is given up. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private final Latencies untilTold = new Latencies();
    private final Seen silent = new Seen();
    private final Seen wrong = new Seen();
    private final Seen unnamed = new Seen();

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        trial.repeat(Held.values().length, 25 * Held.values().length, round -> {
            Held held = Held.values()[round % Held.values().length];
            boolean direct = round / Held.values().length % 2 == 0;
            hold(held, direct, trial);
        });

        figures.say("%,d deadlocks by a held lock", untilTold.count());
        figures.within("told after at most", untilTold.longest(), Duration.ofSeconds(1));
        figures.none("silent", silent);
        figures.none("wrong outcomes", wrong);
        figures.none("messages without a thread", unnamed);
    }

    /** What a caller holds while it calls somebody who wants it, too. */
    private enum Held {
        MONITOR {
            @Override
            Guard guard() {
                Object monitor = new Object();
                return work -> {
                    synchronized (monitor) {
                        return work.call();
                    }
                };
            }
        },
        REENTRANT_LOCK {
            @Override
            Guard guard() {
                return by(new ReentrantLock());
            }
        },
        WRITE_LOCK {
            @Override
            Guard guard() {
                return by(new ReentrantReadWriteLock().writeLock());
            }
        };

        abstract Guard guard();

        private static Guard by(Lock lock) {
            return work -> {
                lock.lock();
                try {
                    return work.call();
                } finally {
                    lock.unlock();
                }
            };
        }
    }

    /** Does something while it holds a lock. */
    @FunctionalInterface
    private interface Guard {
        int holding(CallTarget.Op<Integer, RuntimeException> work);
    }

    private void hold(Held held, boolean direct, Trial trial) throws Exception {
        String what = held + (direct ? "" : " through another queue");
        CallQueue owner = Served.openOwned("lock wanter", trial);
        CallQueue between = Served.openOwned("lock bystander", trial);
        Guard guard = held.guard();
        CallTarget.Op<Integer, RuntimeException> wanting = () -> guard.holding(() -> 1);
        CountDownLatch back = new CountDownLatch(1);
        Started<Integer> holder = trial.compute("lock holder", () -> {
            long begunNanos = System.nanoTime();
            try {
                return guard.holding(() -> direct ? owner.call(wanting) : between.call(() -> owner.call(wanting)));
            } catch (CallDeadlockException e) {
                untilTold.addSince(begunNanos);
                named(what, e);
                return 1;
            } catch (CallInterruptedException cut) {
                return 1;
            } finally {
                back.countDown();
            }
        });
        if (!back.await(SILENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            silent.add(what);
            holder.thread().interrupt();
        }
        wrong.unless(holder.result() == 1, what);
        wrong.unless(owner.call(() -> 2) == 2, what + ": the owner does not go on");
        owner.close();
        between.close();
    }

    private void named(String what, CallDeadlockException e) {
        for (String name : new String[] {"'lock holder'", "'lock wanter'"}) {
            unnamed.unless(String.valueOf(e.getMessage()).contains(name), what + ": " + name + " in " + e.getMessage());
        }
    }
}
