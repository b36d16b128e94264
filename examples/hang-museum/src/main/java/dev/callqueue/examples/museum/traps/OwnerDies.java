package dev.callqueue.examples.museum.traps;

import dev.callqueue.examples.museum.Caller;
import dev.callqueue.examples.museum.Contender;
import dev.callqueue.examples.museum.Finding;
import dev.callqueue.examples.museum.Stage;
import dev.callqueue.examples.museum.Target;
import dev.callqueue.examples.museum.Trap;
import java.util.concurrent.CountDownLatch;

/** The owner's thread comes across a bug while somebody waits for it. */
public final class OwnerDies implements Trap {
    @Override
    public String id() {
        return "owner-dies";
    }

    @Override
    public String title() {
        return "owner dies";
    }

    @Override
    public String story() {
        return "The owner's own work throws an exception that nobody there expects, while a call waits in the line; then another "
                + "call is made. One wants both to end: with a value if the owner survives or is replaced, else with an "
                + "exception.";
    }

    @Override
    public Finding spring(Contender contender, Stage stage) throws Exception {
        Target owner = stage.with(contender.owner("owner"));
        var working = new CountDownLatch(1);
        var bug = new CountDownLatch(1);
        owner.doOwnWork(() -> {
            working.countDown();
            Interruptions.await(bug);
            throw new IllegalStateException("a bug in the owner's own work");
        });
        stage.await(working);

        Caller waiting = stage.caller("waiting caller", () -> owner.call(() -> 42));
        waiting.awaitWaiting();
        bug.countDown();

        return Finding.of(42, stage.see(waiting), stage.see("later caller", () -> owner.call(() -> 42)));
    }
}
