package dev.callqueue.benchmarks.contender;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/** What people write by hand: a thread that takes {@code Runnable}s from a {@code LinkedBlockingQueue}. */
final class LinkedQueueContender implements Contender {
    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::work, "linked-queue");

    LinkedQueueContender() {
        thread.setDaemon(true);
        thread.start();
    }

    private void work() {
        try {
            while (true) {
                queue.take().run();
            }
        } catch (InterruptedException end) {
            queue.clear();
        }
    }

    @Override
    public Object call(Op op) throws Exception {
        return submit(op).get();
    }

    @Override
    public Future<?> submit(Op op) {
        FutureOp future = new FutureOp(op);
        queue.add(future);
        return future;
    }

    @Override
    public void execute(Op op) {
        queue.add(op);
    }

    @Override
    public void close() {
        thread.interrupt();
        Uninterruptibles.joinUninterruptibly(thread);
    }
}
