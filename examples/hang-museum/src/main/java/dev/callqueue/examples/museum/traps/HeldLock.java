package dev.callqueue.examples.museum.traps;

import dev.callqueue.examples.museum.Contender;
import dev.callqueue.examples.museum.Finding;
import dev.callqueue.examples.museum.Stage;
import dev.callqueue.examples.museum.Target;
import dev.callqueue.examples.museum.Trap;

/** The caller holds a lock that the function wants on the owner's thread. */
public final class HeldLock implements Trap {
    @Override
    public String id() {
        return "held-lock";
    }

    @Override
    public String title() {
        return "held lock";
    }

    @Override
    public String story() {
        return "The caller calls from a synchronized block, and the function enters a synchronized block of the same object on "
                + "the owner's thread. It cannot work; one wants to be told.";
    }

    @Override
    public Finding spring(Contender contender, Stage stage) throws Exception {
        Target owner = stage.with(contender.owner("owner"));
        var account = new Account();

        return Finding.of(42, stage.see("caller", () -> account.balanceBy(owner)));
    }

    /** An object whose methods are synchronized, one of which calls the owner. */
    private static final class Account {
        synchronized int balance() {
            return 42;
        }

        synchronized int balanceBy(Target owner) throws Exception {
            return owner.call(this::balance);
        }
    }
}
