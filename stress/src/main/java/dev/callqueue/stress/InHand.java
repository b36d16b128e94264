package dev.callqueue.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.Raise;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A lone receiver takes up several calls at once, and runs all but the first without the lock of the queue. */
public final class InHand {
    private InHand() {}

    /** Three calls, made before the race. */
    private static final class Three {
        final CallQueue queue = CallQueue.create();
        final Call<Integer> one = queue.submit(() -> 1);
        final Call<Integer> two = queue.submit(() -> 2);
        final Call<Integer> three = queue.submit(() -> 3);

        long failed() {
            return Stream.of(one, two, three)
                    .filter(Call::isCompletedExceptionally)
                    .count();
        }
    }

    /** The last one is withdrawn. */
    @JCStressTest
    @Outcome(id = "true, 2, withdrawn, 0", expect = ACCEPTABLE, desc = "withdrawn")
    @Outcome(id = "false, 3, 3, 0", expect = ACCEPTABLE, desc = "run")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class VersusWithdrawal {
        private final Three calls = new Three();

        @Actor
        public void caller(LLLL_Result r) {
            r.r1 = calls.three.withdraw();
        }

        @Actor
        public void receiver(LLLL_Result r) {
            r.r2 = calls.queue.receive();
        }

        @Arbiter
        public void end(LLLL_Result r) {
            r.r3 = Told.of(calls.three);
            r.r4 = calls.queue.size();
        }
    }

    /** Somebody else comes to receive. */
    @JCStressTest
    @Outcome(id = "(3, 0|2, 1|1, 2|0, 3), 0, 0", expect = ACCEPTABLE, desc = "each call was run once")
    @Outcome(expect = FORBIDDEN, desc = "run twice, or lost")
    @State
    public static class VersusReceiver {
        private final Three calls = new Three();

        @Actor
        public void first(LLLL_Result r) {
            r.r1 = calls.queue.receive();
        }

        @Actor
        public void second(LLLL_Result r) {
            r.r2 = calls.queue.receive();
        }

        @Arbiter
        public void end(LLLL_Result r) {
            r.r3 = calls.failed();
            r.r4 = calls.queue.size();
        }
    }

    /** The queue is closed, and what has not begun is refused. */
    @JCStressTest
    @Outcome(id = "(3, 0|2, 1|1, 2|0, 3), 0", expect = ACCEPTABLE, desc = "each call was run or refused")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class VersusCloseNow {
        private final Three calls = new Three();

        @Actor
        public void receiver(LLL_Result r) {
            r.r1 = calls.queue.receive();
        }

        @Actor
        public void closer() {
            calls.queue.closeNow();
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r2 = calls.failed();
            r.r3 = calls.queue.size();
        }
    }

    /** A receiver that takes one call leaves the rest to whoever comes, also to itself. */
    @JCStressTest
    @Outcome(id = "3, 0", expect = ACCEPTABLE, desc = "each call was run once")
    @Outcome(expect = FORBIDDEN, desc = "run twice, or lost")
    @State
    public static class OneByOne {
        private final Three calls = new Three();
        private int ofFirst;
        private int ofSecond;

        @Actor
        public void first() {
            ofFirst = calls.queue.receive(1) + calls.queue.receive(1);
        }

        @Actor
        public void second() {
            ofSecond = calls.queue.receive(1) + calls.queue.receive(1);
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r1 = ofFirst + ofSecond + calls.queue.receive();
            r.r2 = calls.queue.size();
        }
    }

    /** Calls lie in stretches of places; here two callers come at once where one stretch ends and no other is there yet. */
    @JCStressTest
    @Outcome(id = "4, 0", expect = ACCEPTABLE, desc = "all were run")
    @Outcome(expect = FORBIDDEN, desc = "run twice, or lost")
    @State
    public static class AtTheEndOfAStretch {
        private static final int STRETCH = 64;

        private final CallQueue queue = CallQueue.create();
        private int received;

        public AtTheEndOfAStretch() {
            for (int i = 0; i < STRETCH; i++) {
                queue.execute(() -> {});
            }
            queue.receive();
        }

        private void call() {
            queue.execute(() -> {});
        }

        @Actor
        public void first() {
            call();
            received = queue.receive();
            call();
        }

        @Actor
        public void second() {
            call();
            call();
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r1 = received + queue.receive();
            r.r2 = queue.size();
        }
    }

    /** The last one is completed by hand. */
    @JCStressTest
    @Outcome(id = "true, 2, withdrawn, 0", expect = ACCEPTABLE, desc = "completed before it began")
    @Outcome(id = "true, 3, 4, 0", expect = ACCEPTABLE, desc = "completed while it ran")
    @Outcome(id = "false, 3, 3, 0", expect = ACCEPTABLE, desc = "run")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class VersusCompletion {
        private final Three calls = new Three();

        @Actor
        public void caller(LLLL_Result r) {
            r.r1 = calls.three.complete(4);
        }

        @Actor
        public void receiver(LLLL_Result r) {
            r.r2 = calls.queue.receive();
        }

        @Arbiter
        public void end(LLLL_Result r) {
            r.r3 = Told.of(calls.three);
            r.r4 = calls.queue.size();
        }
    }

    /** The queue is closed; a receiver that is there runs the rest. */
    @JCStressTest
    @Outcome(id = "3, 0, 0", expect = ACCEPTABLE, desc = "all run")
    @Outcome(id = "0, 3, 0", expect = ACCEPTABLE, desc = "all refused")
    @Outcome(expect = FORBIDDEN, desc = "run in part, or lost")
    @State
    public static class VersusClose {
        private final Three calls = new Three();

        @Actor
        public void receiver(LLL_Result r) {
            r.r1 = calls.queue.receive();
        }

        @Actor
        public void closer() {
            calls.queue.close();
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r2 = calls.failed();
            r.r3 = calls.queue.size();
        }
    }

    /** The queue is closed when an earlier receiver has left calls in hand; one that is there again runs them. */
    @JCStressTest
    @Outcome(id = "2, 0, 0", expect = ACCEPTABLE, desc = "all run")
    @Outcome(id = "0, 2, 0", expect = ACCEPTABLE, desc = "all refused")
    @Outcome(expect = FORBIDDEN, desc = "run in part, or lost")
    @State
    public static class LeftVersusClose {
        private final Three calls = new Three();

        public LeftVersusClose() {
            calls.queue.receive(1);
        }

        @Actor
        public void receiver(LLL_Result r) {
            r.r1 = calls.queue.receive();
        }

        @Actor
        public void closer() {
            calls.queue.close();
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r2 = calls.failed();
            r.r3 = calls.queue.size();
        }
    }

    /** Another call arrives, which this receive need not run. */
    @JCStressTest
    @Outcome(id = "3, 1, 0|4, 0, 0", expect = ACCEPTABLE, desc = "each call was run once")
    @Outcome(expect = FORBIDDEN, desc = "run twice, or lost")
    @State
    public static class VersusArrival {
        private final Three calls = new Three();

        @Actor
        public void receiver(LLL_Result r) {
            r.r1 = calls.queue.receive();
        }

        @Actor
        public void caller() {
            calls.queue.execute(() -> {});
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r2 = calls.queue.receive();
            r.r3 = calls.queue.size();
        }
    }

    /** An exception leaves the receive of the first of them; the rest is for whoever comes. */
    @JCStressTest
    @Outcome(id = "2, 1, 0", expect = ACCEPTABLE, desc = "each call was run once, and the exception was raised once")
    @Outcome(expect = FORBIDDEN, desc = "run twice, or lost")
    @State
    public static class VersusReceiverWithAnException {
        private final CallQueue queue = CallQueue.create();
        private final AtomicInteger runs = new AtomicInteger();
        private final AtomicInteger raised = new AtomicInteger();

        public VersusReceiverWithAnException() {
            queue.raising(Raise.RECEIVER).execute(() -> {
                throw new IllegalStateException("raised in a receiver");
            });
            queue.execute(runs::incrementAndGet);
            queue.execute(runs::incrementAndGet);
        }

        private void receive() {
            try {
                queue.receive();
            } catch (IllegalStateException e) {
                raised.incrementAndGet();
            }
        }

        @Actor
        public void first() {
            receive();
        }

        @Actor
        public void second() {
            receive();
        }

        @Arbiter
        public void end(LLL_Result r) {
            queue.receive();
            r.r1 = runs.get();
            r.r2 = raised.get();
            r.r3 = queue.size();
        }
    }

    /** Ten calls, made before the race. */
    private static final class Ten {
        final CallQueue queue = CallQueue.create();
        volatile boolean over;
        final AtomicInteger begunLate = new AtomicInteger();
        final List<Call<Integer>> all = IntStream.range(0, 10)
                .mapToObj(i -> queue.submit(() -> over ? begunLate.incrementAndGet() : 0))
                .toList();

        /** Whether all that ran came before all that were refused. */
        boolean ranInOrder() {
            return IntStream.range(1, all.size())
                    .noneMatch(i -> all.get(i - 1).isCompletedExceptionally()
                            && !all.get(i).isCompletedExceptionally());
        }
    }

    /** The queue is closed at once: what comes after a call that was refused is refused, and nothing begins any more. */
    @JCStressTest
    @Outcome(id = "true, true, 0", expect = ACCEPTABLE, desc = "some run, the rest is refused")
    @Outcome(expect = FORBIDDEN, desc = "refused out of order, run too late, or lost")
    @State
    public static class TenVersusCloseNow {
        private final Ten calls = new Ten();

        @Actor
        public void receiver() {
            calls.queue.receive();
        }

        @Actor
        public void closer() {
            calls.queue.closeNow();
            calls.over = true;
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r1 = calls.ranInOrder();
            r.r2 = calls.begunLate.get() <= 1; // one that had been claimed before
            r.r3 = calls.queue.size();
        }
    }
}
