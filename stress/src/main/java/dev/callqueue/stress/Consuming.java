package dev.callqueue.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.callqueue.CallQueue;
import dev.callqueue.Raise;
import dev.callqueue.Waiting;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** The queue has threads of its own, which come and go. */
public final class Consuming {
    private Consuming() {}

    /** Two callers at once call the only consumer, which is about to wait. */
    @JCStressTest
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "both run")
    @Outcome(expect = FORBIDDEN, desc = "forgotten")
    @State
    public static class IdleVersusArrival {
        private static final CallQueue QUEUE =
                CallQueue.builder().consumers(1).waiting(Waiting.PARK).build();

        @Actor
        public void first(LL_Result r) {
            r.r1 = Told.promptlyBy(() -> QUEUE.within(Told.LONG).call(() -> 1));
        }

        @Actor
        public void second(LL_Result r) {
            r.r2 = Told.promptlyBy(() -> QUEUE.within(Told.LONG).call(() -> 2));
        }
    }

    /** Two calls at once start the consumers. */
    @JCStressTest
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "both run")
    @Outcome(expect = FORBIDDEN, desc = "forgotten")
    @State
    public static class TwoStarts {
        private final CallQueue queue = CallQueue.withConsumers(2);

        @Actor
        public void first(LL_Result r) {
            r.r1 = Told.promptlyBy(() -> queue.within(Told.LONG).call(() -> 1));
        }

        @Actor
        public void second(LL_Result r) {
            r.r2 = Told.promptlyBy(() -> queue.within(Told.LONG).call(() -> 2));
        }

        @Arbiter
        public void end(LL_Result r) {
            queue.close();
        }
    }

    /** The only consumer ends by what a call raises in it, and another call arrives. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "run by its successor")
    @Outcome(expect = FORBIDDEN, desc = "forgotten")
    @State
    public static class DeathVersusArrival {
        private final CallQueue queue = CallQueue.builder()
                .consumers(1)
                .consumerThreads(task -> {
                    var thread = new Thread(task);
                    thread.setDaemon(true);
                    thread.setUncaughtExceptionHandler((ended, raised) -> {});
                    return thread;
                })
                .build();

        @Actor
        public void first() {
            queue.raising(Raise.RECEIVER).execute(() -> {
                throw new IllegalStateException("raised in the consumer");
            });
        }

        @Actor
        public void second(L_Result r) {
            r.r1 = Told.promptlyBy(() -> queue.within(Told.LONG).call(() -> 1));
        }

        @Arbiter
        public void end(L_Result r) {
            queue.close();
        }
    }
}
