package dev.callqueue.soak;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;

/** Calls that use up the heap and die of it; for a JVM with a small one. */
final class HeapEaters implements Experiment {
    private static final int BITE = 64 * 1024;

    private final Seen changed = new Seen();
    private final Seen lost = new Seen();
    private final Seen dead = new Seen();

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        int rounds = 0;
        for (Served served : new Served[] {Served.OWNER, Served.CONSUMER, Served.LOOP}) {
            CallQueue queue = served.open(trial);
            Thread receiver = queue.call(Thread::currentThread);
            rounds += trial.repeat(10, 100, round -> starve(queue, receiver));
            dead.unless(receiver.isAlive(), served + ": " + receiver);
        }

        figures.say("%,d real OutOfMemoryErrors", rounds);
        figures.none("not the same object at the caller", changed);
        figures.none("calls behind lost", lost);
        figures.none("receivers dead or replaced", dead);
    }

    @SuppressWarnings("ReferenceEquality") // the same object, not one like it
    private void starve(CallQueue queue, Thread receiver) {
        var thrown = new AtomicReference<OutOfMemoryError>();
        Call<Object> eater = queue.submit(() -> eat(thrown));
        Call<Thread> behind = queue.submit(Thread::currentThread);
        try {
            eater.result();
            changed.add("a value");
        } catch (OutOfMemoryError seen) {
            changed.unless(seen == thrown.get(), thrown.get() + " became " + seen);
        }
        dead.unless(behind.result() == receiver, behind.result() + " instead of " + receiver);
        lost.unless(behind.phase() == Call.Phase.SUCCEEDED, String.valueOf(behind));
    }

    @SuppressWarnings("ModifiedButNotUsed") // holds memory
    private static Object eat(AtomicReference<OutOfMemoryError> thrown) {
        Deque<byte[]> eaten = new ArrayDeque<>();
        try {
            while (true) {
                eaten.add(new byte[BITE]);
            }
        } catch (OutOfMemoryError real) {
            thrown.set(real);
            throw real;
        }
    }
}
