package dev.callqueue.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLLL_Result;
import org.openjdk.jcstress.infra.results.LLLL_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Calls are received: each once, in the order in which one caller made them. */
public final class Receiving {
    private Receiving() {}

    /** Two receivers want the same call. */
    @JCStressTest
    @Outcome(id = "1, 0, 1, ran", expect = ACCEPTABLE, desc = "the first got it")
    @Outcome(id = "0, 1, 1, ran", expect = ACCEPTABLE, desc = "the second got it")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class TwoReceivers {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void first(LLLL_Result r) {
            r.r1 = trial.queue.receive();
        }

        @Actor
        public void second(LLLL_Result r) {
            r.r2 = trial.queue.receive();
        }

        @Arbiter
        public void end(LLLL_Result r) {
            r.r3 = Told.of(call);
            r.r4 = trial.account();
        }
    }

    /** Two receivers want the same two calls. */
    @JCStressTest
    @Outcome(id = "(2, 0|1, 1|0, 2), 1, 2, 0", expect = ACCEPTABLE, desc = "each call was run once")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class TwoReceiversOfTwo {
        private final CallQueue queue = CallQueue.create();
        private final Call<Integer> one = queue.submit(() -> 1);
        private final Call<Integer> two = queue.submit(() -> 2);

        @Actor
        public void first(LLLLL_Result r) {
            r.r1 = queue.receive();
        }

        @Actor
        public void second(LLLLL_Result r) {
            r.r2 = queue.receive();
        }

        @Arbiter
        public void end(LLLLL_Result r) {
            r.r3 = Told.of(one);
            r.r4 = Told.of(two);
            r.r5 = queue.size();
        }
    }

    /** A call arrives. */
    @JCStressTest
    @Outcome(id = "1, 0, ran", expect = ACCEPTABLE, desc = "just in time")
    @Outcome(id = "0, 1, ran", expect = ACCEPTABLE, desc = "for the next time")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class VersusArrival {
        private final Trial trial = new Trial();

        @Actor
        public void receiver(LLL_Result r) {
            r.r1 = trial.queue.receive();
        }

        @Actor
        public void caller() {
            trial.execute();
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r2 = trial.queue.receive();
            r.r3 = trial.account();
        }
    }

    /** One caller makes two calls. */
    @JCStressTest
    @Outcome(id = "ab", expect = ACCEPTABLE, desc = "in order")
    @Outcome(expect = FORBIDDEN, desc = "out of order")
    @State
    public static class InOrder {
        private final CallQueue queue = CallQueue.create();
        private final StringBuilder log = new StringBuilder();
        private int received;

        @Actor
        public void caller() {
            queue.execute(() -> log.append('a'));
            queue.execute(() -> log.append('b'));
        }

        @Actor
        public void receiver(L_Result r) {
            Moment.until(() -> (received += queue.receive()) == 2);
            r.r1 = log.toString();
        }
    }

    /** One caller makes a call and waits for a second one. */
    @JCStressTest
    @Outcome(id = "ab", expect = ACCEPTABLE, desc = "in order")
    @Outcome(expect = FORBIDDEN, desc = "out of order")
    @State
    public static class InOrderWithTheLastAwaited {
        private final CallQueue queue = CallQueue.create();
        private final StringBuilder log = new StringBuilder();
        private int received;

        @Actor
        public void caller() {
            queue.execute(() -> log.append('a'));
            queue.call(() -> log.append('b'));
        }

        @Actor
        public void receiver(L_Result r) {
            Moment.until(() -> (received += queue.receive()) == 2);
            r.r1 = log.toString();
        }
    }
}
