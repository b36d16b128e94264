package dev.callqueue.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.callqueue.Call;
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

    /** A caller waits. */
    @JCStressTest
    @Outcome(id = "1, ran", expect = ACCEPTABLE, desc = "run")
    @Outcome(id = "gone, never ran", expect = ACCEPTABLE, desc = "released by the watch")
    @Outcome(id = "gone, not let in", expect = ACCEPTABLE, desc = "refused at the door")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or left waiting")
    @State
    public static class VersusWaitingCaller {
        /** About as long as a thread takes to start and to end. */
        private static final Duration START = Duration.ofNanos(150_000);

        /** The watch releases the caller, and tells the listener a moment later. */
        private static final Duration AFTERWARDS = Duration.ofMillis(20);

        private final Thread owner = new Thread(this::receive);
        private final Trial trial = new Trial(CallQueue.builder().owner(owner));

        private void receive() {
            trial.queue.receive();
        }

        @Actor
        public void caller(LL_Result r) {
            Moment.pass(START);
            r.r1 = Told.promptlyBy(() -> trial.queue.call(trial::run));
        }

        @Actor
        public void owner() {
            owner.start();
            Moment.until(() -> !owner.isAlive());
        }

        @Arbiter
        public void end(LL_Result r) {
            Moment.until(() -> !trial.account().equals("not let in"), AFTERWARDS);
            r.r2 = trial.account();
        }
    }

    /** The call is withdrawn. */
    @JCStressTest
    @Outcome(id = "true, withdrawn, never ran", expect = ACCEPTABLE, desc = "withdrawn")
    @Outcome(id = "true, gone, never ran", expect = ACCEPTABLE, desc = "refused by the watch")
    @Outcome(id = "false, 1, ran", expect = ACCEPTABLE, desc = "run")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class VersusWithdrawal {
        /** About as long as a thread takes to start and to end. */
        private static final Duration START = Duration.ofNanos(150_000);

        private final Thread owner = new Thread(this::receive);
        private final Trial trial = new Trial(CallQueue.builder().owner(owner));
        private final Call<Integer> call = trial.queue.submit(trial::run);

        private void receive() {
            trial.queue.receive();
        }

        @Actor
        public void caller(LLL_Result r) {
            Moment.pass(START);
            r.r1 = call.withdraw();
        }

        @Actor
        public void owner() {
            owner.start();
            Moment.until(() -> !owner.isAlive());
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r2 = Told.eventuallyOf(call);
            r.r3 = trial.awaitAccount();
        }
    }

    /** The queue is closed. */
    @JCStressTest
    @Outcome(id = "1, ran", expect = ACCEPTABLE, desc = "run")
    @Outcome(id = "(closed|gone), never ran", expect = ACCEPTABLE, desc = "refused")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class VersusClose {
        /** About as long as a thread takes to start and to end. */
        private static final Duration START = Duration.ofNanos(150_000);

        private final Thread owner = new Thread(this::receive);
        private final Trial trial = new Trial(CallQueue.builder().owner(owner));
        private final Call<Integer> call = trial.queue.submit(trial::run);

        private void receive() {
            trial.queue.receive();
        }

        @Actor
        public void closer() {
            Moment.pass(START);
            trial.queue.close();
        }

        @Actor
        public void owner() {
            owner.start();
            Moment.until(() -> !owner.isAlive());
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r1 = Told.eventuallyOf(call);
            r.r2 = trial.awaitAccount();
        }
    }
}
