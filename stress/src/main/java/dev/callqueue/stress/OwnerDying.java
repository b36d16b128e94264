package dev.callqueue.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.callqueue.CallQueue;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** The owner receives once and ends: a call is run or refused, and nobody waits for the dead. */
public final class OwnerDying {
    private OwnerDying() {}

    /** A call is submitted. */
    @JCStressTest
    @Outcome(id = "let in, 1, ran", expect = ACCEPTABLE, desc = "run")
    @Outcome(id = "let in, gone, never ran", expect = ACCEPTABLE, desc = "refused by the watch")
    @Outcome(id = "gone, none, not let in", expect = ACCEPTABLE, desc = "refused at the door")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class VersusSubmit {
        /** About as long as a thread takes to start and to end. */
        private static final Duration START = Duration.ofNanos(150_000);

        private final Thread owner = new Thread(this::receive);
        private final Trial trial = new Trial(CallQueue.builder().owner(owner));

        private void receive() {
            trial.queue.receive();
        }

        @Actor
        public void caller(LLL_Result r) {
            Moment.pass(START);
            r.r1 = trial.submit();
        }

        @Actor
        public void owner() {
            owner.start();
            Moment.until(() -> !owner.isAlive());
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r2 = trial.awaitOutcome();
            r.r3 = r.r2.equals("none") ? trial.account() : trial.awaitAccount();
        }
    }

    /** A call is executed. */
    @JCStressTest
    @Outcome(id = "let in, ran", expect = ACCEPTABLE, desc = "run")
    @Outcome(id = "let in, never ran", expect = ACCEPTABLE, desc = "refused by the watch")
    @Outcome(id = "gone, not let in", expect = ACCEPTABLE, desc = "refused at the door")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class VersusExecute {
        /** About as long as a thread takes to start and to end. */
        private static final Duration START = Duration.ofNanos(150_000);

        private final Thread owner = new Thread(this::receive);
        private final Trial trial = new Trial(CallQueue.builder().owner(owner));

        private void receive() {
            trial.queue.receive();
        }

        @Actor
        public void caller(LL_Result r) {
            Moment.pass(START);
            r.r1 = trial.execute();
        }

        @Actor
        public void owner() {
            owner.start();
            Moment.until(() -> !owner.isAlive());
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r2 = r.r1.equals("gone") ? trial.account() : trial.awaitAccount();
        }
    }
}
