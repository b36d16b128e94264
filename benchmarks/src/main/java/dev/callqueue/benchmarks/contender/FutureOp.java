package dev.callqueue.benchmarks.contender;

import java.util.concurrent.CompletableFuture;

/** A future that runs its op: what one writes around a queue of {@code Runnable}s to get a result back. */
final class FutureOp extends CompletableFuture<Object> implements Runnable {
    private final Op op;

    FutureOp(Op op) {
        this.op = op;
    }

    @Override
    public void run() {
        try {
            complete(op.call());
        } catch (Throwable failure) {
            completeExceptionally(failure);
        }
    }
}
