package dev.callqueue;

import static dev.callqueue.Delays.LONG;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything at the same time, some seconds long. The seed is reported; {@code -Dstress.seed=…} takes it again. */
@Tag("stress")
class StressTest {
    private static final int CALLERS = 4;

    @AutoClose
    private final Threads threads = new Threads();

    private final long seed = Long.getLong("stress.seed", System.nanoTime());

    @BeforeEach
    void report(TestReporter reporter) {
        reporter.publishEntry("seed", String.valueOf(seed));
    }

    // accounting

    /** Who serves the storm. */
    enum Storm {
        CONSUMERS {
            @Override
            CallQueue open(Threads threads, CallListener listener) {
                return CallQueue.builder().consumers(3).listener(listener).build();
            }
        },
        WAITING_CONSUMERS {
            @Override
            CallQueue open(Threads threads, CallListener listener) {
                return CallQueue.builder()
                        .consumers(2)
                        .capacity(4)
                        .whenFull(WhenFull.WAIT)
                        .listener(listener)
                        .build();
            }
        },
        OWNER {
            @Override
            CallQueue open(Threads threads, CallListener listener) {
                return threads.receiving(
                        "owner",
                        () -> CallQueue.builder()
                                .owner(Thread.currentThread())
                                .listener(listener)
                                .build());
            }
        },
        REFUSING_OWNER {
            @Override
            CallQueue open(Threads threads, CallListener listener) {
                return threads.receiving(
                        "owner",
                        () -> CallQueue.builder()
                                .owner(Thread.currentThread())
                                .capacity(4)
                                .listener(listener)
                                .build());
            }
        },
        LOOP {
            @Override
            CallQueue open(Threads threads, CallListener listener) {
                var loop = threads.loop("loop");
                return CallQueue.builder()
                        .on(loop.executor(), loop::inLoop)
                        .listener(listener)
                        .build();
            }
        };

        abstract CallQueue open(Threads threads, CallListener listener);
    }

    /** One attempt to call: how often its op ran, and what its caller was told. */
    private static final class Attempt {
        private final AtomicInteger runs = new AtomicInteger();
        private volatile Call<?> call;
        private volatile Throwable told;

        private int run() {
            assertFalse(Thread.interrupted(), "an interrupt has leaked into a call");
            return runs.incrementAndGet();
        }

        /** Whether it is accounted for: it ran once and its caller may know, or never and its caller was told why. */
        private boolean isRight() {
            if (runs.get() > 1) {
                return false;
            }
            boolean ran = runs.get() == 1;
            if (call != null) {
                return switch (call.phase()) {
                    case SUCCEEDED -> ran;
                    case FAILED -> ran == call.isCancelled();
                    case WITHDRAWN -> !ran;
                    case WAITING, RUNNING -> false;
                };
            }
            if (told instanceof CallTimeoutException timeout) {
                return !ran || !timeout.withdrawn();
            }
            return told == null || told instanceof CallInterruptedException || !ran;
        }

        /** Whether the queue may not have let it in, as far as its caller can know. */
        private boolean mayBeRefused() {
            return told != null && runs.get() == 0;
        }
    }

    /** Counts what a queue tells. */
    private static final class Counting implements CallListener {
        private final LongAdder ended = new LongAdder();
        private final LongAdder unrun = new LongAdder();

        @Override
        public void ended(long waitNanos, long runNanos, Throwable failure) {
            ended.increment();
        }

        @Override
        public void unrun(long waitNanos, Throwable reason) {
            unrun.increment();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyCallIsAccountedForInAStormOfTimeoutsCancelsInterruptsAndAClose(Storm storm) throws Exception {
        for (int round = 0; round < 8; round++) {
            storm(storm, new Random(seed + round));
        }
    }

    private void storm(Storm storm, Random random) throws InterruptedException {
        var counting = new Counting();
        CallQueue queue = threads.closing(storm.open(threads, counting));
        var attempts = new CopyOnWriteArrayList<List<Attempt>>();
        var going = new AtomicBoolean(true);
        List<Threads.Started<Void>> callers = IntStream.range(0, CALLERS)
                .mapToObj(i -> new Random(random.nextLong()))
                .map(own -> threads.start("caller", () -> {
                    var mine = new ArrayList<Attempt>();
                    while (going.get() || mine.isEmpty()) {
                        mine.add(attempt(queue, own));
                    }
                    attempts.add(mine);
                }))
                .toList();
        var interrupter = threads.start("interrupter", () -> {
            while (going.get()) {
                callers.get(random.nextInt(CALLERS)).thread().interrupt();
                LockSupport.parkNanos(200_000);
            }
        });

        LockSupport.parkNanos(Duration.ofMillis(40).toNanos());
        if (random.nextBoolean()) {
            queue.close();
        } else {
            queue.closeNow();
        }
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        going.set(false);
        interrupter.result();
        callers.forEach(Threads.Started::result);

        assertTrue(queue.asExecutorService().awaitTermination(LONG.toMillis(), MILLISECONDS), "receivers inside");
        account(attempts.stream().flatMap(List::stream).toList(), counting);
    }

    private static Attempt attempt(CallQueue queue, Random random) {
        var attempt = new Attempt();
        try {
            switch (random.nextInt(7)) {
                case 0 -> queue.call(attempt::run);
                case 1 ->
                    queue.within(Duration.ofNanos(random.nextInt(200_000))).call(attempt::run);
                case 2 -> attempt.call = queue.submit(attempt::run);
                case 3 ->
                    attempt.call = queue.within(Duration.ofNanos(random.nextInt(200_000)))
                            .submit(attempt::run);
                case 4 -> queue.execute(attempt::run);
                case 5 -> {
                    attempt.call = queue.submit(attempt::run);
                    attempt.call.withdraw();
                }
                default -> {
                    attempt.call = queue.submit(attempt::run);
                    attempt.call.cancel(true);
                }
            }
        } catch (RuntimeException e) {
            attempt.told = e;
            Thread.interrupted();
        }
        return attempt;
    }

    private void account(List<Attempt> attempts, Counting counting) {
        for (Attempt attempt : attempts) {
            if (attempt.call != null) {
                awaitEnd(attempt.call);
            }
        }
        int ran = attempts.stream().mapToInt(attempt -> attempt.runs.get()).sum();
        assertEquals(ran, counting.ended.sum(), "calls that ran");
        assertEquals(
                List.of(),
                attempts.stream()
                        .filter(attempt -> !attempt.isRight())
                        .map(attempt -> attempt.runs + " runs, told " + attempt.told + ", " + attempt.call)
                        .toList(),
                "seed " + seed);
        long refused = attempts.stream().filter(Attempt::mayBeRefused).count();
        Eventually.eventually(
                () -> { // who ends a call tells of it a moment later
                    long told = counting.ended.sum() + counting.unrun.sum();
                    assertTrue(
                            told >= attempts.size() - refused,
                            () -> "of " + attempts.size() + " attempts " + refused + " were refused, yet only " + told
                                    + " ended: seed " + seed);
                    assertTrue(told <= attempts.size() && ran <= attempts.size(), "seed " + seed);
                });
    }

    private void awaitEnd(Call<?> call) {
        Thread.interrupted();
        try {
            call.get(LONG.toMillis(), MILLISECONDS);
        } catch (TimeoutException | InterruptedException e) {
            throw new AssertionError("a call never ended: seed " + seed, e);
        } catch (ExecutionException | CancellationException ended) {
            assertTrue(call.isDone());
        }
    }

    // wake-ups

    @ParameterizedTest
    @EnumSource(
            value = Waiting.class,
            names = {"PARK", "HYBRID"})
    void noWakeUpIsLostInALongPingPong(Waiting waiting) {
        CallQueue queue = threads.receiving(
                "owner",
                () -> CallQueue.builder()
                        .owner(Thread.currentThread())
                        .waiting(waiting)
                        .build());
        long until = System.nanoTime() + LONG.toNanos() / 5;
        var callers = IntStream.range(0, 2)
                .mapToObj(i -> threads.start("caller " + i, () -> {
                    for (int n = 0; n < 20_000 && System.nanoTime() < until; n++) {
                        int number = n;
                        assertEquals(number, queue.within(LONG).call(() -> number));
                    }
                }))
                .toList();

        callers.forEach(Threads.Started::result);
    }

    /** Who looks for a deadlock takes the lock of a harvest on its way, for which the thread that waits there may have to wait. */
    @Test
    void noItemIsMissedWhileOthersLookForDeadlocks() {
        CallQueue jobs = threads.closing(
                CallQueue.builder().consumers(1).waiting(Waiting.PARK).build());
        CallQueue harvesting = threads.closing(CallQueue.withConsumers(1));
        long end = System.nanoTime() + SECONDS.toNanos(3);
        Call<Integer> taken = harvesting.submit(() -> {
            var harvest = new Harvest<Integer, Integer>(jobs);
            do {
                harvest.submit(harvest.submitted(), input -> input);
                harvest.take();
            } while (System.nanoTime() - end < 0);
            return harvest.harvested();
        });
        for (int i = 0; i < CALLERS; i++) {
            threads.start("looker", () -> {
                while (!taken.isDone()) {
                    taken.resultOrElse(0, Duration.ofNanos(1000));
                }
            });
        }

        assertTrue(taken.result(LONG) > 0);
    }

    // deadlocks that are none

    @RepeatedTest(3)
    void callsThatOnlyGoDownwardsAreNeverTakenForADeadlock() {
        List<CallQueue> queues =
                IntStream.range(0, 5).mapToObj(i -> threads.owner("owner " + i)).toList();
        var random = new Random(seed);
        List<Threads.Started<Integer>> callers = IntStream.range(0, CALLERS)
                .mapToObj(i -> new Random(random.nextLong()))
                .map(own -> threads.start("caller", () -> {
                    int calls = 0;
                    for (int n = 0; n < 500; n++) {
                        calls += down(queues, 0, own.nextLong());
                    }
                    return calls;
                }))
                .toList();

        callers.forEach(caller -> assertTrue(caller.result() > 0, "seed " + seed));
    }

    /** Calls some of the queues below, each of which does the same. */
    private static int down(List<CallQueue> queues, int from, long seed) {
        var random = new Random(seed);
        int calls = 1;
        for (int i = from; i < queues.size(); i++) {
            if (random.nextInt(3) == 0) {
                int below = i + 1;
                long next = random.nextLong();
                Callable<Integer> further = () -> down(queues, below, next);
                calls += random.nextBoolean()
                        ? callSafely(queues.get(i), further)
                        : queues.get(i).submit(further).result();
            }
        }
        return calls;
    }

    private static int callSafely(CallTarget target, Callable<Integer> op) {
        try {
            return target.call(op::call);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    // exactly one end

    @Test
    void aCallIsWithdrawnOrRunsButNeverBoth() {
        CallQueue queue = threads.owner("owner");
        for (int round = 0; round < 20_000; round++) {
            var runs = new AtomicInteger();
            Call<Integer> call = queue.submit(runs::incrementAndGet);

            boolean withdrawn = call.withdraw();

            if (!withdrawn) {
                assertEquals(1, call.result());
            }
            assertEquals(withdrawn ? Call.Phase.WITHDRAWN : Call.Phase.SUCCEEDED, call.phase());
            assertEquals(withdrawn ? 0 : 1, runs.get());
        }
    }

    @Test
    void whateverEntersBeforeACloseEnds() {
        for (int round = 0; round < 200; round++) {
            CallQueue queue = threads.closing(CallQueue.withConsumers(2));
            var calls = new CopyOnWriteArrayList<Call<Integer>>();
            var caller = threads.start("caller", () -> {
                try {
                    while (true) {
                        calls.add(queue.submit(() -> 1));
                    }
                } catch (QueueClosedException closed) {
                    return calls.size();
                }
            });
            queue.call(() -> {});

            queue.close();

            caller.result();
            calls.forEach(call -> assertEquals(1, call.result(LONG)));
        }
    }
}
