package dev.callqueue.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.callqueue.Call;
import dev.callqueue.CallListener;
import dev.callqueue.CallQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** The queue is closed, and two calls are refused: at the end of the first one something waits for the second one. */
public final class Refusing {
    private Refusing() {}

    private static final class Two implements CallListener {
        final CallQueue queue = CallQueue.builder().listener(this).build();
        private final AtomicInteger unrun = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();
        final Call<Integer> first = queue.submit(() -> 1);
        final Call<Integer> second = queue.submit(() -> 2);

        /** What the end of the first one has seen of the second one. */
        private volatile String seen = "nothing";

        @SuppressWarnings("FutureReturnValueIgnored") // the stage tells what it sees
        Two() {
            first.whenComplete((value, failure) -> seen = Told.promptlyBy(second::result));
        }

        /** Tells, when all is over, how that call has ended, what was seen of the second one, and how many were not run. */
        void account(Call<?> ofCall, LLLL_Result r) {
            r.r2 = Told.of(ofCall);
            r.r3 = seen;
            r.r4 = refusals();
        }

        /** How many calls were refused or withdrawn; another thread may end one, and then tells of it. */
        private int refusals() {
            Moment.until(() -> unrun.get() + ended.get() == 2, Told.LONG);
            return unrun.get();
        }

        @Override
        public void unrun(long waitNanos, Throwable reason) {
            unrun.incrementAndGet();
        }

        @Override
        public void ended(long waitNanos, long runNanos, @Nullable Throwable failure) {
            ended.incrementAndGet();
        }
    }

    /** Somebody else waits for the second one, too. */
    @JCStressTest
    @Outcome(id = "closed, closed, closed, 2", expect = ACCEPTABLE, desc = "refused, and told once")
    @Outcome(expect = FORBIDDEN, desc = "left waiting, or told twice")
    @State
    public static class VersusWaiter {
        private final Two calls = new Two();

        @Actor
        public void waiter(LLLL_Result r) {
            r.r1 = Told.promptlyBy(calls.second::result);
        }

        @Actor
        public void closer() {
            calls.queue.close();
        }

        @Arbiter
        public void end(LLLL_Result r) {
            calls.account(calls.first, r);
        }
    }

    /** Somebody withdraws the second one. */
    @JCStressTest
    @Outcome(id = "true, closed, closed, 2", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "true, withdrawn, cancelled, 2", expect = ACCEPTABLE, desc = "withdrawn")
    @Outcome(expect = FORBIDDEN, desc = "left waiting, or told twice")
    @State
    public static class VersusWithdrawal {
        private final Two calls = new Two();

        @Actor
        public void withdrawer(LLLL_Result r) {
            r.r1 = calls.second.withdraw();
        }

        @Actor
        public void closer() {
            calls.queue.close();
        }

        @Arbiter
        public void end(LLLL_Result r) {
            calls.account(calls.second, r);
        }
    }

    /** Somebody completes the second one by hand. */
    @JCStressTest
    @Outcome(id = "false, closed, closed, 2", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "true, withdrawn, 3, 2", expect = ACCEPTABLE, desc = "completed")
    @Outcome(expect = FORBIDDEN, desc = "left waiting, or told twice")
    @State
    public static class VersusCompletion {
        private final Two calls = new Two();

        @Actor
        public void completer(LLLL_Result r) {
            r.r1 = calls.second.complete(3);
        }

        @Actor
        public void closer() {
            calls.queue.close();
        }

        @Arbiter
        public void end(LLLL_Result r) {
            calls.account(calls.second, r);
        }
    }

    /** Somebody receives. */
    @JCStressTest
    @Outcome(id = "1, 1, 2, 0", expect = ACCEPTABLE, desc = "both run, the second one inside of the wait")
    @Outcome(id = "0, closed, closed, 2", expect = ACCEPTABLE, desc = "both refused")
    @Outcome(expect = FORBIDDEN, desc = "run in part, left waiting, or told twice")
    @State
    public static class VersusRun {
        private final Two calls = new Two();

        @Actor
        public void receiver(LLLL_Result r) {
            r.r1 = calls.queue.receive();
        }

        @Actor
        public void closer() {
            calls.queue.close();
        }

        @Arbiter
        public void end(LLLL_Result r) {
            calls.account(calls.first, r);
        }
    }
}
