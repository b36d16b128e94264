package dev.callqueue.soak;

import dev.callqueue.Call;
import dev.callqueue.CallInterruptedException;
import dev.callqueue.CallQueue;
import dev.callqueue.CallTimeoutException;
import dev.callqueue.QueueFullException;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One attempt to call, in some way: how often its op ran, and what its caller was told. */
final class Attempt {
    /** What became of it. */
    enum End {
        SUCCEEDED,
        FAILED,
        WITHDRAWN,
        REFUSED
    }

    private final boolean failing;
    private final IOException failure = new IOException("of the op");
    private final AtomicInteger runs = new AtomicInteger();
    private volatile boolean failed;
    private volatile boolean sawInterrupt;

    /** Whether its caller waits for it in a {@code call}. */
    private boolean waited;

    /** What its caller has got from {@code submit}. */
    private @Nullable Call<?> call;

    /** What was thrown at its caller. */
    private @Nullable Throwable told;

    private Attempt(boolean failing) {
        this.failing = failing;
    }

    /** Makes a call in a random way, and takes back an interrupt that came meanwhile. */
    static Attempt at(CallQueue queue, Random random) {
        Attempt attempt = new Attempt(random.nextInt(8) == 0);
        try {
            attempt.make(queue, random);
        } catch (Exception e) {
            attempt.told = e;
        }
        Thread.interrupted();
        return attempt;
    }

    private void make(CallQueue queue, Random random) throws Exception {
        Duration soon = Duration.ofNanos(random.nextInt(200_000));
        switch (random.nextInt(8)) {
            case 0 -> {
                waited = true;
                queue.call(this::op);
            }
            case 1 -> {
                waited = true;
                queue.within(soon).call(this::op);
            }
            case 2 -> call = queue.submit(this::op);
            case 3 -> call = queue.within(soon).submit(this::op);
            case 4 -> queue.execute(this::run);
            case 5 -> {
                call = queue.submit(this::op);
                call.withdraw();
            }
            case 6 -> {
                call = queue.submit(this::op);
                call.cancel(true);
            }
            default -> {
                call = queue.submit(this::op);
                call.result();
            }
        }
    }

    private int op() throws IOException {
        run();
        if (failing) {
            failed = true;
            throw failure;
        }
        return 1;
    }

    private void run() {
        sawInterrupt |= Thread.currentThread().isInterrupted();
        runs.incrementAndGet();
    }

    int runs() {
        return runs.get();
    }

    /** Whether it was refused before it was in the line. */
    boolean wasTurnedAway() {
        return told instanceof QueueFullException
                || (told instanceof RejectedExecutionException && !waited && call == null);
    }

    /** Whether it was refused, before or after it was in the line: a caller that waited cannot tell. */
    boolean mayHaveBeenTurnedAway() {
        return wasTurnedAway() || (told instanceof RejectedExecutionException && waited);
    }

    /** What became of it, now that all has ended. */
    End end() {
        if (runs.get() > 0) {
            return failed ? End.FAILED : End.SUCCEEDED;
        }
        boolean executed = call == null && !waited;
        return executed || told instanceof RejectedExecutionException || wasRefusedLater()
                ? End.REFUSED
                : End.WITHDRAWN;
    }

    private boolean wasRefusedLater() {
        return call != null && call.handle((value, thrown) -> thrown).join() instanceof RejectedExecutionException;
    }

    /** What is wrong with what the caller was told, now that all has ended; null if nothing is. */
    @Nullable
    String contradiction() {
        if (runs.get() > 1) {
            return runs + " runs";
        }
        if (sawInterrupt) {
            return "an interrupt leaked into the call";
        }
        boolean ran = runs.get() == 1;
        boolean right = call != null ? isRight(call, ran) : isRight(ran);
        return right ? null : runs + " runs, told " + told + ", " + call;
    }

    private boolean isRight(Call<?> made, boolean ran) {
        return switch (made.phase()) {
            case SUCCEEDED -> ran && !failed;
            case FAILED -> ran ? failed || made.isCancelled() : wasRefusedLater();
            case WITHDRAWN -> !ran;
            case WAITING, RUNNING -> false;
        };
    }

    @SuppressWarnings("ReferenceEquality") // the same object, not one like it
    private boolean isRight(boolean ran) {
        if (told == null) {
            return !waited || (ran && !failed);
        }
        if (told instanceof CallTimeoutException timeout) {
            return ran != timeout.withdrawn();
        }
        return told == failure ? ran : told instanceof CallInterruptedException || !ran;
    }
}
