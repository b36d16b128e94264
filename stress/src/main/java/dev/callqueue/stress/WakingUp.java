package dev.callqueue.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.Harvest;
import dev.callqueue.Waiting;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** A thread begins to wait while what it waits for comes: it never sleeps until its time limit. */
public final class WakingUp {
    private WakingUp() {}

    /** A caller is parked, and its call is run. */
    @JCStressTest
    @Outcome(id = "1, ran", expect = ACCEPTABLE, desc = "woken")
    @Outcome(expect = FORBIDDEN, desc = "left waiting")
    @State
    public static class ParkedCaller {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final Trial trial = new Trial(CallQueue.builder().waiting(Waiting.PARK));

        @Actor
        public void caller(LL_Result r) {
            r.r1 = Told.promptlyBy(() -> trial.queue.within(Told.LONG).call(trial::run));
        }

        @Actor
        public void receiver() {
            trial.awaitCall();
            Moment.pass(WHILE);
            trial.queue.receive();
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r2 = trial.account();
        }
    }

    /** A caller spins and is parked, and its call is run. */
    @JCStressTest
    @Outcome(id = "1, ran", expect = ACCEPTABLE, desc = "woken")
    @Outcome(expect = FORBIDDEN, desc = "left waiting")
    @State
    public static class HybridCaller {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final Trial trial = new Trial();

        @Actor
        public void caller(LL_Result r) {
            r.r1 = Told.promptlyBy(() -> trial.queue.within(Told.LONG).call(trial::run));
        }

        @Actor
        public void receiver() {
            trial.awaitCall();
            Moment.pass(WHILE);
            trial.queue.receive();
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r2 = trial.account();
        }
    }

    /** A caller spins, and its call is run. */
    @JCStressTest
    @Outcome(id = "1, ran", expect = ACCEPTABLE, desc = "woken")
    @Outcome(expect = FORBIDDEN, desc = "left waiting")
    @State
    public static class SpinningCaller {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final Trial trial = new Trial(CallQueue.builder().waiting(Waiting.SPIN));

        @Actor
        public void caller(LL_Result r) {
            r.r1 = Told.promptlyBy(() -> trial.queue.within(Told.LONG).call(trial::run));
        }

        @Actor
        public void receiver() {
            trial.awaitCall();
            Moment.pass(WHILE);
            trial.queue.receive();
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r2 = trial.account();
        }
    }

    /** A caller without a time limit is parked, and its call is run. */
    @JCStressTest
    @Outcome(id = "1, ran", expect = ACCEPTABLE, desc = "woken")
    @Outcome(expect = FORBIDDEN, desc = "left waiting")
    @State
    public static class UnlimitedCaller {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final Trial trial = new Trial(CallQueue.builder().waiting(Waiting.PARK));

        @Actor
        public void caller(LL_Result r) {
            r.r1 = Told.promptlyBy(() -> trial.queue.call(trial::run));
        }

        @Actor
        public void receiver() {
            trial.awaitCall();
            Moment.pass(WHILE);
            trial.queue.receive();
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r2 = trial.account();
        }
    }

    /** Somebody waits in {@code result}, and the call is run. */
    @JCStressTest
    @Outcome(id = "1, ran", expect = ACCEPTABLE, desc = "woken")
    @Outcome(expect = FORBIDDEN, desc = "left waiting")
    @State
    public static class Result {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final Trial trial = new Trial(CallQueue.builder().waiting(Waiting.PARK));
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void reader(LL_Result r) {
            r.r1 = Told.promptlyBy(() -> call.result(Told.LONG));
        }

        @Actor
        public void receiver() {
            Moment.pass(WHILE);
            trial.queue.receive();
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r2 = trial.account();
        }
    }

    /** Somebody waits in {@code get}, and the call is run. */
    @JCStressTest
    @Outcome(id = "1, ran", expect = ACCEPTABLE, desc = "woken")
    @Outcome(expect = FORBIDDEN, desc = "left waiting")
    @State
    public static class Get {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final Trial trial = new Trial(CallQueue.builder().waiting(Waiting.PARK));
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void reader(LL_Result r) {
            r.r1 = Told.promptlyBy(() -> call.get(4, TimeUnit.SECONDS));
        }

        @Actor
        public void receiver() {
            Moment.pass(WHILE);
            trial.queue.receive();
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r2 = trial.account();
        }
    }

    /** Somebody waits in {@code join}, and the call is run. */
    @JCStressTest
    @Outcome(id = "1, ran", expect = ACCEPTABLE, desc = "woken")
    @Outcome(expect = FORBIDDEN, desc = "left waiting")
    @State
    public static class Join {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final Trial trial = new Trial(CallQueue.builder().waiting(Waiting.PARK));
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void reader(LL_Result r) {
            r.r1 = Told.promptlyBy(call::join);
        }

        @Actor
        public void receiver() {
            Moment.pass(WHILE);
            trial.queue.receive();
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r2 = trial.account();
        }
    }

    /** Somebody waits for a call that is completed by hand. */
    @JCStressTest
    @Outcome(id = "2, never ran", expect = ACCEPTABLE, desc = "woken")
    @Outcome(expect = FORBIDDEN, desc = "left waiting")
    @State
    public static class Completion {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final Trial trial = new Trial(CallQueue.builder().waiting(Waiting.PARK));
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Actor
        public void reader(LL_Result r) {
            r.r1 = Told.promptlyBy(() -> call.result(Told.LONG));
        }

        @Actor
        public void other() {
            Moment.pass(WHILE);
            call.complete(Trial.OTHER_VALUE);
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r2 = trial.account();
        }
    }

    /** Two threads wait for the same call. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both woken")
    @Outcome(expect = FORBIDDEN, desc = "left waiting")
    @State
    public static class TwoReaders {
        private static final CallQueue QUEUE =
                CallQueue.builder().consumers(1).waiting(Waiting.PARK).build();

        private final Handover<Call<Integer>> call = new Handover<>();

        @Actor
        public void caller(LL_Result r) {
            Call<Integer> made = call.give(QUEUE.submit(() -> 1));
            r.r1 = Told.promptlyBy(() -> made.result(Told.LONG));
        }

        @Actor
        public void reader(LL_Result r) {
            Call<Integer> taken = call.take();
            r.r2 = Told.promptlyBy(() -> taken.result(Told.LONG));
        }
    }

    /** A receiver is parked, and a call arrives. */
    @JCStressTest
    @Outcome(id = "1, ran", expect = ACCEPTABLE, desc = "woken")
    @Outcome(expect = FORBIDDEN, desc = "left waiting")
    @State
    public static class ParkedReceiver {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final Trial trial = new Trial(CallQueue.builder().waiting(Waiting.PARK));

        @Actor
        public void receiver(LL_Result r) {
            r.r1 = Told.promptlyBy(() -> trial.queue.receive(Told.LONG));
        }

        @Actor
        public void caller() {
            Moment.pass(WHILE);
            trial.execute();
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r2 = trial.account();
        }
    }

    /** A receiver spins and is parked, and a call arrives. */
    @JCStressTest
    @Outcome(id = "1, ran", expect = ACCEPTABLE, desc = "woken")
    @Outcome(expect = FORBIDDEN, desc = "left waiting")
    @State
    public static class HybridReceiver {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final Trial trial = new Trial();

        @Actor
        public void receiver(LL_Result r) {
            r.r1 = Told.promptlyBy(() -> trial.queue.receive(Told.LONG));
        }

        @Actor
        public void caller() {
            Moment.pass(WHILE);
            trial.execute();
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r2 = trial.account();
        }
    }

    /** A receiver is parked, and two calls arrive. */
    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "both received")
    @Outcome(expect = FORBIDDEN, desc = "left waiting")
    @State
    public static class ReceiverOfTwo {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final CallQueue queue =
                CallQueue.builder().waiting(Waiting.PARK).build();

        @Actor
        public void receiver(L_Result r) {
            r.r1 = Told.promptlyBy(() -> {
                int first = queue.receive(Told.LONG);
                return first == 2 ? first : first + queue.receive(Told.LONG);
            });
        }

        @Actor
        public void caller() {
            Moment.pass(WHILE);
            queue.execute(() -> {});
            queue.execute(() -> {});
        }
    }

    /** Somebody waits for the first item of a harvest, and its call is run. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "woken")
    @Outcome(expect = FORBIDDEN, desc = "left waiting")
    @State
    public static class Harvester {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final CallQueue queue =
                CallQueue.builder().waiting(Waiting.PARK).build();
        private final Harvest<Integer, Integer> harvest = new Harvest<>(queue);
        private final Call<Integer> call = harvest.submit(1, input -> input);

        @Actor
        public void harvester(LL_Result r) {
            r.r1 = Told.promptlyBy(() -> harvest.next(Told.LONG).size());
        }

        @Actor
        public void receiver() {
            Moment.pass(WHILE);
            queue.receive();
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r2 = Told.of(call);
        }
    }

    /** Two threads wait for the last item of a harvest. */
    @JCStressTest
    @Outcome(
            id = "1, 0, 1",
            expect = ACCEPTABLE,
            desc = "the first one takes it, the other one hears that it was the last")
    @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "the other way round")
    @Outcome(expect = FORBIDDEN, desc = "twice, never, or left waiting")
    @State
    public static class LastItem {
        private static final Duration WHILE = Duration.ofNanos(30_000);
        private final CallQueue queue =
                CallQueue.builder().waiting(Waiting.PARK).build();
        private final Harvest<Integer, Integer> harvest = new Harvest<>(queue);
        private final Call<Integer> call = harvest.submit(1, input -> input);

        @Actor
        public void harvester(LLL_Result r) {
            r.r1 = Told.promptlyBy(() -> harvest.next(Told.LONG).size());
        }

        @Actor
        public void receiver(LLL_Result r) {
            Moment.pass(WHILE);
            queue.receive();
            r.r2 = Told.promptlyBy(() -> harvest.next(Told.LONG).size());
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r3 = Told.of(call);
        }
    }

    /** Somebody waits for the termination of the executor view, and the last task is run. */
    @JCStressTest
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "run")
    @Outcome(id = "true, closed", expect = ACCEPTABLE, desc = "refused by the shutdown")
    @Outcome(expect = FORBIDDEN, desc = "left waiting")
    @State
    public static class Termination {
        private final CallQueue queue =
                CallQueue.builder().waiting(Waiting.PARK).build();
        private final ExecutorService executor = queue.asExecutorService();
        private final Call<Integer> call = queue.submit(() -> 1);

        @Actor
        public void waiter(LL_Result r) {
            r.r1 = Told.promptlyBy(() -> {
                executor.shutdown();
                return executor.awaitTermination(4, TimeUnit.SECONDS);
            });
        }

        @Actor
        public void receiver() {
            queue.receive();
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r2 = Told.of(call);
        }
    }

    /** A thread waits for a call that calls back to it. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the call back is run by the waiting thread")
    @Outcome(expect = FORBIDDEN, desc = "left waiting")
    @State
    public static class ChainThatComesBack {
        private final CallQueue here = CallQueue.builder().waiting(Waiting.PARK).build();
        private final CallQueue there =
                CallQueue.builder().waiting(Waiting.PARK).build();

        private int callBack() {
            return here.within(Told.LONG).call(() -> 1);
        }

        @Actor
        public void first(L_Result r) {
            here.execute(
                    () -> r.r1 = Told.promptlyBy(() -> there.within(Told.LONG).call(this::callBack)));
            here.receive();
        }

        @Actor
        public void second() {
            Moment.until(() -> there.receive() == 1);
        }
    }
}
