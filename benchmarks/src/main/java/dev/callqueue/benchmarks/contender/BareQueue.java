package dev.callqueue.benchmarks.contender;

import com.google.common.util.concurrent.Uninterruptibles;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * callqueue's core without its promises: callers leave their calls in the same numbered places, the consumer runs them there,
 * both sides wait in the same way, and the result is a {@code CompletableFuture}. One consumer and no other receiver, so no
 * lock; no claim, no withdrawing, no wait graph, no deadlock, no report, no caller, no interrupt care, no depth limit, no
 * owner to look after, no bounded capacity. What callqueue takes longer than this is what its promises cost.
 */
final class BareQueue implements Contender {
    private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final int LOOKS_PER_YIELD = 20;
    private static final boolean ONE_CPU = Runtime.getRuntime().availableProcessors() == 1;
    private static final int CHUNK = 64;

    /** In the word: the consumer sleeps, and who leaves the next call has to wake it. */
    private static final long ASLEEP = 1;

    private static final long ONE_CALL = 2;

    /** Places in {@link #counts}, each alone on its cache line. */
    private static final int ARRIVED = 16;

    private static final int TAKEN = 32;
    private static final int COUNTS = 48;

    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(BareCall[].class);
    private static final VarHandle NEXT;
    private static final VarHandle TAIL;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            NEXT = lookup.findVarHandle(Chunk.class, "next", Chunk.class);
            TAIL = lookup.findVarHandle(BareQueue.class, "tail", Chunk.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final class Chunk {
        final long base;
        final @Nullable BareCall[] places = new BareCall[CHUNK];
        volatile @Nullable Chunk next;

        Chunk(long base) {
            this.base = base;
        }
    }

    private final Thread consumer = new Thread(this::consume, "bare-queue");
    private final long[] counts = new long[COUNTS];
    private volatile Chunk tail = new Chunk(0);

    /** Used by the consumer alone. */
    private Chunk head = tail;

    private volatile boolean closed;

    BareQueue() {
        consumer.setDaemon(true);
        consumer.start();
    }

    // ---- calling

    @Override
    public Object call(Op op) throws Exception {
        BareCall call = add(new BareCall(op, true));
        spinUntil(call::isDone);
        return call.get();
    }

    @Override
    public Future<?> submit(Op op) {
        return add(new BareCall(op, true));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // fire and forget
    public void execute(Op op) {
        add(new BareCall(op, false));
    }

    private long word() {
        return (long) COUNT.getVolatile(counts, ARRIVED);
    }

    private BareCall add(BareCall call) {
        VarHandle.releaseFence();
        while (true) {
            long before = word();
            Chunk chunk = tail;
            long place = before / ONE_CALL - chunk.base;
            if (place >= CHUNK) {
                goBeyond(chunk);
            } else if (place >= 0 && COUNT.compareAndSet(counts, ARRIVED, before, (before + ONE_CALL) & ~ASLEEP)) {
                chunk.places[(int) place] = call;
                if ((before & ASLEEP) != 0) {
                    LockSupport.unpark(consumer);
                }
                return call;
            }
        }
    }

    private void goBeyond(Chunk full) {
        Chunk made = new Chunk(full.base + CHUNK);
        Chunk other = (Chunk) NEXT.compareAndExchange(full, null, made);
        TAIL.compareAndSet(this, full, other == null ? made : other);
    }

    // ---- receiving

    private void consume() {
        boolean mayPark = false;
        while (true) {
            boolean wasClosed = closed;
            long taken = counts[TAKEN];
            BareCall call = take(taken);
            if (call != null) {
                call.run();
                mayPark = false;
            } else if (wasClosed && word() / ONE_CALL == taken) {
                return;
            } else if (!mayPark) {
                spinUntil(() -> isThere(taken) || closed);
                mayPark = true;
            } else if (COUNT.compareAndSet(counts, ARRIVED, taken * ONE_CALL, taken * ONE_CALL | ASLEEP)) {
                while ((word() & ASLEEP) != 0 && !closed) {
                    LockSupport.park(this);
                }
            }
        }
    }

    private boolean isThere(long number) {
        Chunk chunk = number - head.base == CHUNK ? head.next : head;
        return chunk != null && PLACE.getAcquire(chunk.places, (int) (number - chunk.base)) != null;
    }

    private @Nullable BareCall take(long number) {
        Chunk chunk = head;
        if (number - chunk.base == CHUNK) {
            chunk = chunk.next;
            if (chunk == null) {
                return null;
            }
            TAIL.compareAndSet(this, head, chunk);
            head = chunk;
        }
        int place = (int) (number - chunk.base);
        BareCall call = (BareCall) PLACE.getAcquire(chunk.places, place);
        if (call != null) {
            chunk.places[place] = null;
            counts[TAKEN] = number + 1;
        }
        return call;
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
        LockSupport.unpark(consumer);
        Uninterruptibles.joinUninterruptibly(consumer);
    }

    /** A call; what nobody waits for is not completed, as in callqueue. */
    private static final class BareCall extends CompletableFuture<Object> {
        private final Op op;
        private final boolean awaited;

        BareCall(Op op, boolean awaited) {
            this.op = op;
            this.awaited = awaited;
        }

        void run() {
            try {
                Object value = op.call();
                if (awaited) {
                    complete(value);
                }
            } catch (Throwable failure) {
                completeExceptionally(failure);
            }
        }
    }
}
