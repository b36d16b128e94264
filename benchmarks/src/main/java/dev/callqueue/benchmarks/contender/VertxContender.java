package dev.callqueue.benchmarks.contender;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.Future;

/** Vert.x: the context of one event loop. */
final class VertxContender implements Contender {
    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    private final Context context = vertx.getOrCreateContext();

    @Override
    public Object call(Op op) throws Exception {
        return submit(op).get();
    }

    @Override
    public Future<?> submit(Op op) {
        FutureOp future = new FutureOp(op);
        context.runOnContext(nothing -> future.run());
        return future;
    }

    @Override
    public void execute(Op op) {
        context.runOnContext(nothing -> op.run());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
