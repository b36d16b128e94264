package dev.callqueue.soak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.callqueue.CallQueue;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** An experiment that does nothing any more is given up; one that goes on is not. */
class WatchdogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final Watchdog watchdog = new Watchdog(new PrintStream(log, true, UTF_8), PATIENCE);

    @Test
    void aHangIsSeenAndItsThreadsAndQueuesAreShown() throws Exception {
        Experiment hanging = (trial, figures) -> {
            CallQueue queue =
                    trial.watch(CallQueue.builder().name("a queue that hangs").build());
            queue.call(() -> 1);
        };

        Figures figures = watchdog.run("hanging", hanging, Effort.brief(1), () -> {});

        assertEquals(Verdict.HANG, figures.verdict());
        assertTrue(log.toString(UTF_8).contains("thread 'hanging' "), log.toString(UTF_8));
        assertTrue(log.toString(UTF_8).contains("queue 'a queue that hangs'"), log.toString(UTF_8));
    }

    @Test
    void whatGoesOnIsNotGivenUp() throws Exception {
        CountDownLatch told = new CountDownLatch(3);
        Experiment slow = (trial, figures) -> {
            while (told.getCount() > 0) {
                trial.progress();
                Thread.onSpinWait();
            }
            figures.say("it has ended");
        };

        Figures figures = watchdog.run("slow", slow, Effort.brief(1), told::countDown);

        assertEquals(Verdict.MET, figures.verdict());
        assertEquals("it has ended", figures.toString());
    }

    @Test
    void aHangingExperimentsQueuesAreClosed() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        Experiment hanging = (trial, figures) -> {
            CallQueue queue = trial.watch(CallQueue.create());
            try {
                queue.call(() -> 1);
            } finally {
                released.countDown();
            }
        };

        watchdog.run("hanging", hanging, Effort.brief(1), () -> {});

        released.await();
    }
}
