package dev.callqueue.interleavings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.callqueue.Call;
import dev.callqueue.CallDeadlockException;
import dev.callqueue.CallInterruptedException;
import dev.callqueue.CallListener;
import dev.callqueue.CallQueue;
import dev.callqueue.Harvest;
import dev.callqueue.QueueClosedException;
import dev.callqueue.QueueFullException;
import dev.callqueue.Waiting;
import dev.callqueue.WhenFull;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What can happen to a queue at the same time. Callers and receivers are parked and do not spin, because the steps of one
 * who spins are without number; and no time limit ends before the test has failed.
 */
final class Scenarios {
    private static final Duration LONG = Duration.ofHours(1);

    private Scenarios() {}

    /** A queue and one call of it, with all that becomes of that call. */
    private static final class Trial implements CallListener {
        final CallQueue queue;
        private final AtomicInteger runs = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();
        private final AtomicInteger unrun = new AtomicInteger();
        private final AtomicInteger late = new AtomicInteger();

        Trial() {
            this(CallQueue.builder());
        }

        Trial(CallQueue.Builder options) {
            queue = options.waiting(Waiting.PARK)
                    .listener(this)
                    .onLateResult(result -> late.incrementAndGet())
                    .build();
        }

        int run() {
            return runs.incrementAndGet();
        }

        @Override
        public void ended(long waitNanos, long runNanos, Throwable failure) {
            ended.incrementAndGet();
        }

        @Override
        public void unrun(long waitNanos, Throwable reason) {
            unrun.incrementAndGet();
        }

        void checkRan() {
            check("1 run, ended 1, unrun 0, late 0");
        }

        void checkRanLate() {
            check("1 run, ended 1, unrun 0, late 1");
        }

        void checkNeverRan() {
            check("0 run, ended 0, unrun 1, late 0");
        }

        void checkNotLetIn() {
            check("0 run, ended 0, unrun 0, late 0");
        }

        private void check(String account) {
            assertEquals(account, runs + " run, ended " + ended + ", unrun " + unrun + ", late " + late);
            assertEquals(0, queue.size(), "size");
        }
    }

    // ---- wake-ups

    static final class CallAndReceive implements Scenario {
        private final Trial trial = new Trial();

        @Override
        public void first() {
            assertEquals(1, trial.queue.call(trial::run));
        }

        @Override
        public void second() throws InterruptedException {
            assertEquals(1, trial.queue.receive(LONG));
        }

        @Override
        public void check() {
            trial.checkRan();
        }
    }

    static final class CallsAndReceivingUntilClosed implements Scenario {
        private final CallQueue queue = new Trial().queue;

        @Override
        public void first() {
            assertEquals(1, queue.call(() -> 1));
            assertEquals(2, queue.call(() -> 2));
            queue.close();
        }

        @Override
        public void second() throws InterruptedException {
            try {
                queue.receiveUntilClosed();
            } finally {
                assertTrue(queue.isClosed());
            }
        }

        @Override
        public void check() {
            assertEquals(0, queue.size());
        }
    }

    static final class ResultAndReceive implements Scenario {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Override
        public void first() {
            assertEquals(1, call.result());
        }

        @Override
        public void second() {
            assertEquals(1, trial.queue.receive());
        }

        @Override
        public void check() {
            trial.checkRan();
        }
    }

    static final class ResultAndCompletion implements Scenario {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Override
        public void first() {
            assertEquals(2, call.result());
        }

        @Override
        public void second() {
            assertTrue(call.complete(2));
        }

        @Override
        public void check() {
            trial.checkNeverRan();
        }
    }

    static final class JoinAndWithdrawal implements Scenario {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);
        private boolean cancelled;

        @Override
        public void first() {
            try {
                call.join();
            } catch (CancellationException e) {
                cancelled = true;
            }
        }

        @Override
        public void second() {
            assertTrue(call.withdraw());
        }

        @Override
        public void check() {
            assertTrue(cancelled);
            trial.checkNeverRan();
        }
    }

    static final class ReceivingAndTwoSubmits implements Scenario {
        private final CallQueue queue = new Trial().queue;

        @Override
        public void first() throws InterruptedException {
            int received = queue.receive(LONG);
            if (received == 1) {
                received += queue.receive(LONG);
            }
            assertEquals(2, received);
        }

        @Override
        public void second() {
            queue.execute(() -> {});
            queue.execute(() -> {});
        }

        @Override
        public void check() {
            assertEquals(0, queue.size());
        }
    }

    static final class ReceivingUntilClosedAndClose implements Scenario {
        private final CallQueue queue = new Trial().queue;

        @Override
        public void first() throws InterruptedException {
            queue.receiveUntilClosed();
        }

        @Override
        public void second() {
            queue.close();
        }

        @Override
        public void check() {
            assertTrue(queue.isClosed());
        }
    }

    static final class HarvestAndReceive implements Scenario {
        private final CallQueue queue = new Trial().queue;
        private final Harvest<Integer, Integer> harvest = new Harvest<>(queue);
        private final Call<Integer> call = harvest.submit(1, input -> input);

        @Override
        public void first() {
            assertEquals(call, harvest.take().call());
        }

        @Override
        public void second() {
            assertEquals(1, queue.receive());
        }

        @Override
        public void check() {
            assertTrue(harvest.isDone());
        }
    }

    static final class TwoForTheLastItem implements Scenario {
        private final CallQueue queue = new Trial().queue;
        private final Harvest<Integer, Integer> harvest = new Harvest<>(queue);
        private final Call<Integer> call = harvest.submit(1, input -> input);
        private final AtomicInteger harvested = new AtomicInteger();

        @Override
        public void first() {
            harvested.addAndGet(harvest.next(LONG).size());
        }

        @Override
        public void second() {
            assertEquals(1, queue.receive());
            harvested.addAndGet(harvest.next(LONG).size());
        }

        @Override
        public void check() {
            assertEquals(1, harvested.get());
            assertTrue(call.isDone());
        }
    }

    static final class TerminationAndReceive implements Scenario {
        private final CallQueue queue = new Trial().queue;
        private final ExecutorService executor = queue.asExecutorService();
        private final Call<Integer> call = queue.submit(() -> 1);

        @Override
        public void first() throws InterruptedException {
            executor.shutdown();
            assertTrue(executor.awaitTermination(1, TimeUnit.HOURS));
        }

        @Override
        public void second() {
            queue.receive();
        }

        @Override
        public void check() {
            assertTrue(call.isDone());
            assertTrue(executor.isTerminated());
        }
    }

    // ---- who claims it first

    static final class WithdrawalAndReceive implements Scenario {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);
        private boolean withdrawn;

        @Override
        public void first() {
            withdrawn = call.withdraw();
        }

        @Override
        public void second() {
            trial.queue.receive();
        }

        @Override
        public void check() {
            if (withdrawn) {
                assertEquals(Call.Phase.WITHDRAWN, call.phase());
                trial.checkNeverRan();
            } else {
                assertEquals(1, call.result());
                trial.checkRan();
            }
        }
    }

    static final class CancelAndReceive implements Scenario {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);
        private boolean cancelled;

        @Override
        public void first() {
            cancelled = call.cancel(true);
        }

        @Override
        public void second() {
            trial.queue.receive();
            assertFalse(Thread.interrupted());
        }

        @Override
        public void check() {
            assertEquals(cancelled, call.isCancelled());
            switch (call.phase()) {
                case SUCCEEDED -> trial.checkRan();
                case FAILED -> trial.checkRanLate();
                default -> trial.checkNeverRan();
            }
        }
    }

    static final class CompletionAndReceive implements Scenario {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);
        private boolean completed;

        @Override
        public void first() {
            completed = call.complete(2);
        }

        @Override
        public void second() {
            trial.queue.receive();
        }

        @Override
        public void check() {
            assertEquals(completed ? 2 : 1, call.result());
            if (!completed) {
                trial.checkRan();
            } else if (call.phase() == Call.Phase.WITHDRAWN) {
                trial.checkNeverRan();
            } else {
                trial.checkRanLate();
            }
        }
    }

    static final class WithdrawalAndCompletion implements Scenario {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);
        private boolean completed;

        @Override
        public void first() {
            assertTrue(call.withdraw());
        }

        @Override
        public void second() {
            completed = call.complete(2);
        }

        @Override
        public void check() {
            assertEquals(!completed, call.isCancelled());
            trial.checkNeverRan();
        }
    }

    static final class CompletionAndFailure implements Scenario {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);
        private boolean completed;
        private boolean failed;

        @Override
        public void first() {
            completed = call.complete(2);
        }

        @Override
        public void second() {
            failed = call.completeExceptionally(new IllegalStateException("by hand"));
        }

        @Override
        public void check() {
            assertTrue(completed ^ failed);
            assertEquals(failed, call.isCompletedExceptionally());
            trial.checkNeverRan();
        }
    }

    static final class CompletionAndCloseNow implements Scenario {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);
        private boolean completed;

        @Override
        public void first() {
            completed = call.complete(2);
        }

        @Override
        public void second() {
            trial.queue.closeNow();
        }

        @Override
        public void check() {
            assertEquals(!completed, call.isCompletedExceptionally());
            trial.checkNeverRan();
        }
    }

    static final class WithdrawalAndCloseNow implements Scenario {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);

        @Override
        public void first() {
            assertTrue(call.withdraw());
        }

        @Override
        public void second() {
            trial.queue.closeNow();
        }

        @Override
        public void check() {
            assertTrue(call.isDone());
            trial.checkNeverRan();
        }
    }

    static final class WithdrawalOfNeighbours implements Scenario {
        private final CallQueue queue = new Trial().queue;
        private final Call<Integer> before = queue.submit(() -> 1);
        private final Call<Integer> one = queue.submit(() -> 2);
        private final Call<Integer> other = queue.submit(() -> 3);
        private final Call<Integer> after = queue.submit(() -> 4);

        @Override
        public void first() {
            assertTrue(one.withdraw());
        }

        @Override
        public void second() {
            assertTrue(other.withdraw());
        }

        @Override
        public void check() {
            assertEquals(2, queue.size());
            assertEquals(2, queue.receive());
            assertEquals(1, before.result());
            assertEquals(4, after.result());
        }
    }

    static final class StageAndCompletion implements Scenario {
        private final Call<Integer> call = new Trial().queue.submit(() -> 1);
        private final AtomicInteger stages = new AtomicInteger();

        @Override
        public void first() {
            call.thenAccept(stages::addAndGet);
        }

        @Override
        public void second() {
            call.complete(2);
        }

        @Override
        public void check() {
            assertEquals(2, stages.get());
        }
    }

    static final class TwoReceivers implements Scenario {
        private final CallQueue queue = new Trial().queue;
        private final Call<Integer> one = queue.submit(() -> 1);
        private final Call<Integer> two = queue.submit(() -> 2);
        private final AtomicInteger received = new AtomicInteger();

        @Override
        public void first() {
            received.addAndGet(queue.receive(1));
        }

        @Override
        public void second() {
            received.addAndGet(queue.receive());
        }

        @Override
        public void check() {
            assertEquals(2, received.get());
            assertEquals(1, one.result());
            assertEquals(2, two.result());
            assertEquals(0, queue.size());
        }
    }

    // ---- several calls in hand

    /** Three calls, of which a lone receiver takes up all at once; the first is the one to be watched for order. */
    private static final class Three {
        final CallQueue queue = new Trial().queue;
        private final Queue<Integer> order = new ConcurrentLinkedQueue<>();
        final Call<Boolean> one = submit(1);
        final Call<Boolean> two = submit(2);
        final Call<Boolean> three = submit(3);

        Call<Boolean> submit(int number) {
            return queue.submit(() -> order.add(number));
        }

        void checkOrder(Integer... expected) {
            assertEquals(List.of(expected), List.copyOf(order));
            assertEquals(0, queue.size(), "size");
        }
    }

    static final class ReceiveAndWithdrawalOfTheLastInHand implements Scenario {
        private final Three three = new Three();
        private int received;
        private boolean withdrawn;

        @Override
        public void first() {
            received = three.queue.receive();
        }

        @Override
        public void second() {
            withdrawn = three.three.withdraw();
        }

        @Override
        public void check() {
            if (withdrawn) {
                assertEquals(2, received);
                assertEquals(Call.Phase.WITHDRAWN, three.three.phase());
                three.checkOrder(1, 2);
            } else {
                assertEquals(3, received);
                three.checkOrder(1, 2, 3);
            }
        }
    }

    static final class ReceiveOfOneAndWithdrawalOfTheNextInHand implements Scenario {
        private final Three three = new Three();
        private int received;

        @Override
        public void first() {
            received = three.queue.receive(1);
        }

        @Override
        public void second() {
            assertTrue(three.two.withdraw());
        }

        @Override
        public void check() {
            assertEquals(1, received);
            assertEquals(1, three.queue.size());
            assertEquals(1, three.queue.receive());
            three.checkOrder(1, 3);
        }
    }

    static final class ReceiveOfTwoAndSubmit implements Scenario {
        private final Three three = new Three();

        @Override
        public void first() {
            assertEquals(2, three.queue.receive(2));
        }

        @Override
        public void second() {
            three.submit(4);
        }

        @Override
        public void check() {
            assertEquals(2, three.queue.size());
            assertEquals(2, three.queue.receive());
            three.checkOrder(1, 2, 3, 4);
        }
    }

    static final class ReceiveAndAnotherOneThatTakesOutOfHand implements Scenario {
        private final Three three = new Three();
        private final AtomicInteger received = new AtomicInteger();

        @Override
        public void first() {
            received.addAndGet(three.queue.receive());
        }

        @Override
        public void second() {
            received.addAndGet(three.queue.receive(1));
        }

        @Override
        public void check() {
            assertEquals(3, received.get());
            assertTrue(three.one.result() && three.two.result() && three.three.result());
            assertEquals(0, three.queue.size());
        }
    }

    static final class ReceiveAndCloseNowWithCallsInHand implements Scenario {
        private final Three three = new Three();
        private int received;

        @Override
        public void first() {
            received = three.queue.receive();
        }

        @Override
        public void second() {
            three.queue.closeNow();
        }

        @Override
        public void check() {
            assertTrue(three.one.isDone() && three.two.isDone() && three.three.isDone());
            long refused = Stream.of(three.one, three.two, three.three)
                    .filter(Call::isCompletedExceptionally)
                    .count();
            assertEquals(3, received + refused);
            assertEquals(received, three.order.size());
            assertEquals(0, three.queue.size());
        }
    }

    static final class ReceiveAndSizeOfWhatIsInHand implements Scenario {
        private final Three three = new Three();
        private int size;

        @Override
        public void first() {
            assertEquals(3, three.queue.receive());
        }

        @Override
        public void second() {
            size = three.queue.size();
        }

        @Override
        public void check() {
            assertTrue(size >= 0 && size <= 3, "size " + size);
            three.checkOrder(1, 2, 3);
        }
    }

    /** A call runs, inside of the one before it, that the receiver has in hand already. */
    static final class WaitInACallForTheNextInHandAndWithdrawal implements Scenario {
        private final CallQueue queue = new Trial().queue;
        private final Call<Integer>[] calls = submit();
        private boolean withdrawn;

        @SuppressWarnings({"unchecked", "rawtypes"})
        private Call<Integer>[] submit() {
            Call<Integer>[] made = new Call[3];
            made[0] = queue.submit(() -> 1);
            made[1] = queue.submit(() -> made[2].resultOrElse(0, LONG));
            made[2] = queue.submit(() -> 3);
            return made;
        }

        @Override
        public void first() {
            queue.receive();
        }

        @Override
        public void second() {
            withdrawn = calls[2].withdraw();
        }

        @Override
        public void check() {
            assertEquals(1, calls[0].result());
            assertEquals(withdrawn ? 0 : 3, calls[1].result());
            assertEquals(0, queue.size());
        }
    }

    // ---- looking

    /** Somebody looks at what runs, and notes it, while that ends: it is not kept for that. */
    static final class ReportAndReceive implements Scenario {
        private static final String NAME = "seen";

        private final CallQueue queue = new Trial().queue;
        private final Reference<?> call = new WeakReference<>(queue.named(NAME).submit(() -> 1));
        private final CompletableFuture<Boolean> isSeen = new CompletableFuture<>();

        @Override
        public void first() {
            isSeen.complete(queue.report().running().stream()
                    .anyMatch(running -> running.call().equals(NAME)));
        }

        @Override
        public void second() {
            Call<Boolean> next = queue.submit(() -> isSeen.join() && isKept());
            assertEquals(2, queue.receive());
            assertFalse(next.result(), "kept");
        }

        private boolean isKept() {
            System.gc();
            return !call.refersTo(null);
        }

        @Override
        public void check() {
            assertEquals(0, queue.size());
        }
    }

    // ---- the row of places

    /** Of whatever length the stretches of places are up to this one, the one begins at the end of a stretch. */
    private abstract static class AtTheEndOf implements Scenario {
        private final CallQueue queue = new Trial().queue;
        private final Queue<Integer> order = new ConcurrentLinkedQueue<>();
        private final AtomicInteger received = new AtomicInteger();

        AtTheEndOf(int places) {
            for (int i = 1; i < places; i++) {
                queue.execute(() -> {});
            }
            queue.receive();
            submit(1);
        }

        private void submit(int number) {
            queue.execute(() -> order.add(number));
        }

        @Override
        public void first() {
            submit(2);
            submit(3);
        }

        @Override
        public void second() {
            received.addAndGet(queue.receive());
            submit(4);
            received.addAndGet(queue.receive());
        }

        @Override
        public void check() {
            received.addAndGet(queue.receive());
            assertEquals(4, received.get());
            List<Integer> ofFirst = order.stream().filter(number -> number < 4).toList();
            assertEquals(List.of(1, 2, 3), ofFirst);
            assertEquals(4, order.size());
            assertEquals(0, queue.size());
        }
    }

    static final class SubmitsAtTheEndOfAStretchAndReceive extends AtTheEndOf {
        SubmitsAtTheEndOfAStretchAndReceive() {
            super(64);
        }
    }

    static final class SubmitsAtTheEndOfALaterStretchAndReceive extends AtTheEndOf {
        SubmitsAtTheEndOfALaterStretchAndReceive() {
            super(64 + 64);
        }
    }

    // ---- closing

    static final class CallAndClose implements Scenario {
        private final Trial trial = new Trial();
        private boolean closed;

        @Override
        public void first() {
            try {
                trial.queue.call(trial::run);
            } catch (QueueClosedException e) {
                closed = true;
            }
        }

        @Override
        public void second() {
            trial.queue.close();
        }

        @Override
        public void check() {
            assertTrue(closed);
            assertEquals(0, trial.runs.get());
            assertEquals(0, trial.queue.size());
        }
    }

    /** A call is submitted while the queue is closed in some way. */
    private static final class Door {
        private Call<Integer> call;

        boolean submit(Trial trial) {
            try {
                call = trial.queue.submit(trial::run);
                return true;
            } catch (QueueClosedException e) {
                trial.checkNotLetIn();
                return false;
            }
        }

        boolean letIn() {
            return call != null;
        }

        void checkRefused(Trial trial) {
            if (letIn()) {
                assertTrue(call.isCompletedExceptionally());
                trial.checkNeverRan();
            }
        }

        void checkRan(Trial trial) {
            if (letIn()) {
                assertEquals(1, call.result());
            }
        }
    }

    static final class SubmitAndClose implements Scenario {
        private final Trial trial = new Trial();
        private final Door door = new Door();

        @Override
        public void first() {
            door.submit(trial);
        }

        @Override
        public void second() {
            trial.queue.close();
        }

        @Override
        public void check() {
            door.checkRefused(trial);
        }
    }

    static final class SubmitAndCloseNow implements Scenario {
        private final Trial trial = new Trial();
        private final Door door = new Door();

        @Override
        public void first() {
            door.submit(trial);
        }

        @Override
        public void second() {
            trial.queue.closeNow();
        }

        @Override
        public void check() {
            door.checkRefused(trial);
        }
    }

    static final class SubmitAndCloseAndReceive implements Scenario {
        private final Trial trial = new Trial();
        private final Door door = new Door();

        @Override
        public void first() {
            door.submit(trial);
        }

        @Override
        public void second() {
            trial.queue.closeAndReceive();
        }

        @Override
        public void check() {
            door.checkRan(trial);
        }
    }

    static final class SubmitAndCloseOfConsumers implements Scenario {
        private final Trial trial = new Trial(CallQueue.builder().consumers(1));
        private final Door door = new Door();

        @Override
        public void first() {
            door.submit(trial);
        }

        @Override
        public void second() {
            trial.queue.close();
        }

        @Override
        public void check() {
            door.checkRan(trial);
        }
    }

    static final class ReceiveAndClose implements Scenario {
        private final Trial trial = new Trial();
        private final Call<Integer> call = trial.queue.submit(trial::run);
        private int received;

        @Override
        public void first() {
            received = trial.queue.receive();
        }

        @Override
        public void second() {
            trial.queue.close();
        }

        @Override
        public void check() {
            assertEquals(received == 0, call.isCompletedExceptionally());
            if (received == 0) {
                trial.checkNeverRan();
            } else {
                trial.checkRan();
            }
        }
    }

    // ---- bounded queues

    private static CallQueue fullQueue() {
        CallQueue queue = CallQueue.builder()
                .capacity(1)
                .whenFull(WhenFull.WAIT)
                .waiting(Waiting.PARK)
                .build();
        queue.execute(() -> {});
        return queue;
    }

    static final class PlaceAndReceive implements Scenario {
        private final CallQueue queue = fullQueue();

        @Override
        public void first() {
            assertEquals(1, queue.call(() -> 1));
        }

        @Override
        public void second() throws InterruptedException {
            assertEquals(1, queue.receive(1));
            assertEquals(1, queue.receive(LONG));
        }

        @Override
        public void check() {
            assertEquals(0, queue.size());
        }
    }

    static final class PlaceAndWithdrawal implements Scenario {
        private final CallQueue queue = CallQueue.builder()
                .capacity(1)
                .whenFull(WhenFull.WAIT)
                .waiting(Waiting.PARK)
                .build();
        private final Call<Integer> before = queue.submit(() -> 1);

        @Override
        public void first() {
            queue.execute(() -> {});
        }

        @Override
        public void second() {
            assertTrue(before.withdraw());
        }

        @Override
        public void check() {
            assertEquals(1, queue.size());
        }
    }

    static final class PlaceAndClose implements Scenario {
        private final CallQueue queue = fullQueue();
        private boolean closed;

        @Override
        public void first() {
            try {
                queue.execute(() -> {});
            } catch (QueueClosedException e) {
                closed = true;
            }
        }

        @Override
        public void second() {
            queue.close();
        }

        @Override
        public void check() {
            assertTrue(closed);
            assertEquals(0, queue.size());
        }
    }

    static final class TwoForTheLastPlace implements Scenario {
        private final CallQueue queue = CallQueue.builder().capacity(1).build();
        private final AtomicInteger refused = new AtomicInteger();

        @Override
        public void first() {
            offer();
        }

        @Override
        public void second() {
            offer();
        }

        private void offer() {
            try {
                queue.execute(() -> {});
            } catch (QueueFullException e) {
                refused.incrementAndGet();
            }
        }

        @Override
        public void check() {
            assertEquals(1, refused.get());
            assertEquals(1, queue.size());
        }
    }

    // ---- chains, deadlocks, interrupts

    static final class ChainThatComesBack implements Scenario {
        private final CallQueue here = new Trial().queue;
        private final CallQueue there = new Trial().queue;
        private final Call<Integer> call = here.submit(() -> there.call(() -> here.call(() -> 1)));

        @Override
        public void first() {
            assertEquals(1, here.receive());
        }

        @Override
        public void second() throws InterruptedException {
            assertEquals(1, there.receive(LONG));
        }

        @Override
        public void check() {
            assertEquals(1, call.result());
        }
    }

    static final class CrossingCalls implements Scenario {
        private final CompletableFuture<CallQueue> firsts = new CompletableFuture<>();
        private final CompletableFuture<CallQueue> seconds = new CompletableFuture<>();
        private final AtomicInteger deadlocks = new AtomicInteger();

        @Override
        public void first() throws InterruptedException {
            cross(firsts, seconds);
        }

        @Override
        public void second() throws InterruptedException {
            cross(seconds, firsts);
        }

        /** Calls the other one, and then receives until the other one has been called, too. */
        private void cross(CompletableFuture<CallQueue> owns, CompletableFuture<CallQueue> others)
                throws InterruptedException {
            CallQueue own = CallQueue.builder()
                    .owner(Thread.currentThread())
                    .waiting(Waiting.PARK)
                    .build();
            owns.complete(own);
            CallQueue other = others.join();
            try {
                assertEquals(1, other.call(() -> 1));
            } catch (CallDeadlockException e) {
                deadlocks.incrementAndGet();
            }
            other.close();
            own.receiveUntilClosed();
        }

        @Override
        public void check() {
            assertEquals(1, deadlocks.get());
        }
    }

    /** Behind the sixteen places that its receiver has in hand, so that both look for their calls in the line. */
    static final class SubmitAndResultsInACall implements Scenario {
        private static final int IN_HAND = 16;

        private final CallQueue queue = new Trial().queue;
        private final Call<?> outer = queue.submit(this::awaitLastOfThree);
        private final List<Call<Integer>> inHand =
                IntStream.range(1, IN_HAND).mapToObj(i -> queue.submit(() -> i)).toList();
        private final Queue<Integer> order = new ConcurrentLinkedQueue<>();
        private Call<Integer> comer;

        private void awaitLastOfThree() {
            queue.submit(() -> order.add(1));
            queue.submit(() -> order.add(2));
            queue.submit(() -> order.add(3)).result();
        }

        @Override
        public void first() {
            comer = queue.submit(() -> 0);
        }

        @Override
        public void second() {
            assertEquals(1, queue.receive(1));
            assertEquals(List.of(1, 2, 3), List.copyOf(order));
        }

        @Override
        public void check() {
            assertEquals(IN_HAND, queue.receive());
            assertTrue(outer.isDone() && comer.isDone());
            assertTrue(inHand.stream().allMatch(Call::isDone));
            assertEquals(0, queue.size());
        }
    }

    static final class CallAndInterrupt implements Scenario {
        private final Trial trial = new Trial();
        private volatile Thread caller;
        private boolean interrupted;
        private boolean flag;

        @Override
        public void first() {
            caller = Thread.currentThread();
            try {
                assertEquals(1, trial.queue.call(trial::run));
            } catch (CallInterruptedException e) {
                interrupted = true;
            }
            flag = Thread.interrupted();
        }

        @Override
        public void second() throws InterruptedException {
            Thread thread = caller;
            if (thread == null) {
                trial.queue.receive(LONG);
            } else {
                thread.interrupt();
                trial.queue.receive();
            }
            assertFalse(Thread.interrupted());
        }

        @Override
        public void check() {
            assertTrue(flag || !interrupted);
            assertEquals(0, trial.queue.size());
            assertEquals(1, trial.ended.get() + trial.unrun.get());
            assertEquals(trial.runs.get(), trial.ended.get());
        }
    }

    static final class InterruptibleCancelAndReceive implements Scenario {
        private final CallQueue queue = new Trial().queue;
        private final Call<Integer> call = queue.interruptible().submit(() -> 1);
        private final Call<Boolean> next =
                queue.submit(() -> Thread.currentThread().isInterrupted());

        @Override
        public void first() {
            call.cancel(true);
        }

        @Override
        public void second() {
            queue.receive();
            assertFalse(Thread.interrupted());
        }

        @Override
        public void check() {
            assertFalse(next.result());
            assertTrue(call.isDone());
        }
    }

    // ---- servers that begin and end a round

    static final class TwoCallsToOneConsumer implements Scenario {
        private final CallQueue queue =
                CallQueue.builder().consumers(1).waiting(Waiting.PARK).build();

        @Override
        public void first() {
            assertEquals(1, queue.call(() -> 1));
        }

        @Override
        public void second() {
            assertEquals(2, queue.call(() -> 2));
        }

        @Override
        public void check() {
            queue.close();
        }
    }

    static final class SubmitsAndLoop implements Scenario {
        private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
        private final CallQueue queue = CallQueue.on(posted::add, this::isLoop);
        private final Call<Integer> before = queue.submit(() -> 0);
        private volatile Thread loop;
        private Call<Integer> one;
        private Call<Integer> two;

        private boolean isLoop() {
            return Thread.currentThread() == loop;
        }

        private void runPosted() {
            loop = Thread.currentThread();
            for (Runnable task = posted.poll(); task != null; task = posted.poll()) {
                task.run();
            }
        }

        @Override
        public void first() {
            one = queue.submit(() -> 1);
            two = queue.submit(() -> 2);
        }

        @Override
        public void second() {
            runPosted();
            runPosted();
        }

        @Override
        public void check() {
            runPosted();
            assertTrue(before.isDone() && one.isDone() && two.isDone());
            assertEquals(0, queue.size());
        }
    }
}
