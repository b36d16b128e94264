package dev.callqueue.benchmarks.harness;

import dev.callqueue.benchmarks.contender.Contender;
import dev.callqueue.benchmarks.contender.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/** Submits, and waits for all, because any may end last. */
final class SubmitAllLoop implements Loop {
    @Override
    public void run(Contender contender, Op op, int times) throws Exception {
        List<Future<?>> futures = new ArrayList<>(times);
        for (int i = 0; i < times; i++) {
            futures.add(contender.submit(op));
        }
        for (Future<?> future : futures) {
            future.get();
        }
    }
}
