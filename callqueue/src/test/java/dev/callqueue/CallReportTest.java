package dev.callqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.callqueue.CallReport.Obstacle;
import dev.callqueue.CallReport.Queued;
import dev.callqueue.CallReport.Running;
import dev.callqueue.CallReport.ThreadPicture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a report is drawn for people. */
class CallReportTest {
    private static final StackTraceElement READ = new StackTraceElement("app.Disk", "read", "Disk.java", 17);
    private static final StackTraceElement ASK = new StackTraceElement("app.Window", "ask", "Window.java", 4);

    private final Thread worker = new Thread("worker");
    private final Thread window = new Thread("window");

    private static CallReport report(List<Queued> line, List<Running> running, List<ThreadPicture> servers) {
        return new CallReport("disk", "its owner", false, line.size(), line, running, servers);
    }

    private static ThreadPicture picture(Thread thread, StackTraceElement... stack) {
        return new ThreadPicture(thread, Thread.State.RUNNABLE, List.of(stack), null);
    }

    private static Running running(ThreadPicture runner, ThreadPicture caller) {
        return new Running("read", runner, caller, Duration.ofMillis(20));
    }

    @Test
    void aQueueWithNothingToDoIsOneLine() {
        assertEquals(
                "queue 'disk', served by its owner: 0 waiting",
                report(List.of(), List.of(), List.of()).toString());
    }

    @Test
    void aClosedQueueIsCalledClosed() {
        var closed = new CallReport("disk", "its owner", true, 0, List.of(), List.of(), List.of());

        assertEquals("queue 'disk', served by its owner, closed: 0 waiting", closed.toString());
    }

    @Test
    void aRunningCallIsDrawnWithTheStacksOfItsRunnerAndOfItsCaller() {
        assertEquals(
                """
                queue 'disk', served by its owner: 0 waiting
                  read runs in thread 'worker' (RUNNABLE) for at least 20 ms, made by thread 'window' (RUNNABLE)
                    at app.Disk.read(Disk.java:17)
                   its caller, thread 'window' (RUNNABLE)
                    at app.Window.ask(Window.java:4)""",
                report(List.of(), List.of(running(picture(worker, READ), picture(window, ASK))), List.of())
                        .toString());
    }

    @Test
    void aCallerWhoDoesNotWaitIsOnlyNamed() {
        assertEquals(
                """
                queue 'disk', served by its owner: 0 waiting
                  read runs in thread 'worker' (RUNNABLE) for at least 20 ms, made by thread 'window' (RUNNABLE)
                    at app.Disk.read(Disk.java:17)""",
                report(List.of(), List.of(running(picture(worker, READ), picture(window))), List.of())
                        .toString());
    }

    @Test
    void aCallWhoseCallerIsNotKnownIsDrawnWithoutOne() {
        assertEquals(
                """
                queue 'disk', served by its owner: 0 waiting
                  read runs in thread 'worker' (RUNNABLE) for at least 20 ms""",
                report(List.of(), List.of(running(picture(worker), null)), List.of())
                        .toString());
    }

    @Test
    void whatAThreadWaitsForStandsAboveItsStack() {
        var blocked =
                new ThreadPicture(worker, Thread.State.BLOCKED, List.of(READ), new Obstacle("app.Index@1", "indexer"));

        assertEquals(
                """
                queue 'disk', served by its owner: 0 waiting
                  read runs in thread 'worker' (BLOCKED) for at least 20 ms
                    waits for app.Index@1, held by thread 'indexer'
                    at app.Disk.read(Disk.java:17)""",
                report(List.of(), List.of(running(blocked, null)), List.of()).toString());
    }

    @Test
    void whatNobodyHoldsIsDrawnWithoutAHolder() {
        assertEquals("a call to queue 'net'", new Obstacle("a call to queue 'net'", null).toString());
    }

    @Test
    void aThreadThatRunsNothingIsDrawnWithItsStack() {
        assertEquals(
                """
                queue 'disk', served by its owner: 0 waiting
                  thread 'worker' (RUNNABLE) runs none of its calls
                    at app.Disk.read(Disk.java:17)""",
                report(List.of(), List.of(), List.of(picture(worker, READ))).toString());
    }

    @Test
    void whatWaitsStandsBelowWithItsMakers() {
        assertEquals(
                """
                queue 'disk', served by its owner: 2 waiting
                  read waits, made by thread 'window'
                  write waits""",
                report(List.of(new Queued("read", window), new Queued("write", null)), List.of(), List.of())
                        .toString());
    }

    @Test
    void aReportDoesNotChangeWithTheListsItWasMadeOf() {
        var line = new ArrayList<>(List.of(new Queued("read", window)));
        CallReport report = report(line, List.of(), List.of());

        line.clear();

        assertEquals(List.of(new Queued("read", window)), report.line());
    }
}
