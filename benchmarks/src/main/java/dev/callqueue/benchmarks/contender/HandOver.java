package dev.callqueue.benchmarks.contender;

import com.google.common.util.concurrent.Uninterruptibles;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The limit for calls that are objects: two threads that stay on their CPUs, one of which hands over a new object with what
 * is to be run, and the other one puts the answer into it. Nothing is claimed, nothing is ever too late, and there is room.
 */
final class HandOver implements Contender {
    private static final int PLACES = 64;

    /** Where in {@link #numbers} the place is that comes next: on a cache line that nothing else is on. */
    private static final int NEXT = 16;

    private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(Handed[].class);

    private static final class Handed {
        final Op op;
        volatile @Nullable Object answer;

        Handed(Op op) {
            this.op = op;
        }
    }

    private final @Nullable Handed[] places = new Handed[PLACES];
    private final Thread partner = new Thread(this::answer, "hand-over");
    private volatile boolean closed;

    /** Used by the caller. */
    private final int[] numbers = new int[NEXT + 1 + NEXT];

    HandOver() {
        partner.setDaemon(true);
        partner.start();
    }

    private void answer() {
        for (int place = 0; !closed; place = (place + 1) % PLACES) {
            Handed handed = await(place);
            if (handed != null) {
                places[place] = null;
                handed.answer = handed.op.call();
            }
        }
    }

    private @Nullable Handed await(int place) {
        Handed handed = (Handed) PLACE.getAcquire(places, place);
        while (handed == null && !closed) {
            Thread.onSpinWait();
            handed = (Handed) PLACE.getAcquire(places, place);
        }
        return handed;
    }

    @Override
    public Object call(Op op) {
        Handed handed = handOver(op);
        Object answer = handed.answer;
        while (answer == null) {
            Thread.onSpinWait();
            answer = handed.answer;
        }
        return answer;
    }

    @Override
    public void execute(Op op) {
        handOver(op);
    }

    private Handed handOver(Op op) {
        Handed handed = new Handed(op);
        int place = numbers[NEXT];
        PLACE.setRelease(places, place, handed);
        numbers[NEXT] = (place + 1) % PLACES;
        return handed;
    }

    @Override
    public void close() {
        closed = true;
        Uninterruptibles.joinUninterruptibly(partner);
    }
}
