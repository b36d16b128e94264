package dev.callqueue.examples.museum.traps;

import dev.callqueue.examples.museum.Contender;
import dev.callqueue.examples.museum.Finding;
import dev.callqueue.examples.museum.Stage;
import dev.callqueue.examples.museum.Target;
import dev.callqueue.examples.museum.Trap;
import java.util.concurrent.CyclicBarrier;

/** All threads of a pool wait for work that only they could do. */
public final class ExhaustedPool implements Trap {
    @Override
    public String id() {
        return "exhausted-pool";
    }

    @Override
    public String title() {
        return "exhausted pool";
    }

    @Override
    public String story() {
        return "A pool has two threads. The functions that run on both of them call the pool and wait. One wants their values, or "
                + "to be told.";
    }

    @Override
    public Finding spring(Contender contender, Stage stage) throws Exception {
        Target pool = stage.with(contender.pool(2));
        var bothBusy = new CyclicBarrier(2);

        return Finding.of(
                42,
                stage.see(
                        stage.caller("first caller", () -> pool.call(() -> callAgain(bothBusy, pool))),
                        stage.caller("second caller", () -> pool.call(() -> callAgain(bothBusy, pool)))));
    }

    private static int callAgain(CyclicBarrier bothBusy, Target pool) throws Exception {
        bothBusy.await();
        return pool.call(() -> 42);
    }
}
