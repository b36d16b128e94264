package dev.callqueue.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.Harvest;
import dev.callqueue.Waiting;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLLL_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Calls are harvested: each once. */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of a call is harvested
public final class Harvesting {
    private Harvesting() {}

    /** The harvest is closed, and somebody receives. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "run")
    @Outcome(id = "1, withdrawn", expect = ACCEPTABLE, desc = "withdrawn")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class CloseVersusRun {
        private final CallQueue queue = CallQueue.create();
        private final Harvest<Integer, Integer> harvest = new Harvest<>(queue);
        private final Call<Integer> call = harvest.submit(1, input -> input);

        @Actor
        public void harvester() {
            harvest.close();
        }

        @Actor
        public void receiver() {
            queue.receive();
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r1 = harvest.next().size();
            r.r2 = Told.of(call);
        }
    }

    /** Two threads look for what has ended, and the first of them receives. */
    @JCStressTest
    @Outcome(id = "1, 0, 1, 1, 2", expect = ACCEPTABLE, desc = "the first took the first")
    @Outcome(id = "0, 1, 1, 1, 2", expect = ACCEPTABLE, desc = "the second took the first")
    @Outcome(expect = FORBIDDEN, desc = "twice or never")
    @State
    public static class TwoHarvesters {
        private final CallQueue queue = CallQueue.create();
        private final Harvest<Integer, Integer> harvest = new Harvest<>(queue);
        private final Call<Integer> one = harvest.submit(1, input -> input);
        private final Call<Integer> two = harvest.submit(2, input -> input);

        @Actor
        public void first(LLLLL_Result r) {
            queue.receive(1);
            r.r1 = harvest.next().size();
        }

        @Actor
        public void second(LLLLL_Result r) {
            r.r2 = harvest.next().size();
        }

        @Arbiter
        public void end(LLLLL_Result r) {
            queue.receive();
            r.r3 = harvest.next().size();
            r.r4 = Told.of(one);
            r.r5 = Told.of(two);
        }
    }

    /** Inputs are read and harvested while somebody receives. */
    @JCStressTest
    @Outcome(id = "6, true", expect = ACCEPTABLE, desc = "all")
    @Outcome(expect = FORBIDDEN, desc = "twice, never, or left waiting")
    @State
    public static class InputsVersusReceive {
        private final CallQueue queue =
                CallQueue.builder().capacity(1).waiting(Waiting.PARK).build();
        private final Harvest<Integer, Integer> harvest = queue.harvest(List.of(1, 2, 3), input -> input);
        private final Flag harvested = new Flag();

        @Actor
        public void harvester(LL_Result r) {
            r.r1 = Told.promptlyBy(() -> {
                int sum = 0;
                for (Harvest.Item<Integer, Integer> item : harvest) {
                    sum += item.result();
                }
                return sum;
            });
            harvested.raise();
        }

        @Actor
        public void receiver() {
            harvested.awaitReceiving(queue);
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r2 = harvest.isDone();
        }
    }

    /** A call is submitted while the harvest is closed, and nobody receives. */
    @JCStressTest
    @Outcome(id = "true, 2, 2", expect = ACCEPTABLE, desc = "withdrawn, as that before it, and harvested")
    @Outcome(expect = FORBIDDEN, desc = "left waiting, or lost")
    @State
    public static class SubmitVersusClose {
        private final CallQueue queue = CallQueue.create();
        private final Harvest<Integer, Integer> harvest = new Harvest<>(queue);

        public SubmitVersusClose() {
            harvest.submit(1, input -> input);
        }

        @Actor
        public void submitter() {
            harvest.submit(2, input -> input);
        }

        @Actor
        public void closer() {
            harvest.close();
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r1 = harvest.next().stream().allMatch(item -> item.call().isCancelled()) && harvest.isDone();
            r.r2 = harvest.submitted();
            r.r3 = harvest.harvested();
        }
    }

    /** Two threads submit. */
    @JCStressTest
    @Outcome(id = "2, 3, true", expect = ACCEPTABLE, desc = "each call once")
    @Outcome(expect = FORBIDDEN, desc = "twice or never")
    @State
    public static class TwoSubmitters {
        private final CallQueue queue = CallQueue.create();
        private final Harvest<Integer, Integer> harvest = new Harvest<>(queue);

        @Actor
        public void first() {
            harvest.submit(1, input -> input);
        }

        @Actor
        public void second() {
            harvest.submit(2, input -> input);
        }

        @Arbiter
        public void end(LLL_Result r) {
            queue.receive();
            r.r1 = harvest.submitted();
            r.r2 = harvest.next().stream().mapToInt(Harvest.Item::result).sum();
            r.r3 = harvest.isDone();
        }
    }
}
