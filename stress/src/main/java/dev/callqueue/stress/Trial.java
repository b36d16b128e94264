package dev.callqueue.stress;

import dev.callqueue.Call;
import dev.callqueue.CallListener;
import dev.callqueue.CallQueue;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A queue and one call of it, with all that becomes of that call. */
final class Trial {
    /** What the call returns. */
    static final int VALUE = 1;

    /** What it is given by others: completed by hand, or as the alternative. */
    static final int OTHER_VALUE = 2;

    private static final Duration BRIEFLY = Duration.ofNanos(2_000);

    final CallQueue queue;

    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger unrun = new AtomicInteger();
    private final AtomicInteger late = new AtomicInteger();

    private volatile @Nullable Call<Integer> submitted;

    /** On a queue from which any thread may receive. */
    Trial() {
        this(CallQueue.builder());
    }

    /** On a queue with these options. */
    Trial(CallQueue.Builder options) {
        queue = options.listener(new Counting())
                .onLateResult(result -> late.incrementAndGet())
                .build();
    }

    /** The function of the call, which takes a moment, so that things can happen meanwhile. */
    int run() {
        runs.incrementAndGet();
        Moment.pass(BRIEFLY);
        return VALUE;
    }

    /** Submits the call; "let in", or why not. */
    String submit() {
        return Told.lettingIn(() -> submitted = queue.submit(this::run));
    }

    /** Executes the call, whose end nobody sees; "let in", or why not. */
    String execute() {
        return Told.lettingIn(() -> queue.execute(this::run));
    }

    /** The submitted call as {@link Told} tells of it, or "none" if it was not let in. */
    String outcome() {
        Call<Integer> call = submitted;
        return call == null ? "none" : Told.of(call);
    }

    /** Like {@link #outcome}, where a third thread ends the call. */
    String awaitOutcome() {
        Call<Integer> call = submitted;
        return call == null ? "none" : Told.eventuallyOf(call);
    }

    /** Waits until the call is in the line; somebody is about to make it, and nobody else takes it out. */
    void awaitCall() {
        Moment.until(() -> queue.size() > 0);
    }

    /** Waits until the call is in the line, unless its caller has ended, and then a part of that time. */
    void awaitCallUnless(Flag callerHasEnded, Duration upTo) {
        Moment.until(() -> queue.size() > 0 || callerHasEnded.isUp());
        Moment.pass(upTo);
    }

    /**
     * What became of the call, when all is over: "ran", "ran late" if nobody waited any more for its result, "never ran",
     * "not let in". Anything else is a fault: it was lost, or something happened or was told twice.
     */
    String account() {
        String account = runs + " " + ended + " " + unrun + " " + late;
        if (queue.size() != 0) {
            return "left in line " + account;
        }
        return switch (account) {
            case "1 1 0 0" -> "ran";
            case "1 1 0 1" -> "ran late";
            case "0 0 1 0" -> "never ran";
            case "0 0 0 0" -> "not let in";
            default -> "runs, told ended, told unrun, late: " + account;
        };
    }

    /** Like {@link #account} of a call that was let in, where a third thread ends the call and then tells the listener. */
    String awaitAccount() {
        Moment.until(() -> ended.get() + unrun.get() > 0, Told.LONG);
        return account();
    }

    private final class Counting implements CallListener {
        @Override
        public void ended(long waitNanos, long runNanos, @Nullable Throwable failure) {
            ended.incrementAndGet();
        }

        @Override
        public void unrun(long waitNanos, Throwable reason) {
            unrun.incrementAndGet();
        }
    }
}
