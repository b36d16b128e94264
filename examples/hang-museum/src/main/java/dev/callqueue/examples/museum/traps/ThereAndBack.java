package dev.callqueue.examples.museum.traps;

import dev.callqueue.examples.museum.Contender;
import dev.callqueue.examples.museum.Finding;
import dev.callqueue.examples.museum.Stage;
import dev.callqueue.examples.museum.Target;
import dev.callqueue.examples.museum.Trap;

/** A chain of calls comes back to a thread that waits for it. */
public final class ThereAndBack implements Trap {
    @Override
    public String id() {
        return "there-and-back";
    }

    @Override
    public String title() {
        return "A → B → A";
    }

    @Override
    public String story() {
        return "A function on owner A calls owner B, and what runs there calls A, which waits for it. One wants the value.";
    }

    @Override
    public Finding spring(Contender contender, Stage stage) throws Exception {
        Target a = stage.with(contender.owner("A"));
        Target b = stage.with(contender.otherOwner("B"));

        return Finding.of(42, stage.see("caller", () -> a.call(() -> b.call(() -> a.call(() -> 42)))));
    }
}
