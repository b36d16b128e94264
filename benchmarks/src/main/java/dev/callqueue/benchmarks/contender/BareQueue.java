package dev.callqueue.benchmarks.contender;

import com.google.common.util.concurrent.Uninterruptibles;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * callqueue's core without its promises: callers leave their calls in the same inbox, the consumer takes them under the
 * same lock into the same line, and out of it by the handful, both sides wait in the same way, and the result is a
 * {@code CompletableFuture}. No claim, no withdrawing, no wait graph, no deadlock, no report, no caller, no interrupt care,
 * no depth limit, no owner to look after. What callqueue takes longer than this is what its promises cost.
 */
final class BareQueue implements Contender {
    private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final int LOOKS_PER_YIELD = 20;
    private static final int HANDFUL = 32;
    private static final boolean ONE_CPU = Runtime.getRuntime().availableProcessors() == 1;

    /** In the inbox: it is empty, and who leaves the first call has to wake the consumer. */
    private static final BareCall ASLEEP = new BareCall(new Op());

    private static final VarHandle NEWEST;

    static {
        try {
            NEWEST = MethodHandles.lookup().findVarHandle(BareQueue.class, "newest", BareCall.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Thread consumer = new Thread(this::consume, "bare-queue");

    /** The inbox: the newest call, which leads to the older ones; or null, or ASLEEP. */
    private volatile @Nullable BareCall newest;

    /** The line; guarded by the lock. */
    private @Nullable BareCall first;

    private @Nullable BareCall last;

    /** What the consumer has taken out of the line, used by it alone. */
    private final @Nullable BareCall[] hand = new BareCall[HANDFUL];

    private int nextInHand;
    private int endOfHand;

    /** Whether the consumer is parked, or about to be; changed under the lock. */
    private volatile boolean asleep;

    private volatile boolean closed;

    BareQueue() {
        consumer.setDaemon(true);
        consumer.start();
    }

    // ---- calling

    @Override
    public Object call(Op op) throws Exception {
        BareCall call = add(op);
        spinUntil(call::isDone);
        return call.get();
    }

    @Override
    public Future<?> submit(Op op) {
        return add(op);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // fire and forget
    public void execute(Op op) {
        add(op);
    }

    private BareCall add(Op op) {
        BareCall call = new BareCall(op);
        BareCall before;
        do {
            before = newest;
            call.next = isCall(before) ? before : null;
        } while (!NEWEST.compareAndSet(this, before, call));
        if (before != null && !isCall(before)) {
            wake();
        }
        return call;
    }

    private static boolean isCall(@Nullable BareCall word) {
        return word != null && !word.equals(ASLEEP);
    }

    private void wake() {
        lock.lock();
        try {
            settle();
            asleep = false;
        } finally {
            lock.unlock();
        }
        LockSupport.unpark(consumer);
    }

    // ---- receiving

    private void consume() {
        for (BareCall call = await(); call != null; call = await()) {
            call.run();
        }
    }

    private @Nullable BareCall await() {
        boolean mayPark = false;
        while (true) {
            boolean wasClosed = closed;
            BareCall call = take(mayPark);
            if (call != null || wasClosed) {
                return call;
            }
            if (asleep) {
                LockSupport.park(this);
            } else {
                spinUntil(() -> isCall(newest) || closed);
                mayPark = true;
            }
        }
    }

    private @Nullable BareCall take(boolean mayPark) {
        if (nextInHand < endOfHand) {
            BareCall call = hand[nextInHand];
            hand[nextInHand++] = null;
            return call;
        }
        lock.lock();
        try {
            asleep |= mayPark && !closed;
            settle();
            BareCall call = poll();
            if (call != null) {
                asleep = false;
                fillHand();
            }
            return call;
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock: takes what is in the inbox into the line, the oldest first. */
    private void settle() {
        BareCall call = (BareCall) NEWEST.getAndSet(this, asleep ? ASLEEP : null);
        if (!isCall(call)) {
            return;
        }
        BareCall end = call;
        BareCall newer = null;
        while (call != null) {
            BareCall older = call.next;
            call.next = newer;
            newer = call;
            call = older;
        }
        if (last == null) {
            first = newer;
        } else {
            last.next = newer;
        }
        last = end;
    }

    private @Nullable BareCall poll() {
        BareCall call = first;
        if (call != null) {
            first = call.next;
            call.next = null;
            if (first == null) {
                last = null;
            }
        }
        return call;
    }

    private void fillHand() {
        nextInHand = 0;
        endOfHand = 0;
        while (endOfHand < HANDFUL && first != null) {
            hand[endOfHand++] = poll();
        }
    }

    // ---- waiting

    private static void spinUntil(BooleanSupplier ready) {
        long begun = System.nanoTime();
        while (!lookAround(ready) && System.nanoTime() - begun < SPIN_NANOS) {
            // looks again
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // a courtesy, as in callqueue
    private static boolean lookAround(BooleanSupplier ready) {
        for (int look = ONE_CPU ? LOOKS_PER_YIELD : 0; look < LOOKS_PER_YIELD; look++) {
            if (ready.getAsBoolean()) {
                return true;
            }
            Thread.onSpinWait();
        }
        Thread.yield();
        return ready.getAsBoolean();
    }

    @Override
    public void close() {
        closed = true;
        wake();
        Uninterruptibles.joinUninterruptibly(consumer);
    }

    /** A call, which is its own place in the inbox and in the line. */
    private static final class BareCall extends CompletableFuture<Object> {
        private final Op op;
        private @Nullable BareCall next;

        BareCall(Op op) {
            this.op = op;
        }

        void run() {
            try {
                complete(op.call());
            } catch (Throwable failure) {
                completeExceptionally(failure);
            }
        }
    }
}
