package dev.callqueue.benchmarks.harness;

import dev.callqueue.benchmarks.contender.Contender;
import dev.callqueue.benchmarks.contender.Op;
import dev.callqueue.benchmarks.contender.Peer;
import dev.callqueue.benchmarks.contender.Trait;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One contender in a harness: open, with loops of its own, and asleep except in its turn. One that is restless is put to
 * sleep by its own means: it runs an op that waits for the next turn.
 */
public final class Lane implements AutoCloseable {
    private final Peer peer;
    private final Contender contender;
    private final Op op;
    private final Map<Class<?>, Object> loops = new HashMap<>();
    private final LongAdder calls = new LongAdder();
    private @Nullable CountDownLatch nextTurn;

    private Lane(Peer peer, Contender contender, Op op) {
        this.peer = peer;
        this.contender = contender;
        this.op = op;
    }

    /** Opens a contender and puts it to sleep. */
    public static Lane open(Peer peer) throws Exception {
        return open(peer, new Op());
    }

    /** Opens a contender that is to call this op. */
    public static Lane open(Peer peer, Op op) throws Exception {
        Lane lane = new Lane(peer, peer.open(), op);
        lane.sleep();
        return lane;
    }

    /** Which contender it is. */
    public Peer peer() {
        return peer;
    }

    Contender contender() {
        return contender;
    }

    Op op() {
        return op;
    }

    /** Its copy of that loop. */
    <L> L loop(Class<? extends L> template, Class<L> type) {
        return type.cast(loops.computeIfAbsent(template, any -> LoopCopies.copy(template, type)));
    }

    /** Its turn is over. */
    public void sleep() throws Exception {
        if (peer.is(Trait.RESTLESS) && nextTurn == null) {
            CountDownLatch turn = new CountDownLatch(1);
            nextTurn = turn;
            contender.execute(new Op(() -> awaitQuietly(turn)));
        }
    }

    private static void awaitQuietly(CountDownLatch turn) {
        try {
            turn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the contender is being closed
        }
    }

    /** Its turn begins; returns when it is awake. */
    public void wake() throws Exception {
        if (nextTurn != null) {
            nextTurn.countDown();
            nextTurn = null;
            contender.call(new Op());
        }
    }

    /** Runs a loop so many times, and keeps count. */
    void run(Loop loop, int times) throws Exception {
        loop.run(contender, op, times);
        counted(times);
    }

    void counted(int times) {
        calls.add(times);
    }

    /** Whether every call was run, exactly once. Not known of those that run calls at the same time, or none. */
    private void checkCount() {
        if (!peer.is(Trait.LIMIT) && !peer.is(Trait.UNORDERED) && op.count() != calls.sum()) {
            throw new IllegalStateException(peer + " ran " + op.count() + " of " + calls.sum() + " calls");
        }
    }

    @Override
    public void close() {
        try {
            wake();
            contender.call(new Op()); // so that what is counted has been seen
            checkCount();
        } catch (Exception e) {
            throw new IllegalStateException(peer + " failed in the end", e);
        } finally {
            contender.close();
        }
    }
}
