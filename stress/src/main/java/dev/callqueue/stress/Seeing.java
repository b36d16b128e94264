package dev.callqueue.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.Harvest;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** What one thread wrote before, another one sees after, in fields that are not volatile. */
public final class Seeing {
    private Seeing() {}

    /** What the caller wrote, the call sees. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "seen")
    @Outcome(expect = FORBIDDEN, desc = "not seen")
    @State
    public static class CallerToCall {
        private final CallQueue queue = CallQueue.create();
        private int written;
        private int seen;

        @Actor
        public void caller() {
            written = 1;
            queue.execute(() -> seen = written);
        }

        @Actor
        public void receiver(L_Result r) {
            Moment.until(() -> queue.receive() == 1);
            r.r1 = seen;
        }
    }

    /** What the call wrote, its reader sees. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "seen")
    @Outcome(expect = FORBIDDEN, desc = "not seen")
    @State
    public static class CallToResult {
        private final CallQueue queue = CallQueue.create();
        private final Call<Integer> call = queue.submit(() -> written = 1);
        private int written;

        @Actor
        public void reader(LL_Result r) {
            r.r1 = call.result();
            r.r2 = written;
        }

        @Actor
        public void receiver() {
            queue.receive();
        }
    }

    /** What the call wrote, who finds it done sees. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "done")
    @Outcome(id = "not done", expect = ACCEPTABLE, desc = "not done")
    @Outcome(expect = FORBIDDEN, desc = "not seen")
    @State
    public static class CallToIsDone {
        private final CallQueue queue = CallQueue.create();
        private final Call<Integer> call = queue.submit(() -> written = 1);
        private int written;

        @Actor
        public void reader(L_Result r) {
            r.r1 = call.isDone() ? written : "not done";
        }

        @Actor
        public void receiver() {
            queue.receive();
        }
    }

    /** What the call wrote, who finds it succeeded sees. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "succeeded")
    @Outcome(id = "not yet", expect = ACCEPTABLE, desc = "not yet")
    @Outcome(expect = FORBIDDEN, desc = "not seen")
    @State
    public static class CallToPhase {
        private final CallQueue queue = CallQueue.create();
        private final Call<Integer> call = queue.submit(() -> written = 1);
        private int written;

        @Actor
        public void reader(L_Result r) {
            r.r1 = call.phase() == Call.Phase.SUCCEEDED ? written : "not yet";
        }

        @Actor
        public void receiver() {
            queue.receive();
        }
    }

    /** What the call wrote, a stage sees. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "seen")
    @Outcome(expect = FORBIDDEN, desc = "not seen")
    @State
    public static class CallToStage {
        private final CallQueue queue = CallQueue.create();
        private final Call<Integer> call = queue.submit(() -> written = 1);
        private int written;
        private int seen;

        @Actor
        public void reader() {
            var unused = call.thenRun(() -> seen = written);
        }

        @Actor
        public void receiver() {
            queue.receive();
        }

        @Arbiter
        public void end(L_Result r) {
            r.r1 = seen;
        }
    }

    /** What the call wrote, who harvests it sees. */
    @JCStressTest
    @Outcome(id = "1, true", expect = ACCEPTABLE, desc = "seen")
    @Outcome(expect = FORBIDDEN, desc = "not seen")
    @State
    public static class CallToItem {
        private final CallQueue queue = CallQueue.create();
        private final Harvest<Integer, Integer> harvest = new Harvest<>(queue);
        private final Call<Integer> call = harvest.submit(1, input -> written = input);
        private int written;

        @Actor
        public void harvester(LL_Result r) {
            harvest.take();
            r.r1 = written;
            r.r2 = call.isDone();
        }

        @Actor
        public void receiver() {
            queue.receive();
        }
    }

    /** What the closing thread wrote, a receiver sees that returns because of it. */
    @JCStressTest
    @Outcome(id = "null, 1", expect = ACCEPTABLE, desc = "seen")
    @Outcome(expect = FORBIDDEN, desc = "not seen")
    @State
    public static class CloserToReceiver {
        private final CallQueue queue = CallQueue.create();
        private int written;

        @Actor
        public void closer() {
            written = 1;
            queue.close();
        }

        @Actor
        public void receiver(LL_Result r) {
            r.r1 = Told.by(() -> {
                queue.receiveUntilClosed();
                return null;
            });
            r.r2 = written;
        }
    }
}
