package dev.callqueue.benchmarks.harness;

import dev.callqueue.benchmarks.contender.Contender;
import dev.callqueue.benchmarks.contender.Op;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Submits, and waits for the last, which ends last. */
final class SubmitLoop implements Loop {
    @Override
    public void run(Contender contender, Op op, int times) throws Exception {
        @Nullable Future<?> last = null;
        for (int i = 0; i < times; i++) {
            last = contender.submit(op);
        }
        if (last != null) {
            last.get();
        }
    }
}
