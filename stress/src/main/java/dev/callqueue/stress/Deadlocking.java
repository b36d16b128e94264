package dev.callqueue.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Two owners call each other: who waits for ever is told so, and nobody else. */
public final class Deadlocking {
    private Deadlocking() {}

    /** Each waits for a call to the other one. */
    @JCStressTest
    @Outcome(id = "deadlock, 1", expect = ACCEPTABLE, desc = "the first is told, the second goes on")
    @Outcome(id = "1, deadlock", expect = ACCEPTABLE, desc = "the second is told, the first goes on")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or too late")
    @State
    public static class CrossingCalls {
        private final Handover<CallQueue> firsts = new Handover<>();
        private final Handover<CallQueue> seconds = new Handover<>();
        private final Flag firstHasEnded = new Flag();
        private final Flag secondHasEnded = new Flag();

        @Actor
        public void first(LL_Result r) {
            CallQueue own = firsts.give(CallQueue.forCurrentThread());
            CallQueue other = seconds.take();
            r.r1 = Told.promptlyBy(() -> other.call(() -> 1));
            firstHasEnded.raise();
            secondHasEnded.awaitReceiving(own);
        }

        @Actor
        public void second(LL_Result r) {
            CallQueue own = seconds.give(CallQueue.forCurrentThread());
            CallQueue other = firsts.take();
            r.r2 = Told.promptlyBy(() -> other.call(() -> 1));
            secondHasEnded.raise();
            firstHasEnded.awaitReceiving(own);
        }
    }

    /** Each waits for a call to the other one, but the second not for ever. */
    @JCStressTest
    @Outcome(id = "1, withdrawn", expect = ACCEPTABLE, desc = "its time is over")
    @Outcome(id = "1, deadlock", expect = ACCEPTABLE, desc = "it is told before")
    @Outcome(expect = FORBIDDEN, desc = "a false report, or too late")
    @State
    public static class CrossingCallsWithALimit {
        private static final Duration LIMIT = Duration.ofNanos(50_000);
        private final Handover<CallQueue> firsts = new Handover<>();
        private final Handover<CallQueue> seconds = new Handover<>();
        private final Flag firstHasEnded = new Flag();
        private final Flag secondHasEnded = new Flag();

        @Actor
        public void first(LL_Result r) {
            CallQueue own = firsts.give(CallQueue.forCurrentThread());
            CallQueue other = seconds.take();
            r.r1 = Told.promptlyBy(() -> other.call(() -> 1));
            firstHasEnded.raise();
            secondHasEnded.awaitReceiving(own);
        }

        @Actor
        public void second(LL_Result r) {
            CallQueue own = seconds.give(CallQueue.forCurrentThread());
            CallQueue other = firsts.take();
            r.r2 = Told.promptlyBy(() -> other.within(LIMIT).call(() -> 1));
            secondHasEnded.raise();
            firstHasEnded.awaitReceiving(own);
        }
    }

    /** The second only begins to wait when it has served the first. */
    @JCStressTest
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "no deadlock")
    @Outcome(expect = FORBIDDEN, desc = "a false report, or too late")
    @State
    public static class OneAfterTheOther {
        private final Handover<CallQueue> firsts = new Handover<>();
        private final Handover<CallQueue> seconds = new Handover<>();
        private final Flag firstHasEnded = new Flag();
        private final Flag secondHasEnded = new Flag();

        @Actor
        public void first(LL_Result r) {
            CallQueue own = firsts.give(CallQueue.forCurrentThread());
            CallQueue other = seconds.take();
            r.r1 = Told.promptlyBy(() -> other.call(() -> 1));
            firstHasEnded.raise();
            secondHasEnded.awaitReceiving(own);
        }

        @Actor
        public void second(LL_Result r) {
            CallQueue own = seconds.give(CallQueue.forCurrentThread());
            Call<Integer> call = firsts.take().submit(() -> 2);
            Moment.until(() -> own.receive() > 0);
            r.r2 = Told.promptlyBy(() -> call.result(Told.LONG));
            secondHasEnded.raise();
        }
    }
}
