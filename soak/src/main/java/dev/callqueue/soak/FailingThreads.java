package dev.callqueue.soak;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.OwnerGoneException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Consumers that cannot be started: the factory throws, returns null, or makes threads that do not start. */
final class FailingThreads implements Experiment {
    private static final int CONSUMERS = 3;

    private final Seen wrong = new Seen();
    private int refused;
    private int served;
    private int rounds;

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        for (Failure failure : Failure.values()) {
            rounds += trial.repeat(50, 5_000, round -> {
                recover(failure, trial);
                sometimes(failure, 2 + round % 3, trial);
            });
        }

        figures.say("%,d rounds: %,d calls refused, %,d served by the rest", rounds, refused, served);
        figures.none("wrong outcomes or counts", wrong);
    }

    /** How a factory fails. */
    private enum Failure {
        EXCEPTION {
            @Override
            Thread fail(Runnable work) {
                throw new IllegalStateException("no thread today");
            }
        },
        ERROR {
            @Override
            Thread fail(Runnable work) {
                throw new OutOfMemoryError("unable to create native thread");
            }
        },
        NULL {
            @Override
            @Nullable
            Thread fail(Runnable work) {
                return null;
            }
        },
        NOT_STARTING {
            @Override
            Thread fail(Runnable work) {
                return new Thread(work) {
                    @Override
                    public synchronized void start() {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                };
            }
        },
        STARTED_BEFORE {
            @Override
            Thread fail(Runnable work) {
                Thread thread = new Thread(() -> {});
                thread.start();
                return thread;
            }
        };

        abstract @Nullable Thread fail(Runnable work);
    }

    /** While the factory fails, all is refused; when it has recovered, as many consumers work as may. */
    private void recover(Failure failure, Trial trial) throws Exception {
        AtomicBoolean failing = new AtomicBoolean(true);
        CallQueue queue = trial.watch(CallQueue.builder()
                .consumers(CONSUMERS)
                .consumerThreads(work -> failing.get() ? failure.fail(work) : trial.thread("consumer", work::run))
                .build());
        for (int i = 0; i < 5; i++) {
            try {
                queue.call(() -> 1);
                wrong.add(failure + ": a value without a thread");
            } catch (OwnerGoneException expected) {
                refused++;
            }
            try {
                queue.execute(() -> {});
                wrong.add(failure + ": accepted without a thread");
            } catch (OwnerGoneException expected) {
                refused++;
            }
        }
        wrong.unless(queue.size() == 0, failure + ": " + queue.size() + " in the line");
        failing.set(false);
        allWorkAtOnce(queue);
        queue.close();
    }

    private static void allWorkAtOnce(CallQueue queue) {
        Gate gate = new Gate();
        for (int i = 0; i < CONSUMERS; i++) {
            queue.execute(gate::pass);
        }
        gate.awaitArrivals(CONSUMERS);
        gate.open();
    }

    /** Every so many threads one fails: each call is refused or served, and never do more work than may. */
    private void sometimes(Failure failure, int every, Trial trial) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        ThreadFactory factory =
                work -> asked.getAndIncrement() % every == 0 ? failure.fail(work) : trial.thread("consumer", work::run);
        CallQueue queue = trial.watch(CallQueue.builder()
                .consumers(CONSUMERS)
                .consumerThreads(factory)
                .build());
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Call<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            try {
                calls.add(queue.submit(() -> {
                    most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                    return atOnce.getAndDecrement();
                }));
            } catch (OwnerGoneException e) {
                refused++;
            }
        }
        for (Call<Integer> call : calls) {
            try {
                call.result();
                served++;
            } catch (OwnerGoneException e) {
                refused++;
            }
        }
        wrong.unless(most.get() <= CONSUMERS, failure + ": " + most + " calls at once");
        wrong.unless(queue.size() == 0, failure + ": " + queue.size() + " in the line");
        queue.close();
    }
}
