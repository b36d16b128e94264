package dev.callqueue.examples.museum.traps;

import dev.callqueue.examples.museum.Contender;
import dev.callqueue.examples.museum.Finding;
import dev.callqueue.examples.museum.Stage;
import dev.callqueue.examples.museum.Target;
import dev.callqueue.examples.museum.Trap;

/** Code that runs on the owner calls the owner. */
public final class SelfCall implements Trap {
    @Override
    public String id() {
        return "self-call";
    }

    @Override
    public String title() {
        return "self call";
    }

    @Override
    public String story() {
        return "A function that runs on the owner's thread calls another one there, as methods of one object call each other. "
                + "One wants its value.";
    }

    @Override
    public Finding spring(Contender contender, Stage stage) throws Exception {
        Target owner = stage.with(contender.owner("owner"));

        return Finding.of(42, stage.see("caller", () -> owner.call(() -> owner.call(() -> 42))));
    }
}
