package dev.callqueue.benchmarks.contender;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.callqueue.CallQueue;
import dev.callqueue.Waiting;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** callqueue: a queue with a consumer of its own, or with an owner thread that loops. */
final class CallQueueContender implements Contender {
    /** More than the calls of a batch. */
    private static final int CAPACITY = 16_384;

    private final CallQueue queue;
    private final @Nullable Thread owner;

    private CallQueueContender(CallQueue queue, @Nullable Thread owner) {
        this.queue = queue;
        this.owner = owner;
    }

    /** A queue with one consumer. */
    static CallQueueContender consumer(Waiting waiting) {
        return new CallQueueContender(
                CallQueue.builder().consumers(1).waiting(waiting).build(), null);
    }

    /** A queue with one consumer and a capacity that is never used up. */
    static CallQueueContender bounded() {
        return new CallQueueContender(
                CallQueue.builder().consumers(1).capacity(CAPACITY).build(), null);
    }

    /** A queue whose owner does nothing but receive. */
    static CallQueueContender owner() {
        return owned(CallQueue::receiveUntilClosed);
    }

    /** A queue whose owner looks up from time to time. */
    static CallQueueContender loop() {
        return owned(queue -> {
            while (!queue.isClosed()) {
                queue.receive(Duration.ofMillis(100));
            }
        });
    }

    private static CallQueueContender owned(OwnerLoop loop) {
        var body = new OwnerBody(loop);
        Thread thread = new Thread(body, "callqueue-owner");
        thread.setDaemon(true);
        CallQueue queue = CallQueue.builder().owner(thread).build();
        body.queue = queue;
        thread.start();
        return new CallQueueContender(queue, thread);
    }

    @Override
    public Object call(Op op) {
        return queue.call(op);
    }

    @Override
    public Future<?> submit(Op op) {
        return queue.submit(op);
    }

    @Override
    public void execute(Op op) {
        queue.execute(op);
    }

    @Override
    public void close() {
        queue.close();
        if (owner != null) {
            Uninterruptibles.joinUninterruptibly(owner);
        }
    }

    /** How an owner receives. */
    private interface OwnerLoop {
        void run(CallQueue queue) throws InterruptedException;
    }

    /** What an owner thread runs; the queue is set before the thread is started. */
    private static final class OwnerBody implements Runnable {
        private final OwnerLoop loop;
        private @Nullable CallQueue queue;

        OwnerBody(OwnerLoop loop) {
            this.loop = loop;
        }

        @Override
        public void run() {
            CallQueue mine = queue;
            if (mine == null) {
                throw new IllegalStateException("started without a queue");
            }
            try {
                loop.run(mine);
            } catch (InterruptedException end) {
                mine.closeNow();
            }
        }
    }
}
