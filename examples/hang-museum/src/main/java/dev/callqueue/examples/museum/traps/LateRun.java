package dev.callqueue.examples.museum.traps;

import dev.callqueue.examples.museum.Contender;
import dev.callqueue.examples.museum.Finding;
import dev.callqueue.examples.museum.Outcome;
import dev.callqueue.examples.museum.Retreat;
import dev.callqueue.examples.museum.Sighting;
import dev.callqueue.examples.museum.Stage;
import dev.callqueue.examples.museum.Target;
import dev.callqueue.examples.museum.Trap;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A call whose time was over before it began runs all the same. */
public final class LateRun implements Trap {
    private static final Duration LIMIT = Duration.ofMillis(100);
    private static final Duration LONGER = Duration.ofMillis(200);

    @Override
    public String id() {
        return "late-run";
    }

    @Override
    public String title() {
        return "timed-out call";
    }

    @Override
    public String story() {
        return "The owner is busy for longer than a caller wants to wait, who gives up after 100 ms and may have paid elsewhere by "
                + "the time the owner is free. One wants the payment not to be made then. The next caller asks how many were.";
    }

    @Override
    public Finding spring(Contender contender, Stage stage) throws Exception {
        Target owner = stage.with(contender.owner("owner"));
        var payments = new AtomicInteger();

        CountDownLatch givenUp = keepBusy(owner, stage);
        Sighting hasty = stage.see("hasty caller", () -> owner.callWithin(LIMIT, payments::incrementAndGet));
        givenUp.countDown();
        Sighting next = stage.see("next caller", () -> owner.call(payments::get));

        if (hasty.outcome() instanceof Outcome.Thrown && hasHappened(next)) {
            return Finding.wrong("ran later", hasty, next).noting(whenGivenUpByHand(owner, stage));
        }
        return Finding.of(0, hasty, next);
    }

    /** What a caller can do who knows that the time limit alone does not withdraw the call. */
    private static String whenGivenUpByHand(Target owner, Stage stage) throws Exception {
        var payments = new AtomicInteger();

        CountDownLatch givenUp = keepBusy(owner, stage);
        Retreat retreat = owner.start(payments::incrementAndGet);
        retreat.act().run();
        givenUp.countDown();
        Sighting next = stage.see("next caller", () -> owner.call(payments::get));

        return (hasHappened(next) ? "it ran after " : "it did not run after ") + retreat.how();
    }

    private static boolean hasHappened(Sighting asked) {
        return asked.outcome() instanceof Outcome.Value got && !got.value().equals(0);
    }

    /** Keeps the owner busy until the latch that it returns is counted down, and a while longer. */
    private static CountDownLatch keepBusy(Target owner, Stage stage) throws InterruptedException {
        var busy = new CountDownLatch(1);
        var givenUp = new CountDownLatch(1);
        stage.caller(
                "busy caller",
                () -> owner.call(() -> {
                    busy.countDown();
                    givenUp.await();
                    Thread.sleep(LONGER.toMillis());
                    return "done";
                }));
        stage.await(busy);
        return givenUp;
    }
}
