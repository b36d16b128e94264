package dev.callqueue.testkit;

import static dev.callqueue.testkit.Delays.LONG;
import static dev.callqueue.testkit.Delays.SHORT;
import static dev.callqueue.testkit.Eventually.eventually;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.callqueue.Call;
import dev.callqueue.CallDeadlockException;
import dev.callqueue.CallQueue;
import dev.callqueue.CallTarget;
import dev.callqueue.CallTimeoutException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Chains that cross: the target and another one, each of which waits for the other. A target with several threads waits for
 * the other with all of them; with fewer it would go on.
 */
public abstract class DeadlockContract extends Contract {
    private CallQueue other;

    /** For subclasses. */
    protected DeadlockContract() {}

    @BeforeEach
    void startTheOther() {
        other = threads.owner("other");
    }

    private static String servedBy(CallTarget target) {
        try {
            return target.call(() -> "served");
        } catch (CallDeadlockException e) {
            return "deadlock";
        } catch (CallTimeoutException e) {
            return "timed out";
        }
    }

    /** One call in the other and one in each thread of the target, which begin to wait for each other at the same time. */
    private List<Call<String>> cross(Supplier<String> inOther, Supplier<String> inTarget) {
        var together = new CyclicBarrier(1 + atOnce());
        List<Call<String>> calls = new ArrayList<>();
        calls.add(other.submit(() -> {
            together.await(LONG.toNanos(), NANOSECONDS);
            return inOther.get();
        }));
        for (int i = 0; i < atOnce(); i++) {
            calls.add(target.submit(() -> {
                together.await(LONG.toNanos(), NANOSECONDS);
                return inTarget.get();
            }));
        }
        return calls;
    }

    /** Lets the other wait last, when all threads of the target wait for it already; returns the other's call. */
    private Call<String> crossLast(Supplier<String> inOther, Supplier<String> inTarget, List<Call<String>> inTargets) {
        Gate gate = threads.gate();
        Call<String> last = other.submit(() -> {
            gate.pass();
            return inOther.get();
        });
        gate.awaitArrival();
        for (int i = 0; i < atOnce(); i++) {
            inTargets.add(target.submit(inTarget::get));
        }
        awaitAllThreadsWaiting();
        gate.open();
        return last;
    }

    /** Until it is known of all threads of the target what they wait for, and they have looked for it in vain. */
    private void awaitAllThreadsWaiting() {
        eventually(() -> "all threads wait: " + queue.report(), () -> {
            var running = queue.report().running();
            return running.size() == atOnce()
                    && running.stream()
                            .allMatch(each -> isParkedInACall(each.runner().thread()));
        });
    }

    private static boolean isParkedInACall(Thread thread) {
        Object blocker = LockSupport.getBlocker(thread);
        return blocker != null && blocker.getClass().getPackage().equals(Call.class.getPackage());
    }

    @Test
    void exactlyOneOfThoseWhoWaitForEachOtherIsToldAndTheOthersGoOn() {
        List<String> outcomes = cross(() -> servedBy(target), () -> servedBy(other)).stream()
                .map(Call::result)
                .toList();

        assertEquals(1, Collections.frequency(outcomes, "deadlock"), outcomes::toString);
        assertEquals(atOnce(), Collections.frequency(outcomes, "served"), outcomes::toString);
    }

    @Test
    void whoWaitsInResultIsToldToo() {
        List<String> outcomes =
                cross(
                                () -> target.submit(() -> "served").result(),
                                () -> other.submit(() -> "served").result())
                        .stream()
                        .map(call -> call.exceptionally(
                                        failure -> failure.getClass().getSimpleName())
                                .join())
                        .toList();

        assertEquals(1, Collections.frequency(outcomes, "CallDeadlockException"), outcomes::toString);
        assertEquals(atOnce(), Collections.frequency(outcomes, "served"), outcomes::toString);
    }

    @Test
    void theMessageNamesEveryThreadAndEveryCallOfTheCycle() {
        List<Call<String>> inTargets = new ArrayList<>();
        Call<String> last = crossLast(
                () -> target.named("to the target")
                        .call(() -> Thread.currentThread().getName()),
                () -> other.named("to the other")
                        .call(() -> Thread.currentThread().getName()),
                inTargets);

        String message = assertThrows(CallDeadlockException.class, last::result).toString();

        Stream.of("thread 'other'", "'to the target'", "'to the other'")
                .forEach(part -> assertTrue(message.contains(part), message));
        List<String> targetThreads = IntStream.range(0, 3 * atOnce())
                .mapToObj(i -> target.call(() -> Thread.currentThread().getName()))
                .toList();
        assertTrue(targetThreads.stream().anyMatch(message::contains), message);
        inTargets.forEach(Call::result);
    }

    @Test
    void whoIsToldIsNotAskedForAnAlternative() {
        List<Call<String>> inTargets = new ArrayList<>();
        Call<String> last =
                crossLast(() -> target.callOrElse("alternative", () -> "served"), () -> servedBy(other), inTargets);

        assertThrows(CallDeadlockException.class, last::result);
        inTargets.forEach(call -> assertEquals("served", call.result()));
    }

    /** Only a thread on the cycle is told. */
    @Test
    void aBystanderGetsTheOutcomeOfTheCallItWaitsFor() {
        List<Call<String>> inTargets = new ArrayList<>();
        Call<String> last = crossLast(() -> servedBy(target), () -> servedBy(other), inTargets);
        var bystander = threads.start("bystander", () -> last.result());

        assertEquals("deadlock", bystander.result(), "what the call made of it");
        inTargets.forEach(call -> assertEquals("served", call.result()));
    }

    /** The other will go on: it is not told, though whoever has the limit may be. */
    @Test
    void aCycleInWhichAnotherHasATimeLimitIsNone() {
        List<Call<String>> calls = cross(() -> servedBy(target), () -> servedBy(other.within(SHORT.multipliedBy(5))));

        assertEquals("served", calls.get(0).result());
    }

    @Test
    void onesOwnTimeLimitDoesNotDelayTheReport() {
        List<Call<String>> inTargets = new ArrayList<>();
        Call<String> last =
                crossLast(() -> servedBy(target.within(LONG.multipliedBy(10))), () -> servedBy(other), inTargets);

        assertEquals("deadlock", last.result(LONG));
        inTargets.forEach(call -> assertEquals("served", call.result()));
    }

    /** Whoever has the limit is on a cycle of others without one, though he began to wait first. */
    @Test
    void onesOwnTimeLimitDoesNotDelayTheReportThoughOneWaitedFirst() {
        List<Call<String>> inTargets = new ArrayList<>();
        AtomicBoolean limited = new AtomicBoolean();
        Call<String> last = crossLast(
                () -> servedBy(target),
                () -> servedBy(limited.getAndSet(true) ? other : other.within(LONG.multipliedBy(10))),
                inTargets);

        assertEquals("served", last.result(LONG));
        List<String> outcomes = inTargets.stream().map(Call::result).toList();
        assertEquals(1, Collections.frequency(outcomes, "deadlock"), outcomes::toString);
    }

    @Test
    void theTargetGoesOnAfterADeadlock() {
        cross(() -> servedBy(target), () -> servedBy(other)).forEach(Call::result);

        holdTarget(); // fails if one of its threads does not
    }
}
