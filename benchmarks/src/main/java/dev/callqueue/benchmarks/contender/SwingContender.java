package dev.callqueue.benchmarks.contender;

import java.util.concurrent.Future;
import javax.swing.SwingUtilities;

/** Swing: {@code invokeAndWait} and {@code invokeLater}. The event thread ends by itself when nothing is left to do. */
final class SwingContender implements Contender {
    @Override
    public Object call(Op op) throws Exception {
        SwingUtilities.invokeAndWait(op);
        return op;
    }

    @Override
    public Future<?> submit(Op op) {
        FutureOp future = new FutureOp(op);
        SwingUtilities.invokeLater(future);
        return future;
    }

    @Override
    public void execute(Op op) {
        SwingUtilities.invokeLater(op);
    }

    @Override
    public void close() {}
}
