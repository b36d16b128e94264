package dev.callqueue.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.callqueue.Call;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** A call is cancelled: it never runs, or its result is a late one. */
public final class Cancelling {
    private Cancelling() {}

    /** Somebody receives it, and is not interrupted. */
    @JCStressTest
    @Outcome(id = "true, false, withdrawn, never ran", expect = ACCEPTABLE, desc = "withdrawn")
    @Outcome(id = "true, false, cancelled, ran late", expect = ACCEPTABLE, desc = "cancelled while it ran")
    @Outcome(id = "false, false, 1, ran", expect = ACCEPTABLE, desc = "run")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, lost, or interrupted")
    @State
    public static class VersusRun {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void caller(LLLL_Result r) {
            r.r1 = call.cancel(true);
        }

        @Actor
        public void receiver(LLLL_Result r) {
            trial.queue.receive();
            r.r2 = Thread.interrupted();
        }

        @Arbiter
        public void end(LLLL_Result r) {
            r.r3 = Told.of(call);
            r.r4 = trial.account();
        }
    }

    /** The queue is closed at once. */
    @JCStressTest
    @Outcome(id = "true, withdrawn, never ran", expect = ACCEPTABLE, desc = "withdrawn")
    @Outcome(id = "false, closed, never ran", expect = ACCEPTABLE, desc = "refused")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class VersusCloseNow {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void caller(LLL_Result r) {
            r.r1 = call.cancel(false);
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
}
