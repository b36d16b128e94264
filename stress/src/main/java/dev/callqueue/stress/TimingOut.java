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

/** The time of a caller is over: an un-begun call never runs, the result of a running one is late. */
public final class TimingOut {
    private TimingOut() {}

    /** A caller waits, and somebody receives its call. */
    @JCStressTest
    @Outcome(id = "1, ran", expect = ACCEPTABLE, desc = "in time")
    @Outcome(id = "withdrawn, never ran", expect = ACCEPTABLE, desc = "too late")
    @Outcome(id = "timeout, ran late", expect = ACCEPTABLE, desc = "while it ran")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class CallVersusRun {
        private static final Duration LIMIT = Duration.ofNanos(20_000);
        private static final Duration AROUND = LIMIT.multipliedBy(2);

        private final Trial trial = new Trial();
        private final Flag callerHasEnded = new Flag();

        @Actor
        public void caller(LL_Result r) {
            r.r1 = Told.by(() -> trial.queue.within(LIMIT).call(trial::run));
            callerHasEnded.raise();
        }

        @Actor
        public void receiver() {
            trial.awaitCallUnless(callerHasEnded, AROUND);
            trial.queue.receive();
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r2 = trial.account();
        }
    }

    /** A caller is parked, and somebody receives its call. */
    @JCStressTest
    @Outcome(id = "1, ran", expect = ACCEPTABLE, desc = "in time")
    @Outcome(id = "withdrawn, never ran", expect = ACCEPTABLE, desc = "too late")
    @Outcome(id = "timeout, ran late", expect = ACCEPTABLE, desc = "while it ran")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class ParkedCallVersusRun {
        private static final Duration LIMIT = Duration.ofNanos(20_000);
        private static final Duration AROUND = LIMIT.multipliedBy(2);

        private final Trial trial = new Trial(CallQueue.builder().waiting(Waiting.PARK));
        private final Flag callerHasEnded = new Flag();

        @Actor
        public void caller(LL_Result r) {
            r.r1 = Told.by(() -> trial.queue.within(LIMIT).call(trial::run));
            callerHasEnded.raise();
        }

        @Actor
        public void receiver() {
            trial.awaitCallUnless(callerHasEnded, AROUND);
            trial.queue.receive();
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r2 = trial.account();
        }
    }

    /** A caller with an alternative waits, and somebody receives its call. */
    @JCStressTest
    @Outcome(id = "1, ran", expect = ACCEPTABLE, desc = "in time")
    @Outcome(id = "2, never ran", expect = ACCEPTABLE, desc = "too late")
    @Outcome(id = "2, ran late", expect = ACCEPTABLE, desc = "while it ran")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class CallOrElseVersusRun {
        private static final Duration LIMIT = Duration.ofNanos(20_000);
        private static final Duration AROUND = LIMIT.multipliedBy(2);

        private final Trial trial = new Trial();
        private final Flag callerHasEnded = new Flag();

        @Actor
        public void caller(LL_Result r) {
            r.r1 = trial.queue.within(LIMIT).callOrElse(Trial.OTHER_VALUE, trial::run);
            callerHasEnded.raise();
        }

        @Actor
        public void receiver() {
            trial.awaitCallUnless(callerHasEnded, AROUND);
            trial.queue.receive();
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r2 = trial.account();
        }
    }

    /** A submitted call has no time at all, and somebody receives it. */
    @JCStressTest
    @Outcome(id = "1, ran", expect = ACCEPTABLE, desc = "run")
    @Outcome(id = "withdrawn, never ran", expect = ACCEPTABLE, desc = "withdrawn")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class SubmitVersusRun {
        private final Trial trial = new Trial();
        private final Flag callerHasEnded = new Flag();
        private final Handover<Call<Integer>> call = new Handover<>();

        @Actor
        public void caller() {
            call.give(trial.queue.within(Duration.ZERO).submit(trial::run));
            callerHasEnded.raise();
        }

        @Actor
        public void receiver() {
            Moment.until(() -> trial.queue.size() > 0 || callerHasEnded.isUp());
            trial.queue.receive();
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r1 = Told.of(call.take());
            r.r2 = trial.account();
        }
    }

    /** A caller waits, and the queue is closed. */
    @JCStressTest
    @Outcome(id = "withdrawn, never ran", expect = ACCEPTABLE, desc = "withdrawn")
    @Outcome(id = "closed, never ran", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "closed, not let in", expect = ACCEPTABLE, desc = "too late")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class CallVersusClose {
        private static final Duration LIMIT = Duration.ofNanos(20_000);
        private static final Duration AROUND = LIMIT.multipliedBy(2);

        private final Trial trial = new Trial();
        private final Flag callerHasEnded = new Flag();

        @Actor
        public void caller(LL_Result r) {
            r.r1 = Told.by(() -> trial.queue.within(LIMIT).call(trial::run));
            callerHasEnded.raise();
        }

        @Actor
        public void closer() {
            trial.awaitCallUnless(callerHasEnded, AROUND);
            trial.queue.close();
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r2 = trial.account();
        }
    }

    /** Somebody looks at a call for a while, which never withdraws it, and somebody else receives it. */
    @JCStressTest
    @Outcome(id = "1, 1, ran", expect = ACCEPTABLE, desc = "in time")
    @Outcome(id = "timeout, 1, ran", expect = ACCEPTABLE, desc = "too late")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class ReaderVersusRun {
        private static final Duration LIMIT = Duration.ofNanos(20_000);
        private static final Duration AROUND = LIMIT.multipliedBy(2);

        private final Trial trial = new Trial();
        private final Flag callerHasEnded = new Flag();
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void reader(LLL_Result r) {
            r.r1 = Told.by(() -> call.result(LIMIT));
            callerHasEnded.raise();
        }

        @Actor
        public void receiver() {
            trial.awaitCallUnless(callerHasEnded, AROUND);
            trial.queue.receive();
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r2 = Told.of(call);
            r.r3 = trial.account();
        }
    }

    /** A caller waits, and the queue is closed at once. */
    @JCStressTest
    @Outcome(id = "withdrawn, never ran", expect = ACCEPTABLE, desc = "withdrawn")
    @Outcome(id = "closed, never ran", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "closed, not let in", expect = ACCEPTABLE, desc = "too late")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class CallVersusCloseNow {
        private static final Duration LIMIT = Duration.ofNanos(20_000);
        private static final Duration AROUND = LIMIT.multipliedBy(2);

        private final Trial trial = new Trial();
        private final Flag callerHasEnded = new Flag();

        @Actor
        public void caller(LL_Result r) {
            r.r1 = Told.by(() -> trial.queue.within(LIMIT).call(trial::run));
            callerHasEnded.raise();
        }

        @Actor
        public void closer() {
            trial.awaitCallUnless(callerHasEnded, AROUND);
            trial.queue.closeNow();
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r2 = trial.account();
        }
    }

    /** The time of a submitted call is over while it is withdrawn, and somebody receives it. */
    @JCStressTest
    @Outcome(id = "true, withdrawn, never ran", expect = ACCEPTABLE, desc = "withdrawn, by whom ever")
    @Outcome(id = "false, 1, ran", expect = ACCEPTABLE, desc = "run")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class SubmitVersusWithdrawalAndRun {
        private static final Duration LIMIT = Duration.ofNanos(20_000);
        private static final Duration AROUND = LIMIT.multipliedBy(10);

        private final Trial trial = new Trial();
        private final Flag callerHasEnded = new Flag();
        private final Handover<Call<Integer>> call = new Handover<>();

        @Actor
        public void caller(LLL_Result r) {
            Call<Integer> made = call.give(trial.queue.within(LIMIT).submit(trial::run));
            Moment.pass(AROUND);
            r.r1 = made.withdraw();
            callerHasEnded.raise();
        }

        @Actor
        public void receiver() {
            trial.awaitCallUnless(callerHasEnded, AROUND);
            trial.queue.receive();
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r2 = Told.eventuallyOf(call.take());
            r.r3 = trial.awaitAccount();
        }
    }

    /** The time of a submitted call is over while it is completed by hand. */
    @JCStressTest
    @Outcome(id = "true, true, withdrawn, never ran", expect = ACCEPTABLE, desc = "completed")
    @Outcome(id = "false, false, withdrawn, never ran", expect = ACCEPTABLE, desc = "too late")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class SubmitVersusCompletion {
        private static final Duration LIMIT = Duration.ofNanos(20_000);
        private static final Duration AROUND = LIMIT.multipliedBy(10);

        private final Trial trial = new Trial();
        private final Handover<Call<Integer>> call = new Handover<>();

        @Actor
        public void caller() {
            call.give(trial.queue.within(LIMIT).submit(trial::run));
        }

        @Actor
        public void other(LLLL_Result r) {
            Call<Integer> made = call.take();
            Moment.pass(AROUND);
            r.r1 = made.complete(Trial.OTHER_VALUE);
        }

        @Arbiter
        public void end(LLLL_Result r) {
            Call<Integer> made = call.take();
            r.r3 = Told.eventuallyOf(made);
            r.r2 = !made.isCompletedExceptionally();
            r.r4 = trial.awaitAccount();
        }
    }
}
