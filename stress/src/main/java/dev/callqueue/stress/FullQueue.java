package dev.callqueue.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.CallTarget;
import dev.callqueue.Waiting;
import dev.callqueue.WhenFull;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A bounded queue is full: its capacity is exact, and a place that becomes free is used at once. */
public final class FullQueue {
    /** So long at most the other actor waits before it makes a place, so that the caller may have parked. */
    private static final Duration WHILE = Duration.ofNanos(30_000);

    private FullQueue() {}

    private static CallQueue placesToWaitFor(int capacity) {
        return CallQueue.builder()
                .capacity(capacity)
                .whenFull(WhenFull.WAIT)
                .waiting(Waiting.PARK)
                .build();
    }

    /** Two callers want the last place. */
    @JCStressTest
    @Outcome(id = "let in, full, 1", expect = ACCEPTABLE, desc = "the first got it")
    @Outcome(id = "full, let in, 1", expect = ACCEPTABLE, desc = "the second got it")
    @Outcome(expect = FORBIDDEN, desc = "both or neither")
    @State
    public static class TwoCallersOnePlace {
        private final CallQueue queue = CallQueue.builder().capacity(1).build();

        @Actor
        public void first(LLL_Result r) {
            r.r1 = Told.lettingIn(() -> queue.execute(() -> {}));
        }

        @Actor
        public void second(LLL_Result r) {
            r.r2 = Told.lettingIn(() -> queue.execute(() -> {}));
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r3 = queue.size();
        }
    }

    /** A caller wants the place that a receiver frees. */
    @JCStressTest
    @Outcome(id = "let in, 1, 1, 1", expect = ACCEPTABLE, desc = "free")
    @Outcome(id = "full, 1, 0, 1", expect = ACCEPTABLE, desc = "not yet")
    @Outcome(expect = FORBIDDEN, desc = "lost, or more than the capacity")
    @State
    public static class RefusingVersusFreed {
        private final CallQueue queue = CallQueue.builder().capacity(1).build();
        private final Call<Integer> first = queue.submit(() -> 1);

        @Actor
        public void caller(LLLL_Result r) {
            r.r1 = Told.lettingIn(() -> queue.execute(() -> {}));
        }

        @Actor
        public void receiver(LLLL_Result r) {
            r.r2 = queue.receive(1);
        }

        @Arbiter
        public void end(LLLL_Result r) {
            r.r3 = queue.size();
            r.r4 = Told.of(first);
        }
    }

    /** A caller waits for the place that a receiver frees. */
    @JCStressTest
    @Outcome(id = "2, 1, let in", expect = ACCEPTABLE, desc = "woken")
    @Outcome(expect = FORBIDDEN, desc = "left waiting")
    @State
    public static class WaitingVersusFreed {
        private final CallQueue queue = placesToWaitFor(1);
        private final Call<Integer> first = queue.submit(() -> 1);
        private final Flag callerHasEnded = new Flag();

        @Actor
        public void caller(LLL_Result r) {
            r.r1 = Told.promptlyBy(() -> queue.within(Told.LONG).call(() -> 2));
            callerHasEnded.raise();
        }

        @Actor
        public void receiver() {
            Moment.pass(WHILE);
            queue.receive(1);
            callerHasEnded.awaitReceiving(queue);
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r2 = Told.of(first);
            r.r3 = Told.lettingIn(() -> queue.within(Duration.ZERO).execute(() -> {}));
        }
    }

    /** A caller wants the places that a receiver frees one after the other, the second one without the lock. */
    @JCStressTest
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "both let in")
    @Outcome(expect = FORBIDDEN, desc = "left waiting, or more than the capacity")
    @State
    public static class WaitingVersusFreedFromHand {
        private final CallQueue queue = placesToWaitFor(2);
        private final Flag callerHasEnded = new Flag();
        private final Call<Integer> first = queue.submit(() -> 1);
        private final Call<?> second = queue.submit(callerHasEnded::await);

        @Actor
        public void caller(LL_Result r) {
            CallTarget patient = queue.within(Told.LONG);
            r.r1 = Told.promptlyBy(() -> {
                patient.execute(() -> {});
                patient.execute(() -> {});
                return queue.size();
            });
            callerHasEnded.raise();
        }

        @Actor
        public void receiver() {
            Moment.pass(WHILE);
            queue.receive(2);
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r2 = first.isDone() && second.isDone() ? queue.size() : "not run";
        }
    }

    /** A caller does not wait for the places that a receiver frees without the lock. */
    @JCStressTest
    @Outcome(id = "(0, 0|1, 1|2, 2)", expect = ACCEPTABLE, desc = "as many as there were places")
    @Outcome(expect = FORBIDDEN, desc = "lost, or more than the capacity")
    @State
    public static class RefusingVersusFreedFromHand {
        private final CallQueue queue = CallQueue.builder().capacity(2).build();
        private final Call<Integer> first = queue.submit(() -> 1);
        private final Call<Integer> second = queue.submit(() -> 2);

        @Actor
        public void caller(LL_Result r) {
            int in = 0;
            for (int i = 0; i < 3; i++) {
                in += Told.lettingIn(() -> queue.execute(() -> {})).equals("let in") ? 1 : 0;
            }
            r.r1 = in;
        }

        @Actor
        public void receiver() {
            queue.receive(2);
        }

        @Arbiter
        public void end(LL_Result r) {
            r.r2 = first.isDone() && second.isDone() ? queue.size() : "not run";
        }
    }

    /** A caller waits for the place of a call that is withdrawn. */
    @JCStressTest
    @Outcome(id = "2, withdrawn, let in", expect = ACCEPTABLE, desc = "woken")
    @Outcome(expect = FORBIDDEN, desc = "left waiting")
    @State
    public static class WaitingVersusWithdrawn {
        private final CallQueue queue = placesToWaitFor(1);
        private final Call<Integer> first = queue.submit(() -> 1);
        private final Flag callerHasEnded = new Flag();

        @Actor
        public void caller(LLL_Result r) {
            r.r1 = Told.promptlyBy(() -> queue.within(Told.LONG).call(() -> 2));
            callerHasEnded.raise();
        }

        @Actor
        public void other() {
            Moment.pass(WHILE);
            first.withdraw();
            callerHasEnded.awaitReceiving(queue);
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r2 = Told.of(first);
            r.r3 = Told.lettingIn(() -> queue.within(Duration.ZERO).execute(() -> {}));
        }
    }

    /** A caller waits for a place, and the queue is closed. */
    @JCStressTest
    @Outcome(id = "closed, closed, 0", expect = ACCEPTABLE, desc = "both told")
    @Outcome(expect = FORBIDDEN, desc = "left waiting")
    @State
    public static class WaitingVersusClose {
        private final CallQueue queue = placesToWaitFor(1);
        private final Call<Integer> first = queue.submit(() -> 1);

        @Actor
        public void caller(LLL_Result r) {
            r.r1 = Told.promptlyBy(() -> queue.within(Told.LONG).call(() -> 2));
        }

        @Actor
        public void closer() {
            Moment.pass(WHILE);
            queue.close();
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r2 = Told.of(first);
            r.r3 = queue.size();
        }
    }

    /** A caller waits for a place, and the queue is closed at once. */
    @JCStressTest
    @Outcome(id = "closed, closed, 0", expect = ACCEPTABLE, desc = "both told")
    @Outcome(expect = FORBIDDEN, desc = "left waiting")
    @State
    public static class WaitingVersusCloseNow {
        private final CallQueue queue = placesToWaitFor(1);
        private final Call<Integer> first = queue.submit(() -> 1);

        @Actor
        public void caller(LLL_Result r) {
            r.r1 = Told.promptlyBy(() -> queue.within(Told.LONG).call(() -> 2));
        }

        @Actor
        public void closer() {
            Moment.pass(WHILE);
            queue.closeNow();
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r2 = Told.of(first);
            r.r3 = queue.size();
        }
    }

    /** The time of a caller is over while a receiver frees the place for which it waits. */
    @JCStressTest
    @Outcome(id = "2, 1, let in", expect = ACCEPTABLE, desc = "in time")
    @Outcome(id = "(withdrawn|timeout), 1, let in", expect = ACCEPTABLE, desc = "too late")
    @Outcome(expect = FORBIDDEN, desc = "the place is lost")
    @State
    public static class GivingUpVersusFreed {
        private final CallQueue queue = placesToWaitFor(1);
        private final Call<Integer> first = queue.submit(() -> 1);
        private final Flag callerHasEnded = new Flag();

        @Actor
        public void caller(LLL_Result r) {
            r.r1 = Told.by(() -> queue.within(WHILE).call(() -> 2));
            callerHasEnded.raise();
        }

        @Actor
        public void receiver() {
            Moment.pass(WHILE);
            queue.receive(1);
            callerHasEnded.awaitReceiving(queue);
        }

        @Arbiter
        public void end(LLL_Result r) {
            r.r2 = Told.of(first);
            r.r3 = Told.lettingIn(() -> queue.within(Duration.ZERO).execute(() -> {}));
        }
    }

    /** A caller is interrupted while a receiver frees the place for which it waits. */
    @JCStressTest
    @Outcome(id = "2, true, 1, let in", expect = ACCEPTABLE, desc = "too late for the interrupt")
    @Outcome(id = "interrupted, true, 1, let in", expect = ACCEPTABLE, desc = "interrupted")
    @Outcome(expect = FORBIDDEN, desc = "the place or the interrupt is lost")
    @State
    public static class InterruptVersusFreed {
        private final CallQueue queue = placesToWaitFor(1);
        private final Call<Integer> first = queue.submit(() -> 1);
        private final Flag callerHasEnded = new Flag();
        private final Handover<Thread> caller = new Handover<>();

        @Actor
        public void caller(LLLL_Result r) {
            caller.give(Thread.currentThread());
            r.r1 = Told.promptlyBy(() -> queue.within(Told.LONG).call(() -> 2));
            r.r2 = Thread.interrupted();
            callerHasEnded.raise();
        }

        @Actor
        public void receiver() {
            Thread waiting = caller.take();
            Moment.pass(WHILE);
            waiting.interrupt();
            queue.receive(1);
            callerHasEnded.awaitReceiving(queue);
        }

        @Arbiter
        public void end(LLLL_Result r) {
            r.r3 = Told.of(first);
            r.r4 = Told.lettingIn(() -> queue.within(Duration.ZERO).execute(() -> {}));
        }
    }

    /** The first that waits for a place gives up while it becomes free: the second gets it. */
    @JCStressTest
    @Outcome(id = "(2|withdrawn|timeout), 3, 1, let in", expect = ACCEPTABLE, desc = "woken")
    @Outcome(expect = FORBIDDEN, desc = "left waiting")
    @State
    public static class PlacePassedOn {
        private static final CallQueue RECEIVERS = CallQueue.withConsumers(1);
        private final CallQueue queue = placesToWaitFor(1);
        private final Call<Integer> first = queue.submit(() -> 1);
        private final Flag secondHasEnded = new Flag();

        private void receive() {
            Moment.pass(WHILE);
            secondHasEnded.awaitReceiving(queue);
        }

        @Actor
        public void first(LLLL_Result r) {
            RECEIVERS.execute(this::receive);
            r.r1 = Told.by(() -> queue.within(WHILE).call(() -> 2));
        }

        @Actor
        public void second(LLLL_Result r) {
            r.r2 = Told.promptlyBy(() -> queue.within(Told.LONG).call(() -> 3));
            secondHasEnded.raise();
        }

        @Arbiter
        public void end(LLLL_Result r) {
            r.r3 = Told.of(first);
            r.r4 = Told.lettingIn(() -> queue.within(Duration.ZERO).execute(() -> {}));
        }
    }

    /** Callers come and a receiver frees places: the size is never below zero nor above the capacity. */
    @JCStressTest
    @Outcome(id = "[012], [012]", expect = ACCEPTABLE, desc = "within the bounds")
    @Outcome(expect = FORBIDDEN, desc = "out of bounds")
    @State
    public static class SizeVersusReceive {
        private final CallQueue queue = CallQueue.builder().capacity(2).build();

        private void offer() {
            String unused = Told.lettingIn(() -> queue.execute(() -> {}));
        }

        @Actor
        public void caller(LL_Result r) {
            offer();
            offer();
            offer();
            r.r1 = queue.size();
        }

        @Actor
        public void receiver(LL_Result r) {
            queue.receive(1);
            r.r2 = queue.size();
        }
    }
}
