package dev.callqueue.benchmarks.contender;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The Python recipe's way of waiting, in Java: nobody is woken, everybody looks again after a sleep that doubles each time.
 * A caller sleeps 1 ms at first and 50 ms at most; a default consumer 1 ms and 16 ms. An owner that has something else to do
 * all the time looks all the time.
 */
final class RecipeContender implements Contender {
    private static final long CALLER_FIRST = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long CALLER_MOST = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long CONSUMER_FIRST = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long CONSUMER_MOST = TimeUnit.MILLISECONDS.toNanos(16);

    private final Queue<Item> items = new ConcurrentLinkedQueue<>();
    private final Thread receiver;
    private volatile boolean closed;

    private RecipeContender(boolean busy) {
        receiver = new Thread(busy ? this::lookAllTheTime : this::lookNowAndThen, "recipe");
        receiver.setDaemon(true);
        receiver.start();
    }

    /** A default consumer thread receives. */
    static RecipeContender consumer() {
        return new RecipeContender(false);
    }

    /** An owner that is busy all the time receives in between. */
    static RecipeContender busyOwner() {
        return new RecipeContender(true);
    }

    private void lookAllTheTime() {
        while (!closed) {
            receive();
        }
    }

    private void lookNowAndThen() {
        long delay = CONSUMER_FIRST;
        while (!closed) {
            if (receive() > 0) {
                delay = CONSUMER_FIRST;
            }
            LockSupport.parkNanos(delay);
            delay = Math.min(2 * delay, CONSUMER_MOST);
        }
    }

    private int receive() {
        int count = 0;
        for (Item item = items.poll(); item != null; item = items.poll()) {
            item.result = item.op.call();
            item.done = true;
            count++;
        }
        return count;
    }

    @Override
    public Object call(Op op) {
        Item item = new Item(op);
        items.add(item);
        for (long delay = CALLER_FIRST; !item.done; delay = Math.min(2 * delay, CALLER_MOST)) {
            LockSupport.parkNanos(delay);
        }
        Object result = item.result;
        return result == null ? op : result;
    }

    @Override
    public void execute(Op op) {
        items.add(new Item(op));
    }

    @Override
    public void close() {
        closed = true;
        Uninterruptibles.joinUninterruptibly(receiver);
    }

    /** A call and, once it is done, its result. */
    private static final class Item {
        private final Op op;
        private @Nullable Object result;
        private volatile boolean done;

        Item(Op op) {
            this.op = op;
        }
    }
}
