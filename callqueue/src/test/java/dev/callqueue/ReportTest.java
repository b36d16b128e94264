package dev.callqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
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
        assertEquals("owner", running.thread().getName());
        assertEquals(caller.thread(), running.caller());
        assertTrue(
                running.stack().stream().anyMatch(frame -> frame.getMethodName().equals("pass")));
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
}
