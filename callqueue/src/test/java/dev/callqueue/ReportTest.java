package dev.callqueue;

import static dev.callqueue.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The picture of a queue that its report gives. */
class ReportTest {
    @AutoClose
    private final Threads threads = new Threads();

    @Test
    void aReportSaysWhatTheQueueIsAndHowManyCallsWait() {
        CallQueue queue = threads.closing(CallQueue.builder().name("downloads").build());
        queue.execute(() -> {});
        queue.execute(() -> {});

        CallReport report = queue.report();

        assertEquals("downloads", report.queue());
        assertEquals(2, report.waiting());
        assertEquals(0, report.running().size());
        assertFalse(report.closed());
    }

    @Test
    void aReportSaysWhatRunsWhereAndWhoCalledIt() {
        CallQueue queue = threads.owner("owner");
        Gate gate = threads.gate();
        var caller = threads.start("caller", () -> queue.named("the slow one").call(gate::pass));
        gate.awaitArrival();

        CallReport.Running running = queue.report().running().get(0);

        assertTrue(running.call().contains("the slow one"), running.call());
        assertEquals("owner", running.runner().thread().getName());
        assertEquals(caller.thread(), running.caller().thread());
        assertTrue(running.runner().stack().stream()
                .anyMatch(frame -> frame.getMethodName().equals("pass")));
    }

    @Test
    void aReportNamesItsOwner() {
        String report = threads.owner("the one owner").report().toString();

        assertTrue(report.contains("the one owner"), report);
    }

    @Test
    void queuesViewsAndCallsSayWhoTheyAre() {
        CallQueue queue = threads.closing(CallQueue.builder().name("downloads").build());
        Call<Integer> call = queue.named("the first").submit(() -> 1);

        assertTrue(queue.toString().contains("downloads"), queue.toString());
        assertTrue(queue.named("the first").toString().contains("downloads"));
        assertTrue(call.toString().contains("the first") && call.toString().contains("WAITING"), call.toString());
    }

    @Test
    void aReportOfAClosedQueueSaysSo() {
        CallQueue queue = threads.closing(CallQueue.create());

        queue.close();

        assertTrue(queue.report().closed());
    }

    @Test
    void aTimeoutHasAReport() {
        CallQueue queue = threads.owner("owner");
        Gate gate = threads.hold(queue, 1);

        var timeout = assertThrows(
                CallTimeoutException.class, () -> queue.within(Duration.ZERO).call(() -> 1));

        assertEquals(1, timeout.report().running().size());
        gate.open();
    }

    @Test
    void aReportSaysWhatTheCallerOfTheRunningCallDoes() {
        CallQueue queue = threads.owner("owner");
        Gate gate = threads.gate();
        threads.start("caller", () -> callFromThere(queue, gate));
        gate.awaitArrival();

        eventually(() -> assertTrue(
                queue.report().running().get(0).caller().stack().stream()
                        .anyMatch(frame -> frame.getMethodName().equals("callFromThere")),
                queue.report().toString()));
    }

    private static void callFromThere(CallQueue queue, Gate gate) {
        queue.call(gate::pass);
    }

    @Test
    void aReportShowsNoStackOfACallerThatDoesNotWaitInACall() {
        CallQueue queue = threads.owner("owner");
        Gate gate = threads.gate();
        queue.submit(gate::pass);
        gate.awaitArrival();

        CallReport.ThreadPicture caller = queue.report().running().get(0).caller();

        assertEquals(Thread.currentThread(), caller.thread());
        assertEquals(List.of(), caller.stack());
    }

    @Test
    void aReportSaysWhereTheCallRunsThatTheRunnerWaitsFor() {
        CallQueue outer = threads.owner("outer owner");
        CallQueue inner = threads.owner("inner owner");
        Gate gate = threads.gate();
        outer.execute(() -> inner.named("inner").call(gate::pass));
        gate.awaitArrival();

        awaitObstacle(
                outer, "call 'inner' to queue '" + inner.report().queue() + "', which runs in thread 'inner owner'");
    }

    @Test
    void aReportSaysThatTheCallHasNotBegunThatTheRunnerWaitsFor() {
        CallQueue outer = threads.owner("outer owner");
        CallQueue inner = threads.owner("inner owner");
        threads.hold(inner, 1);
        outer.execute(() -> inner.named("inner").call(() -> {}));

        awaitObstacle(outer, "call 'inner' to queue '" + inner.report().queue() + "', which has not begun");
    }

    /** Waits until the queue's only running call is kept from going on by that. */
    private static void awaitObstacle(CallQueue queue, String what) {
        eventually(() -> {
            CallReport report = queue.report();
            assertEquals(1, report.running().size());
            assertEquals(
                    new CallReport.Obstacle(what, null),
                    report.running().get(0).runner().obstacle());
        });
    }

    @Test
    void whoWaitsWithALimitLooksSinceWhenTheCallRuns() {
        CallQueue queue = threads.owner("owner");
        Gate gate = threads.hold(queue, 1);
        var seen = new ArrayList<CallReport>();

        int value = queue.within(Delays.LONG)
                .pumping(() -> {
                    seen.add(queue.report());
                    gate.open();
                })
                .call(() -> 1);

        assertEquals(1, value);
        CallReport afterTheLook = seen.get(0);
        assertTrue(afterTheLook.running().get(0).atLeast().compareTo(Duration.ZERO) > 0, afterTheLook.toString());
    }

    @Test
    void aReportSaysForHowLongACallHasBeenRunning() {
        CallQueue queue = threads.owner("owner");
        long begun = System.nanoTime();
        Gate gate = threads.hold(queue, 1);

        assertEquals(Duration.ZERO, queue.report().running().get(0).atLeast());
        assertThrows(
                CallTimeoutException.class, () -> queue.within(Delays.SHORT).call(() -> 1));

        Duration atLeast = queue.report().running().get(0).atLeast();
        Duration atMost = Duration.ofNanos(System.nanoTime() - begun);
        assertTrue(atLeast.compareTo(Delays.SHORT) >= 0, () -> "at least " + atLeast);
        assertTrue(atLeast.compareTo(atMost) <= 0, () -> "at least " + atLeast + " of at most " + atMost);
        gate.open();
    }

    @Test
    void aReportNamesTheLockThatTheOwnerWaitsForAndWhoHoldsIt() {
        CallQueue queue = threads.owner("owner");
        var lock = new ReentrantLock();
        lock.lock();
        try {
            queue.execute(() -> {
                lock.lock();
                lock.unlock();
            });

            eventually(() -> {
                assertEquals(1, queue.report().running().size());
                CallReport.Running running = queue.report().running().get(0);
                CallReport.Obstacle obstacle = running.runner().obstacle();
                assertNotNull(obstacle);
                assertTrue(obstacle.what().contains("ReentrantLock"));
                assertEquals(Thread.currentThread().getName(), obstacle.holder());
            });
        } finally {
            lock.unlock();
        }
    }

    @Test
    void aReportShowsTheCallsInsideOfWhichAnotherRuns() {
        CallQueue queue = threads.owner("owner");
        CallQueue other = threads.owner("other");

        CallReport report = queue.named("outer")
                .call(() -> other.call(() -> queue.named("inner").call(queue::report)));

        assertEquals(
                List.of("inner", "outer"),
                report.running().stream().map(CallReport.Running::call).toList());
        assertEquals(List.of(), report.running().get(1).runner().stack());
    }

    @Test
    void anOwnedQueueIsNotShownAmongAllAfterItsOwnersEnd() throws Exception {
        var made = threads.start("owner", () -> threads.closing(CallQueue.forCurrentThread()));
        CallQueue orphan = made.result();
        made.thread().join();

        assertFalse(CallReport.all().stream()
                .anyMatch(each -> each.queue().equals(orphan.report().queue())));
    }

    @Test
    void aReportShowsTheHeadOfTheLine() {
        CallQueue queue = threads.closing(CallQueue.create());
        for (int i = 0; i < 20; i++) {
            queue.named("number " + i).execute(() -> {});
        }

        CallReport report = queue.report();

        assertEquals(CallReport.LINE_SHOWN, report.line().size());
        assertEquals("number 0", report.line().get(0).call());
        assertEquals(Thread.currentThread(), report.line().get(0).caller());
    }

    @Test
    void anIdleOwnerIsShownWithItsStack() {
        CallQueue queue = threads.owner("owner");

        CallReport.ThreadPicture owner = queue.report().servers().get(0);

        assertEquals("owner", owner.thread().getName());
        assertFalse(owner.stack().isEmpty());
    }

    @Test
    void aTimeoutSaysWhereTheCallStoodInTheLine() {
        CallQueue queue = threads.owner("owner");
        threads.hold(queue, 1);
        queue.execute(() -> {});
        queue.execute(() -> {});

        var timeout = assertThrows(
                CallTimeoutException.class, () -> queue.within(Delays.SHORT).call(() -> 1));

        assertEquals(3, timeout.place());
        assertTrue(timeout.getMessage().contains("number 3 of those that wait"), timeout.getMessage());
    }

    @Test
    void aReportOfAllShowsEveryQueueThatHasNotEnded() {
        CallQueue one = threads.closing(CallQueue.builder().name("one of all").build());
        CallQueue other = threads.owner("owner");
        CallQueue ended = threads.closing(CallQueue.builder().name("ended").build());
        ended.close();

        List<String> names = CallReport.all().stream().map(CallReport::queue).toList();

        assertTrue(names.contains("one of all") && names.contains(other.report().queue()), names.toString());
        assertFalse(names.contains("ended"), names.toString());
        assertEquals("one of all", one.report().queue());
    }
}
