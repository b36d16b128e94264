package dev.callqueue.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.Waiting;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A waiting thread is interrupted: it is told, or finds its flag set, and nobody else is interrupted. */
public final class Interrupting {
    private Interrupting() {}

    /** A caller, and somebody receives its call. */
    @JCStressTest
    @Outcome(id = "1, true, false, ran", expect = ACCEPTABLE, desc = "run")
    @Outcome(id = "interrupted, true, false, never ran", expect = ACCEPTABLE, desc = "withdrawn")
    @Outcome(id = "interrupted, true, false, ran late", expect = ACCEPTABLE, desc = "while it ran")
    @Outcome(expect = FORBIDDEN, desc = "an interrupt was lost or went astray, or the call was lost")
    @State
    public static class CallerVersusRun {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final Trial trial = new Trial(CallQueue.builder().waiting(Waiting.PARK));
        private final Handover<Thread> caller = new Handover<>();

        @Actor
        public void caller(LLLL_Result r) {
            caller.give(Thread.currentThread());
            r.r1 = Told.promptlyBy(() -> trial.queue.within(Told.LONG).call(trial::run));
            r.r2 = Thread.interrupted();
        }

        @Actor
        public void receiver(LLLL_Result r) {
            Thread waiting = caller.take();
            trial.awaitCall();
            Moment.pass(WHILE);
            waiting.interrupt();
            trial.queue.receive();
            r.r3 = Thread.interrupted();
        }

        @Arbiter
        public void end(LLLL_Result r) {
            r.r4 = trial.account();
        }
    }

    /** Somebody who looks at a call, and somebody else receives it. */
    @JCStressTest
    @Outcome(id = "1, true, false, ran", expect = ACCEPTABLE, desc = "too late for the interrupt")
    @Outcome(id = "interrupted, true, false, ran", expect = ACCEPTABLE, desc = "interrupted")
    @Outcome(expect = FORBIDDEN, desc = "an interrupt was lost or went astray, or the call was lost")
    @State
    public static class ResultVersusRun {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final Trial trial = new Trial(CallQueue.builder().waiting(Waiting.PARK));
        private final Handover<Thread> reader = new Handover<>();
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void reader(LLLL_Result r) {
            reader.give(Thread.currentThread());
            r.r1 = Told.promptlyBy(() -> call.result(Told.LONG));
            r.r2 = Thread.interrupted();
        }

        @Actor
        public void receiver(LLLL_Result r) {
            Thread waiting = reader.take();
            Moment.pass(WHILE);
            waiting.interrupt();
            trial.queue.receive();
            r.r3 = Thread.interrupted();
        }

        @Arbiter
        public void end(LLLL_Result r) {
            r.r4 = trial.account();
        }
    }

    /** Somebody in the {@code get} of a call, and somebody else receives it. */
    @JCStressTest
    @Outcome(id = "1, true, false, ran", expect = ACCEPTABLE, desc = "too late for the interrupt")
    @Outcome(id = "interrupted, false, false, ran", expect = ACCEPTABLE, desc = "interrupted")
    @Outcome(expect = FORBIDDEN, desc = "an interrupt was lost or went astray, or the call was lost")
    @State
    public static class GetVersusRun {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final Trial trial = new Trial(CallQueue.builder().waiting(Waiting.PARK));
        private final Handover<Thread> reader = new Handover<>();
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void reader(LLLL_Result r) {
            reader.give(Thread.currentThread());
            r.r1 = Told.promptlyBy(() -> call.get(4, TimeUnit.SECONDS));
            r.r2 = Thread.interrupted();
        }

        @Actor
        public void receiver(LLLL_Result r) {
            Thread waiting = reader.take();
            Moment.pass(WHILE);
            waiting.interrupt();
            trial.queue.receive();
            r.r3 = Thread.interrupted();
        }

        @Arbiter
        public void end(LLLL_Result r) {
            r.r4 = trial.account();
        }
    }

    /** Somebody in the {@code join} of a call, and somebody else receives it. */
    @JCStressTest
    @Outcome(id = "1, true, false, ran", expect = ACCEPTABLE, desc = "not interruptible")
    @Outcome(expect = FORBIDDEN, desc = "an interrupt was lost or went astray, or the call was lost")
    @State
    public static class JoinVersusRun {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final Trial trial = new Trial(CallQueue.builder().waiting(Waiting.PARK));
        private final Handover<Thread> reader = new Handover<>();
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void reader(LLLL_Result r) {
            reader.give(Thread.currentThread());
            r.r1 = Told.promptlyBy(call::join);
            r.r2 = Thread.interrupted();
        }

        @Actor
        public void receiver(LLLL_Result r) {
            Thread waiting = reader.take();
            Moment.pass(WHILE);
            waiting.interrupt();
            trial.queue.receive();
            r.r3 = Thread.interrupted();
        }

        @Arbiter
        public void end(LLLL_Result r) {
            r.r4 = trial.account();
        }
    }

    /** A call that may be interrupted is cancelled, and another call runs after it. */
    @JCStressTest
    @Outcome(id = "false, false, true", expect = ACCEPTABLE, desc = "nobody else is interrupted")
    @Outcome(expect = FORBIDDEN, desc = "an interrupt went astray")
    @State
    public static class CancelVersusNextCall {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final CallQueue queue = CallQueue.create();
        private final Call<Integer> call = queue.interruptible().submit(() -> {
            Moment.pass(WHILE);
            return 1;
        });
        private final Call<Boolean> next =
                queue.submit(() -> Thread.currentThread().isInterrupted());

        @Actor
        public void caller() {
            Moment.pass(WHILE);
            call.cancel(true);
        }

        @Actor
        public void receiver(LLL_Result r) {
            queue.receive();
            r.r1 = next.join();
            r.r2 = Thread.interrupted();
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r3 = call.isDone();
        }
    }

    /** The time of a call that may be interrupted is over, and another call runs after it. */
    @JCStressTest
    @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "nobody else is interrupted")
    @Outcome(expect = FORBIDDEN, desc = "an interrupt went astray")
    @State
    public static class TimeoutVersusNextCall {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final CallQueue queue = CallQueue.create();
        private final Flag callerHasEnded = new Flag();

        @Actor
        public void caller() {
            String unused = Told.by(() -> queue.interruptible().within(WHILE).callOrElse(1, () -> {
                Moment.pass(WHILE);
                return 2;
            }));
            callerHasEnded.raise();
        }

        @Actor
        public void receiver(LL_Result r) {
            Moment.until(() -> queue.size() > 0 || callerHasEnded.isUp());
            Call<Boolean> next = queue.submit(() -> Thread.currentThread().isInterrupted());
            queue.receive();
            r.r1 = next.join();
            r.r2 = Thread.interrupted();
        }
    }

    /** A waiting receiver, and a call arrives. */
    @JCStressTest
    @Outcome(id = "1, true, ran", expect = ACCEPTABLE, desc = "run")
    @Outcome(id = "interrupted, false, left in line 0 0 0 0", expect = ACCEPTABLE, desc = "interrupted")
    @Outcome(expect = FORBIDDEN, desc = "the interrupt or the call was lost")
    @State
    public static class ReceiverVersusArrival {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final Trial trial = new Trial(CallQueue.builder().waiting(Waiting.PARK));
        private final Handover<Thread> receiver = new Handover<>();
        private final Flag interrupted = new Flag();

        @Actor
        public void receiver(LLL_Result r) {
            receiver.give(Thread.currentThread());
            r.r1 = Told.promptlyBy(() -> trial.queue.receive(Told.LONG));
            interrupted.await();
            r.r2 = Thread.interrupted();
        }

        @Actor
        public void caller() {
            Thread waiting = receiver.take();
            Moment.pass(WHILE);
            Moment.inEitherOrder(trial::execute, waiting::interrupt);
            interrupted.raise();
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r3 = trial.account();
        }
    }

    /** A caller whose time is over. */
    @JCStressTest
    @Outcome(
            id = "(interrupted|withdrawn), true, never ran",
            expect = ACCEPTABLE,
            desc = "told of one, and of the other")
    @Outcome(expect = FORBIDDEN, desc = "the interrupt or the call was lost")
    @State
    public static class CallerVersusTimeout {
        private static final Duration LIMIT = Duration.ofNanos(20_000);
        private static final Duration AROUND = LIMIT.multipliedBy(2);

        private final Trial trial = new Trial(CallQueue.builder().waiting(Waiting.PARK));
        private final Handover<Thread> caller = new Handover<>();
        private final Flag interrupted = new Flag();

        @Actor
        public void caller(LLL_Result r) {
            caller.give(Thread.currentThread());
            r.r1 = Told.by(() -> trial.queue.within(LIMIT).call(trial::run));
            interrupted.await();
            r.r2 = Thread.interrupted();
        }

        @Actor
        public void other() {
            Thread waiting = caller.take();
            Moment.pass(AROUND);
            waiting.interrupt();
            interrupted.raise();
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r3 = trial.account();
        }
    }

    /** A caller, and the queue is closed at once. */
    @JCStressTest
    @Outcome(id = "(interrupted|closed), true, never ran", expect = ACCEPTABLE, desc = "told of one, and of the other")
    @Outcome(expect = FORBIDDEN, desc = "the interrupt or the call was lost")
    @State
    public static class CallerVersusCloseNow {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final Trial trial = new Trial(CallQueue.builder().waiting(Waiting.PARK));
        private final Handover<Thread> caller = new Handover<>();
        private final Flag interrupted = new Flag();

        @Actor
        public void caller(LLL_Result r) {
            caller.give(Thread.currentThread());
            r.r1 = Told.promptlyBy(() -> trial.queue.within(Told.LONG).call(trial::run));
            interrupted.await();
            r.r2 = Thread.interrupted();
        }

        @Actor
        public void closer() {
            Thread waiting = caller.take();
            trial.awaitCall();
            Moment.pass(WHILE);
            Moment.inEitherOrder(trial.queue::closeNow, waiting::interrupt);
            interrupted.raise();
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r3 = trial.account();
        }
    }

    /** Somebody who looks at a call, and somebody else withdraws it. */
    @JCStressTest
    @Outcome(
            id = "(interrupted|cancelled), true, never ran",
            expect = ACCEPTABLE,
            desc = "told of one, and of the other")
    @Outcome(expect = FORBIDDEN, desc = "the interrupt or the call was lost")
    @State
    public static class ResultVersusWithdrawal {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final Trial trial = new Trial(CallQueue.builder().waiting(Waiting.PARK));
        private final Handover<Thread> reader = new Handover<>();
        private final Flag interrupted = new Flag();
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void reader(LLL_Result r) {
            reader.give(Thread.currentThread());
            r.r1 = Told.promptlyBy(() -> call.result(Told.LONG));
            interrupted.await();
            r.r2 = Thread.interrupted();
        }

        @Actor
        public void other() {
            Thread waiting = reader.take();
            Moment.pass(WHILE);
            Moment.inEitherOrder(call::withdraw, waiting::interrupt);
            interrupted.raise();
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r3 = trial.account();
        }
    }
}
