package dev.callqueue.benchmarks.contender;

import java.util.concurrent.Future;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;

/**
 * Agrona: an agent that drains a bounded array. {@code execute} is the raw array; {@code submit} puts a
 * {@code CompletableFuture} into it.
 */
final class AgronaContender implements Contender {
    private static final int CAPACITY = 1 << 16;
    private static final ErrorHandler ERRORS = Throwable::printStackTrace;

    private final ManyToOneConcurrentArrayQueue<Runnable> queue = new ManyToOneConcurrentArrayQueue<>(CAPACITY);
    private final AgentRunner runner;

    AgronaContender(IdleStrategy idleStrategy) {
        runner = new AgentRunner(idleStrategy, ERRORS, null, new Drain());
        AgentRunner.startOnThread(runner);
    }

    private final class Drain implements Agent {
        @Override
        public int doWork() {
            return queue.drain(Runnable::run);
        }

        @Override
        public String roleName() {
            return "agrona";
        }
    }

    @Override
    public Object call(Op op) throws Exception {
        return submit(op).get();
    }

    @Override
    public Future<?> submit(Op op) {
        FutureOp future = new FutureOp(op);
        add(future);
        return future;
    }

    @Override
    public void execute(Op op) {
        add(op);
    }

    @SuppressWarnings("ThreadPriorityCheck") // a full array is the exception here
    private void add(Runnable runnable) {
        while (!queue.offer(runnable)) {
            Thread.yield();
        }
    }

    @Override
    public void close() {
        runner.close();
    }
}
