package dev.callqueue.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.callqueue.Call;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A call is completed by hand: it never runs, or its own result is a late one. */
public final class CompletingByHand {
    private CompletingByHand() {}

    /** Somebody receives it. */
    @JCStressTest
    @Outcome(id = "true, withdrawn, never ran", expect = ACCEPTABLE, desc = "completed before it began")
    @Outcome(id = "true, 2, ran late", expect = ACCEPTABLE, desc = "completed while it ran")
    @Outcome(id = "false, 1, ran", expect = ACCEPTABLE, desc = "run")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class VersusRun {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void caller(LLL_Result r) {
            r.r1 = call.complete(Trial.OTHER_VALUE);
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

    /** With an exception, and somebody receives it. */
    @JCStressTest
    @Outcome(id = "true, withdrawn, never ran", expect = ACCEPTABLE, desc = "completed before it began")
    @Outcome(
            id = "true, java.lang.IllegalStateException: by hand, ran late",
            expect = ACCEPTABLE,
            desc = "completed while it ran")
    @Outcome(id = "false, 1, ran", expect = ACCEPTABLE, desc = "run")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class ExceptionallyVersusRun {
        private final IllegalStateException failure = new IllegalStateException("by hand");
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void caller(LLL_Result r) {
            r.r1 = call.completeExceptionally(failure);
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

    /** Somebody else completes it with an exception. */
    @JCStressTest
    @Outcome(id = "true, false, 2, never ran", expect = ACCEPTABLE, desc = "the value was first")
    @Outcome(
            id = "false, true, java.lang.IllegalStateException: by hand, never ran",
            expect = ACCEPTABLE,
            desc = "the exception was first")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class VersusCompletionByAnother {
        private final IllegalStateException failure = new IllegalStateException("by hand");
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void caller(LLLL_Result r) {
            r.r1 = call.complete(Trial.OTHER_VALUE);
        }

        @Actor
        public void other(LLLL_Result r) {
            r.r2 = call.completeExceptionally(failure);
        }

        @Arbiter
        public void end(LLLL_Result r) {
            r.r3 = Told.by(call::result);
            r.r4 = trial.account();
        }
    }

    /** The queue is closed at once. */
    @JCStressTest
    @Outcome(id = "true, withdrawn, never ran", expect = ACCEPTABLE, desc = "completed")
    @Outcome(id = "false, closed, never ran", expect = ACCEPTABLE, desc = "refused")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class VersusCloseNow {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void caller(LLL_Result r) {
            r.r1 = call.complete(Trial.OTHER_VALUE);
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

    /** A stage is added. */
    @JCStressTest
    @Outcome(id = "1, true", expect = ACCEPTABLE, desc = "run once, with the value")
    @Outcome(expect = FORBIDDEN, desc = "never or twice, or before the outcome")
    @State
    public static class VersusStage {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);
        private final AtomicInteger stages = new AtomicInteger();
        private volatile boolean right;

        @Actor
        public void caller() {
            var unused = call.thenAccept(value -> {
                right = call.isDone() && value == Trial.OTHER_VALUE;
                stages.incrementAndGet();
            });
        }

        @Actor
        public void other() {
            call.complete(Trial.OTHER_VALUE);
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r1 = stages.get();
            r.r2 = right;
        }
    }
}
