package dev.callqueue.examples.museum.contenders;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.Raise;
import dev.callqueue.examples.museum.Contender;
import dev.callqueue.examples.museum.Retreat;
import dev.callqueue.examples.museum.Target;
import java.time.Duration;
import java.util.concurrent.Callable;

/** callqueue: a thread that owns a queue, and a queue with consumers for a pool. */
public final class OwnedCallQueue implements Contender {
    @Override
    public String name() {
        return "callqueue";
    }

    @Override
    public String version() {
        return Versions.of("callqueue");
    }

    @Override
    public String usage() {
        return "a thread in `queue.receiveUntilClosed()`, and `queue.call(op)`";
    }

    @Override
    public Target owner(String name) {
        var owner = new OwnerThread(name);
        owner.start();
        return new Queue(owner.queue);
    }

    @Override
    public Target pool(int threads) {
        return new Queue(CallQueue.builder().name("pool").consumers(threads).build());
    }

    /** A thread that receives calls as long as none raises an exception in it. */
    private static final class OwnerThread extends Thread {
        private final CallQueue queue;

        OwnerThread(String name) {
            super(name);
            setDaemon(true);
            queue = CallQueue.builder().name(name).owner(this).build();
        }

        @Override
        public void run() {
            try {
                queue.receiveUntilClosed();
            } catch (InterruptedException e) {
                // the owner's way to be told to end
            }
        }
    }

    private record Queue(CallQueue queue) implements Target {
        @Override
        public <T> T call(Callable<T> op) throws Exception {
            return queue.call(op::call);
        }

        @Override
        public <T> T callWithin(Duration limit, Callable<T> op) throws Exception {
            return queue.within(limit).call(op::call);
        }

        @Override
        public Retreat start(Callable<?> op) {
            Call<?> call = queue.submit(op);
            return new Retreat("`call.cancel(true)`", () -> call.cancel(true));
        }

        @Override
        public void doOwnWork(Runnable work) {
            queue.raising(Raise.RECEIVER).execute(work);
        }

        @Override
        public void stopNow() {
            queue.closeNow();
        }

        @Override
        public void close() {
            queue.closeNow();
        }
    }
}
