package dev.callqueue.soak;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.CallTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls are made where next to no stack is left: a recursion runs into its end, and on the way back, with one frame more of
 * room each time, a call is made, until one is made without trouble for some time.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what comes of it is counted
final class StackUsedUp implements Experiment {
    private static final long STACK = 256 * 1024;

    /** After so many calls without trouble there is enough stack for all. */
    private static final int ENOUGH = 100;

    private static final Duration STUCK = Duration.ofSeconds(5);

    /** A way to make a call; what it returns must end. */
    @FunctionalInterface
    private interface Way {
        @Nullable
        Call<?> make(CallQueue queue, Tally op) throws Exception;
    }

    private static final List<Way> WAYS = List.of(
            (queue, op) -> queue.submit(op),
            (queue, op) -> {
                queue.call(op::call);
                return null;
            },
            (queue, op) -> {
                queue.within(Duration.ofSeconds(20)).call(op::call);
                return null;
            },
            (queue, op) -> {
                queue.execute(op::call);
                return null;
            },
            (queue, op) -> {
                Call<Integer> call = queue.submit(op);
                call.withdraw();
                return call;
            },
            (queue, op) -> {
                Call<Integer> call = queue.submit(op);
                call.result();
                return call;
            });

    private final Seen stuck = new Seen();
    private final Seen twice = new Seen();
    private final Seen left = new Seen();
    private long made;
    private long overflowed;

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        for (Served served : Served.values()) {
            CallQueue queue = served.open(trial);
            warmUp(queue);
            trial.repeat(2 * WAYS.size(), 10 * WAYS.size(), round -> {
                if (stuck.count() == 0) {
                    descend(queue, served, WAYS.get(round % WAYS.size()));
                }
            });
        }
        CallQueue own = trial.watch(CallQueue.create());
        trial.repeat(10, 50, round -> {
            if (stuck.count() == 0) {
                descendInReceiver(own);
            }
        });

        figures.say("%,d calls where the stack ended, %,d StackOverflowErrors", made, overflowed);
        figures.none("queues stuck", stuck);
        figures.none("run twice", twice);
        figures.none("accepted calls without an end", left);
    }

    /** Has all classes loaded: what happens to a class whose initialization runs out of stack is not ours to mend. */
    private static void warmUp(CallQueue queue) throws Exception {
        for (Way way : WAYS) {
            way.make(queue, new Tally());
        }
        try {
            queue.within(Duration.ZERO).call(() -> 1);
        } catch (CallTimeoutException expected) {
            queue.call(() -> {});
        }
    }

    private void descend(CallQueue queue, Served served, Way way) throws Exception {
        Descent descent = new Descent(queue, way);
        inSmallStack(descent);
        try {
            queue.within(STUCK).call(() -> {});
        } catch (CallTimeoutException e) {
            stuck.add(served + ", way " + WAYS.indexOf(way) + ": " + e.getMessage());
        }
        account(descent, queue);
    }

    /** Calls of a queue from the thread that is to run them, inside of a call and outside. */
    private void descendInReceiver(CallQueue queue) throws Exception {
        Way nested = (own, op) -> {
            Call<Integer> call = own.submit(op);
            own.submit(() -> call.result());
            own.receive();
            return call;
        };
        Descent descent = new Descent(queue, nested);
        inSmallStack(descent);
        queue.receive();
        account(descent, queue);
    }

    private static void inSmallStack(Runnable descent) throws InterruptedException {
        Thread thread = new Thread(null, descent, "small stack", STACK, false);
        thread.setDaemon(true);
        thread.start();
        thread.join();
    }

    private void account(Descent descent, CallQueue queue) {
        made += descent.ops.size();
        overflowed += descent.overflowed;
        for (Tally op : descent.ops) {
            twice.unless(op.runs() <= 1, op.runs() + " runs");
        }
        for (Call<?> call : descent.accepted) {
            left.unless(ends(call), String.valueOf(call));
        }
        left.unless(queue.size() == 0, queue.size() + " in the line");
    }

    /** Whether the call ends: another consumer than the one that ran the last call may still be busy with it. */
    private static boolean ends(Call<?> call) {
        return call.handle((value, thrown) -> true)
                .completeOnTimeout(false, STUCK.toSeconds(), SECONDS)
                .join();
    }

    /** One recursion to the end of the stack, and the calls on the way back. */
    private static final class Descent implements Runnable {
        private final CallQueue queue;
        private final Way way;
        final List<Tally> ops = new ArrayList<>(10_000);
        final List<Call<?>> accepted = new ArrayList<>(10_000);
        long overflowed;
        private int smooth;

        Descent(CallQueue queue, Way way) {
            this.queue = queue;
            this.way = way;
        }

        @Override
        public void run() {
            descend();
        }

        @SuppressWarnings("InfiniteRecursion") // that is the point
        private void descend() {
            try {
                descend();
            } catch (StackOverflowError end) {
                overflowed++;
            }
            if (smooth < ENOUGH) {
                makeCall();
            }
        }

        private void makeCall() {
            Tally op = new Tally();
            ops.add(op);
            try {
                Call<?> call = way.make(queue, op);
                if (call != null) {
                    accepted.add(call);
                }
                smooth++;
            } catch (StackOverflowError refused) {
                smooth = 0;
                overflowed++;
            } catch (Exception other) {
                smooth = 0;
            }
        }
    }
}
