package dev.callqueue.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** A loop of the user runs what the queue posts to it. */
public final class Looping {
    private Looping() {}

    /** Calls arrive while the loop ends a round. */
    @JCStressTest
    @Outcome(id = "1, 2, 0", expect = ACCEPTABLE, desc = "both run")
    @Outcome(expect = FORBIDDEN, desc = "forgotten")
    @State
    public static class DrainVersusArrival {
        private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
        private final CallQueue queue = CallQueue.on(posted::add, this::isLoop);
        private volatile @Nullable Thread loop;

        private boolean isLoop() {
            return Thread.currentThread() == loop;
        }

        private void runPosted() {
            loop = Thread.currentThread();
            for (Runnable task = posted.poll(); task != null; task = posted.poll()) {
                task.run();
            }
        }

        private final Handover<Call<Integer>> one = new Handover<>();
        private final Handover<Call<Integer>> two = new Handover<>();

        @Actor
        public void caller() {
            one.give(queue.submit(() -> 1));
            two.give(queue.submit(() -> 2));
        }

        @Actor
        public void loop() {
            runPosted();
            runPosted();
        }

        @Arbiter
        public void end(LLL_Result r) {
            runPosted();
            r.r1 = Told.of(one.take());
            r.r2 = Told.of(two.take());
            r.r3 = queue.size();
        }
    }

    /** The queue is closed, and the loop runs the rest. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "run")
    @Outcome(expect = FORBIDDEN, desc = "forgotten or refused")
    @State
    public static class DrainVersusClose {
        private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
        private final CallQueue queue = CallQueue.on(posted::add, this::isLoop);
        private volatile @Nullable Thread loop;

        private boolean isLoop() {
            return Thread.currentThread() == loop;
        }

        private void runPosted() {
            loop = Thread.currentThread();
            for (Runnable task = posted.poll(); task != null; task = posted.poll()) {
                task.run();
            }
        }

        private final Call<Integer> call = queue.submit(() -> 1);

        @Actor
        public void closer() {
            queue.close();
        }

        @Actor
        public void loop() {
            runPosted();
        }

        @Arbiter
        public void end(L_Result r) {
            runPosted();
            r.r1 = Told.of(call);
        }
    }

    /** The queue is closed at once. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "run")
    @Outcome(id = "closed", expect = ACCEPTABLE, desc = "refused")
    @Outcome(expect = FORBIDDEN, desc = "forgotten")
    @State
    public static class DrainVersusCloseNow {
        private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
        private final CallQueue queue = CallQueue.on(posted::add, this::isLoop);
        private volatile @Nullable Thread loop;

        private boolean isLoop() {
            return Thread.currentThread() == loop;
        }

        private void runPosted() {
            loop = Thread.currentThread();
            for (Runnable task = posted.poll(); task != null; task = posted.poll()) {
                task.run();
            }
        }

        private final Call<Integer> call = queue.submit(() -> 1);

        @Actor
        public void closer() {
            queue.closeNow();
        }

        @Actor
        public void loop() {
            runPosted();
        }

        @Arbiter
        public void end(L_Result r) {
            runPosted();
            r.r1 = Told.of(call);
        }
    }

    /** The call is withdrawn. */
    @JCStressTest
    @Outcome(id = "true, withdrawn", expect = ACCEPTABLE, desc = "withdrawn")
    @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "run")
    @Outcome(expect = FORBIDDEN, desc = "both, neither, or lost")
    @State
    public static class DrainVersusWithdraw {
        private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
        private final CallQueue queue = CallQueue.on(posted::add, this::isLoop);
        private volatile @Nullable Thread loop;

        private boolean isLoop() {
            return Thread.currentThread() == loop;
        }

        private void runPosted() {
            loop = Thread.currentThread();
            for (Runnable task = posted.poll(); task != null; task = posted.poll()) {
                task.run();
            }
        }

        private final Call<Integer> call = queue.submit(() -> 1);

        @Actor
        public void caller(LL_Result r) {
            r.r1 = call.withdraw();
        }

        @Actor
        public void loop() {
            runPosted();
        }

        @Arbiter
        public void end(LL_Result r) {
            runPosted();
            r.r2 = Told.of(call);
        }
    }
}
