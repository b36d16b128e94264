package dev.callqueue.examples.museum.traps;

import dev.callqueue.examples.museum.Caller;
import dev.callqueue.examples.museum.Contender;
import dev.callqueue.examples.museum.Finding;
import dev.callqueue.examples.museum.Stage;
import dev.callqueue.examples.museum.Target;
import dev.callqueue.examples.museum.Trap;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** The owner is stopped while callers wait in the line. */
public final class ShutdownNow implements Trap {
    private static final Duration SOON = Duration.ofMillis(300);

    @Override
    public String id() {
        return "shutdown-now";
    }

    @Override
    public String title() {
        return "shutdownNow";
    }

    @Override
    public String story() {
        return "The owner is busy, and a call waits in the line, when the owner is told to stop at once. What it is busy with ends "
                + "by an interrupt, or by itself soon after. One wants the waiting caller to be told, or to get the value after "
                + "all.";
    }

    @Override
    public Finding spring(Contender contender, Stage stage) throws Exception {
        Target owner = stage.with(contender.owner("owner"));
        var busy = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        Caller busyCaller = stage.caller(
                "busy caller",
                () -> owner.call(() -> {
                    busy.countDown();
                    done.await();
                    return "done";
                }));
        stage.await(busy);

        Caller waiting = stage.caller("waiting caller", () -> owner.call(() -> 42));
        waiting.awaitWaiting();
        owner.stopNow();
        busyCaller.awaitEnd(SOON);
        done.countDown();

        return Finding.of(42, stage.see(waiting));
    }
}
