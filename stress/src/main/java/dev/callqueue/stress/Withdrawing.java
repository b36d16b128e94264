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

/** A call is withdrawn before it begins, or it runs. */
public final class Withdrawing {
    private Withdrawing() {}

    /** Somebody receives it. */
    @JCStressTest
    @Outcome(id = "true, withdrawn, never ran", expect = ACCEPTABLE, desc = "withdrawn")
    @Outcome(id = "false, 1, ran", expect = ACCEPTABLE, desc = "run")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class VersusRun {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void caller(LLL_Result r) {
            r.r1 = call.withdraw();
        }

        @Actor
        public void receiver() {
            trial.queue.receive();
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r2 = Told.of(call);
            r.r3 = trial.account();
        }
    }

    /** Somebody else withdraws it. */
    @JCStressTest
    @Outcome(id = "true, true, withdrawn, never ran", expect = ACCEPTABLE, desc = "withdrawn, and told once")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class VersusWithdrawal {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void caller(LLLL_Result r) {
            r.r1 = call.withdraw();
        }

        @Actor
        public void other(LLLL_Result r) {
            r.r2 = call.withdraw();
        }

        @Arbiter
        public void end(LLLL_Result r) {
            r.r3 = Told.of(call);
            r.r4 = trial.account();
        }
    }

    /** Somebody else cancels it. */
    @JCStressTest
    @Outcome(id = "true, true, withdrawn, never ran", expect = ACCEPTABLE, desc = "withdrawn, and told once")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class VersusCancel {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void caller(LLLL_Result r) {
            r.r1 = call.withdraw();
        }

        @Actor
        public void other(LLLL_Result r) {
            r.r2 = call.cancel(true);
        }

        @Arbiter
        public void end(LLLL_Result r) {
            r.r3 = Told.of(call);
            r.r4 = trial.account();
        }
    }

    /** Somebody else completes it by hand. */
    @JCStressTest
    @Outcome(id = "true, true, 2, never ran", expect = ACCEPTABLE, desc = "completed")
    @Outcome(id = "true, false, cancelled, never ran", expect = ACCEPTABLE, desc = "withdrawn")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class VersusCompletion {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void caller(LLLL_Result r) {
            r.r1 = call.withdraw();
        }

        @Actor
        public void other(LLLL_Result r) {
            r.r2 = call.complete(Trial.OTHER_VALUE);
        }

        @Arbiter
        public void end(LLLL_Result r) {
            r.r3 = Told.by(call::result);
            r.r4 = trial.account();
        }
    }

    /** The queue is closed. */
    @JCStressTest
    @Outcome(id = "true, withdrawn, never ran", expect = ACCEPTABLE, desc = "withdrawn")
    @Outcome(id = "true, closed, never ran", expect = ACCEPTABLE, desc = "refused")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class VersusClose {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void caller(LLL_Result r) {
            r.r1 = call.withdraw();
        }

        @Actor
        public void closer() {
            trial.queue.close();
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r2 = Told.of(call);
            r.r3 = trial.account();
        }
    }

    /** The queue is closed at once. */
    @JCStressTest
    @Outcome(id = "true, withdrawn, never ran", expect = ACCEPTABLE, desc = "withdrawn")
    @Outcome(id = "true, closed, never ran", expect = ACCEPTABLE, desc = "refused")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class VersusCloseNow {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void caller(LLL_Result r) {
            r.r1 = call.withdraw();
        }

        @Actor
        public void closer() {
            trial.queue.closeNow();
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r2 = Told.of(call);
            r.r3 = trial.account();
        }
    }

    /** Somebody receives it and its neighbours in the line. */
    @JCStressTest
    @Outcome(id = "true, 1, withdrawn, 1, 0", expect = ACCEPTABLE, desc = "withdrawn")
    @Outcome(id = "false, 1, 1, 1, 0", expect = ACCEPTABLE, desc = "run")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class VersusRunOfNeighbours {
        private final CallQueue queue = CallQueue.create();
        private final Call<Integer> before = queue.submit(() -> 1);
        private final Call<Integer> call = queue.submit(() -> 1);
        private final Call<Integer> after = queue.submit(() -> 1);

        @Actor
        public void caller(LLLLL_Result r) {
            r.r1 = call.withdraw();
        }

        @Actor
        public void receiver() {
            queue.receive();
        }

        @Arbiter
        public void end(LLLLL_Result r) {
            r.r2 = Told.of(before);
            r.r3 = Told.of(call);
            r.r4 = Told.of(after);
            r.r5 = queue.size();
        }
    }

    /** Its neighbour in the line is withdrawn. */
    @JCStressTest
    @Outcome(id = "true, true, 1, 1", expect = ACCEPTABLE, desc = "both withdrawn, and the others run")
    @Outcome(expect = FORBIDDEN, desc = "a link of the line is broken")
    @State
    public static class VersusWithdrawalOfNeighbour {
        private final CallQueue queue = CallQueue.create();
        private final Call<Integer> before = queue.submit(() -> 1);
        private final Call<Integer> call = queue.submit(() -> 1);
        private final Call<Integer> neighbour = queue.submit(() -> 1);
        private final Call<Integer> after = queue.submit(() -> 1);

        @Actor
        public void caller(LLLL_Result r) {
            r.r1 = call.withdraw();
        }

        @Actor
        public void other(LLLL_Result r) {
            r.r2 = neighbour.withdraw();
        }

        @Arbiter
        public void end(LLLL_Result r) {
            queue.receive();
            r.r3 = Told.of(before);
            r.r4 = Told.of(after);
        }
    }
}
