package dev.callqueue.soak;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.CallTarget.VoidOp;
import dev.callqueue.CallTimeoutException;
import dev.callqueue.OwnerGoneException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Calls are made where next to no memory is left: the heap is filled to the last byte, so much is let go, and a call is made;
 * then the same with a little more. For a JVM with a small heap and without buffers for allocation.
 */
final class HeapUsedUp implements Experiment {
    private static final int STEP = 64;
    private static final int ENOUGH = 4096;
    private static final int PLENTY = 4 << 20;
    private static final Duration STUCK = Duration.ofSeconds(5);

    private final @Nullable Object[] filling = new @Nullable Object[1_000_000];
    private final Seen stuck = new Seen();
    private final Seen twice = new Seen();
    private final Seen left = new Seen();
    private int made;
    private int refused;

    @SuppressWarnings("UnusedVariable") // holds memory, and lets it go
    private byte @Nullable [] room;

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        for (Served served : new Served[] {Served.OWNER, Served.CONSUMER, Served.LOOP}) {
            CallQueue queue = openRobust(served, trial);
            warmUp(queue);
            int rounds = ENOUGH / STEP;
            trial.repeat(rounds, 3 * rounds, round -> {
                if (stuck.count() == 0) {
                    attempt(queue, round % rounds * STEP, round % 2 == 0);
                }
            });
        }

        figures.say("%,d calls, %,d OutOfMemoryErrors at the caller", made, refused);
        figures.none("queues stuck", stuck);
        figures.none("run twice", twice);
        figures.none("accepted calls without an end", left);
    }

    /**
     * Has most classes loaded and most lambdas linked: a class of the JDK whose initialization runs out of memory can never be used
     * again, and that is not ours to mend.
     */
    private void warmUp(CallQueue queue) throws Exception {
        queue.call(() -> {});
        attempt(queue, PLENTY, true);
        attempt(queue, PLENTY, false);
        queue.submit(Thread::currentThread).withdraw();
        try {
            queue.within(Duration.ZERO).call(() -> {});
        } catch (CallTimeoutException expected) {
            queue.call(() -> {});
        }
        Thread gone = new Thread(() -> {});
        CallQueue orphan = CallQueue.builder().owner(gone).build();
        gone.start();
        gone.join();
        try {
            orphan.call(() -> {});
        } catch (OwnerGoneException expected) {
            orphan.closeNow();
        }
    }

    /** A way to be served by threads that go on after an error of their own, as one has to that wants to live on a full heap. */
    private static CallQueue openRobust(Served served, Trial trial) {
        return switch (served) {
            case OWNER -> ownedRobustly(trial);
            case LOOP -> loopedRobustly(trial);
            default -> served.open(trial);
        };
    }

    private static CallQueue ownedRobustly(Trial trial) {
        var queue = new AtomicReference<CallQueue>();
        Thread owner = trial.thread("owner", () -> goOn(() -> Served.receiveUntilClosed(queue.get())));
        queue.set(trial.watch(CallQueue.builder().owner(owner).build()));
        owner.start();
        return queue.get();
    }

    private static CallQueue loopedRobustly(Trial trial) {
        BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
        Thread loop = trial.thread(
                "loop",
                () -> goOn(() -> {
                    while (true) {
                        work.take().run();
                    }
                }));
        loop.start();
        return trial.watch(CallQueue.on(work::add, () -> Thread.currentThread() == loop));
    }

    private static void goOn(VoidOp<InterruptedException> work) throws InterruptedException {
        while (true) {
            try {
                work.run();
                return;
            } catch (VirtualMachineError | LinkageError e) {
                // it goes on
            }
        }
    }

    private void attempt(CallQueue queue, int bytes, boolean waiting) throws Exception {
        Tally op = new Tally();
        Call<Integer> accepted = null;
        fill(bytes);
        try {
            room = null;
            if (waiting) {
                queue.within(STUCK).call(op::call);
            } else {
                accepted = queue.submit(op);
            }
        } catch (VirtualMachineError | LinkageError e) { // no memory, also for what is used for the first time
            refused++;
        } catch (CallTimeoutException e) {
            stuck.add("a call with room for " + bytes + " bytes: " + e.getMessage());
        } catch (RuntimeException e) {
            refused++;
        } finally {
            empty();
        }
        made++;

        if (accepted != null) {
            try {
                accepted.resultOrElse(0, STUCK);
            } catch (Error outcome) {
                refused++;
            }
            left.unless(accepted.isDone(), accepted + " with room for " + bytes + " bytes");
        }
        askHowItIs(queue, bytes);
        twice.unless(op.runs() <= 1, op.runs() + " runs");
    }

    /** Makes a call that has to run, unless it is refused together with the one before, that nobody could be told of. */
    private void askHowItIs(CallQueue queue, int bytes) throws Exception {
        try {
            try {
                queue.within(STUCK).call(() -> {});
            } catch (OwnerGoneException together) {
                refused++;
                queue.within(STUCK).call(() -> {});
            }
        } catch (CallTimeoutException e) {
            stuck.add("after a call with room for " + bytes + " bytes: " + e.getMessage());
        }
    }

    /** Fills the heap but for so much, which is held by {@link #room}. */
    private void fill(int bytes) {
        room = new byte[bytes];
        int next = 0;
        for (int size = 1 << 20; size > 0; size = size == 16 ? 0 : Math.max(16, size / 16)) {
            try {
                while (next < filling.length) {
                    filling[next] = new byte[size];
                    next++;
                }
            } catch (OutOfMemoryError full) {
                // it goes on with smaller ones
            }
        }
    }

    private void empty() {
        for (int i = 0; i < filling.length && filling[i] != null; i++) {
            filling[i] = null;
        }
    }
}
