package dev.callqueue.benchmarks.harness;

import dev.callqueue.benchmarks.contender.Contender;
import dev.callqueue.benchmarks.contender.Op;

/** Calls, one after the other. */
final class CallLoop implements Loop {
    @Override
    public void run(Contender contender, Op op, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            contender.call(op);
        }
    }
}
