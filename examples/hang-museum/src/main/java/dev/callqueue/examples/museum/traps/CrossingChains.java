package dev.callqueue.examples.museum.traps;

import dev.callqueue.examples.museum.Contender;
import dev.callqueue.examples.museum.Finding;
import dev.callqueue.examples.museum.Stage;
import dev.callqueue.examples.museum.Target;
import dev.callqueue.examples.museum.Trap;
import java.util.concurrent.CyclicBarrier;

/** Two owners call each other at the same time, for two callers who know nothing of each other. */
public final class CrossingChains implements Trap {
    @Override
    public String id() {
        return "crossing-chains";
    }

    @Override
    public String title() {
        return "crossing chains";
    }

    @Override
    public String story() {
        return "While a function on owner A calls owner B, another one on B calls A, for somebody else. Both cannot have their "
                + "way; one wants one of them to be told, and the other one to go on.";
    }

    @Override
    public Finding spring(Contender contender, Stage stage) throws Exception {
        Target a = stage.with(contender.owner("A"));
        Target b = stage.with(contender.otherOwner("B"));
        var bothBusy = new CyclicBarrier(2);

        return Finding.of(
                42,
                stage.see(
                        stage.caller("caller of A", () -> a.call(() -> callAcross(bothBusy, b))),
                        stage.caller("caller of B", () -> b.call(() -> callAcross(bothBusy, a)))));
    }

    private static int callAcross(CyclicBarrier bothBusy, Target other) throws Exception {
        bothBusy.await();
        return other.call(() -> 42);
    }
}
