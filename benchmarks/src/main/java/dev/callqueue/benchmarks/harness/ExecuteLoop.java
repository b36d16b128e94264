package dev.callqueue.benchmarks.harness;

import dev.callqueue.benchmarks.contender.Contender;
import dev.callqueue.benchmarks.contender.Op;

/** Fires and forgets, all but the last, which is a call, so that nothing is left when it returns. */
final class ExecuteLoop implements Loop {
    @Override
    public void run(Contender contender, Op op, int times) throws Exception {
        for (int i = 1; i < times; i++) {
            contender.execute(op);
        }
        contender.call(op);
    }
}
