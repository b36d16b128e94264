package dev.callqueue.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.Waiting;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** The queue is closed: what it let in before runs or is refused, and nobody is left waiting. */
public final class Closing {
    private Closing() {}

    /** Somebody receives a call. */
    @JCStressTest
    @Outcome(id = "1, 1, ran", expect = ACCEPTABLE, desc = "run")
    @Outcome(id = "0, closed, never ran", expect = ACCEPTABLE, desc = "refused")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class VersusRun {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void receiver(LLL_Result r) {
            r.r1 = trial.queue.receive();
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

    /** At once, and somebody receives a call. */
    @JCStressTest
    @Outcome(id = "1, 1, ran", expect = ACCEPTABLE, desc = "run")
    @Outcome(id = "0, closed, never ran", expect = ACCEPTABLE, desc = "refused")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class NowVersusRun {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void receiver(LLL_Result r) {
            r.r1 = trial.queue.receive();
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

    /** By one who receives the rest, and somebody else receives, too. */
    @JCStressTest
    @Outcome(id = "1, 0, 1, ran", expect = ACCEPTABLE, desc = "the other was first")
    @Outcome(id = "0, 1, 1, ran", expect = ACCEPTABLE, desc = "the closing one was first")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class AndReceiveVersusRun {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void receiver(LLLL_Result r) {
            r.r1 = trial.queue.receive();
        }

        @Actor
        public void closer(LLLL_Result r) {
            r.r2 = trial.queue.closeAndReceive();
        }

        @Arbiter
        public void end(LLLL_Result r) {
            r.r3 = Told.of(call);
            r.r4 = trial.account();
        }
    }

    /** A call is submitted. */
    @JCStressTest
    @Outcome(id = "let in, closed, never ran", expect = ACCEPTABLE, desc = "let in, and refused by the close")
    @Outcome(id = "closed, none, not let in", expect = ACCEPTABLE, desc = "refused at the door")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class VersusSubmit {
        private final Trial trial = new Trial();

        @Actor
        public void caller(LLL_Result r) {
            r.r1 = trial.submit();
        }

        @Actor
        public void closer() {
            trial.queue.close();
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r2 = trial.outcome();
            r.r3 = trial.account();
        }
    }

    /** At once, and a call is submitted. */
    @JCStressTest
    @Outcome(id = "let in, closed, never ran", expect = ACCEPTABLE, desc = "let in, and refused by the close")
    @Outcome(id = "closed, none, not let in", expect = ACCEPTABLE, desc = "refused at the door")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class NowVersusSubmit {
        private final Trial trial = new Trial();

        @Actor
        public void caller(LLL_Result r) {
            r.r1 = trial.submit();
        }

        @Actor
        public void closer() {
            trial.queue.closeNow();
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r2 = trial.outcome();
            r.r3 = trial.account();
        }
    }

    /** By one who receives the rest, and a call is submitted. */
    @JCStressTest
    @Outcome(id = "let in, 1, ran", expect = ACCEPTABLE, desc = "let in, and run")
    @Outcome(id = "closed, none, not let in", expect = ACCEPTABLE, desc = "refused at the door")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class AndReceiveVersusSubmit {
        private final Trial trial = new Trial();

        @Actor
        public void caller(LLL_Result r) {
            r.r1 = trial.submit();
        }

        @Actor
        public void closer() {
            trial.queue.closeAndReceive();
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r2 = trial.outcome();
            r.r3 = trial.account();
        }
    }

    /** A call is executed. */
    @JCStressTest
    @Outcome(id = "let in, never ran", expect = ACCEPTABLE, desc = "let in, and refused by the close")
    @Outcome(id = "closed, not let in", expect = ACCEPTABLE, desc = "refused at the door")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class VersusExecute {
        private final Trial trial = new Trial();

        @Actor
        public void caller(LL_Result r) {
            r.r1 = trial.execute();
        }

        @Actor
        public void closer() {
            trial.queue.close();
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r2 = trial.account();
        }
    }

    /** At once, and a call is executed. */
    @JCStressTest
    @Outcome(id = "let in, never ran", expect = ACCEPTABLE, desc = "let in, and refused by the close")
    @Outcome(id = "closed, not let in", expect = ACCEPTABLE, desc = "refused at the door")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class NowVersusExecute {
        private final Trial trial = new Trial();

        @Actor
        public void caller(LL_Result r) {
            r.r1 = trial.execute();
        }

        @Actor
        public void closer() {
            trial.queue.closeNow();
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r2 = trial.account();
        }
    }

    /** A caller waits. */
    @JCStressTest
    @Outcome(id = "closed, never ran", expect = ACCEPTABLE, desc = "woken, and told")
    @Outcome(expect = FORBIDDEN, desc = "left waiting")
    @State
    public static class VersusWaitingCaller {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final Trial trial = new Trial(CallQueue.builder().waiting(Waiting.PARK));

        @Actor
        public void caller(LL_Result r) {
            r.r1 = Told.promptlyBy(() -> trial.queue.within(Told.LONG).call(trial::run));
        }

        @Actor
        public void closer() {
            trial.awaitCall();
            Moment.pass(WHILE);
            trial.queue.close();
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r2 = trial.account();
        }
    }

    /** At once, and a caller waits. */
    @JCStressTest
    @Outcome(id = "closed, never ran", expect = ACCEPTABLE, desc = "woken, and told")
    @Outcome(expect = FORBIDDEN, desc = "left waiting")
    @State
    public static class NowVersusWaitingCaller {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final Trial trial = new Trial(CallQueue.builder().waiting(Waiting.PARK));

        @Actor
        public void caller(LL_Result r) {
            r.r1 = Told.promptlyBy(() -> trial.queue.within(Told.LONG).call(trial::run));
        }

        @Actor
        public void closer() {
            trial.awaitCall();
            Moment.pass(WHILE);
            trial.queue.closeNow();
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r2 = trial.account();
        }
    }

    /** A receiver waits for a call. */
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "woken")
    @Outcome(expect = FORBIDDEN, desc = "left waiting")
    @State
    public static class VersusWaitingReceiver {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final Trial trial = new Trial(CallQueue.builder().waiting(Waiting.PARK));

        @Actor
        public void receiver(L_Result r) {
            r.r1 = Told.promptlyBy(() -> trial.queue.receive(Told.LONG));
        }

        @Actor
        public void closer() {
            Moment.pass(WHILE);
            trial.queue.close();
        }
    }

    /** Somebody receives until the queue is closed, and a call came before that. */
    @JCStressTest
    @Outcome(id = "null, 1, ran", expect = ACCEPTABLE, desc = "received")
    @Outcome(id = "null, closed, never ran", expect = ACCEPTABLE, desc = "closed before anybody received")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class VersusReceivingUntilClosed {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final Trial trial = new Trial(CallQueue.builder().waiting(Waiting.PARK));

        @Actor
        public void receiver(LLL_Result r) {
            r.r1 = Told.by(() -> {
                trial.queue.receiveUntilClosed();
                return null;
            });
        }

        @Actor
        public void closer() {
            Moment.pass(WHILE);
            trial.submit();
            trial.queue.close();
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r2 = trial.outcome();
            r.r3 = trial.account();
        }
    }

    /** The queue has a consumer of its own, which runs the rest, and a call is submitted. */
    @JCStressTest
    @Outcome(id = "let in, 1, ran", expect = ACCEPTABLE, desc = "let in, and run")
    @Outcome(id = "closed, none, not let in", expect = ACCEPTABLE, desc = "refused at the door")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class ConsumersVersusSubmit {
        private final Trial trial = new Trial(CallQueue.builder().consumers(1));

        @Actor
        public void caller(LLL_Result r) {
            r.r1 = trial.submit();
        }

        @Actor
        public void closer() {
            trial.queue.close();
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r2 = trial.awaitOutcome();
            r.r3 = r.r2.equals("none") ? trial.account() : trial.awaitAccount();
        }
    }

    /** At once, the queue has a consumer of its own, and a call is submitted. */
    @JCStressTest
    @Outcome(id = "let in, 1, ran", expect = ACCEPTABLE, desc = "let in, and run")
    @Outcome(id = "let in, closed, never ran", expect = ACCEPTABLE, desc = "let in, and refused by the close")
    @Outcome(id = "closed, none, not let in", expect = ACCEPTABLE, desc = "refused at the door")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class ConsumersNowVersusSubmit {
        private final Trial trial = new Trial(CallQueue.builder().consumers(1));

        @Actor
        public void caller(LLL_Result r) {
            r.r1 = trial.submit();
        }

        @Actor
        public void closer() {
            trial.queue.closeNow();
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r2 = trial.awaitOutcome();
            r.r3 = r.r2.equals("none") ? trial.account() : trial.awaitAccount();
        }
    }

    /** By one, and at once by another, and a call came before that. */
    @JCStressTest
    @Outcome(id = "closed, never ran", expect = ACCEPTABLE, desc = "refused by one of them")
    @Outcome(expect = FORBIDDEN, desc = "twice, or lost")
    @State
    public static class VersusCloseNow {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void closer() {
            trial.queue.close();
        }

        @Actor
        public void other() {
            trial.queue.closeNow();
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r1 = Told.of(call);
            r.r2 = trial.account();
        }
    }
}
