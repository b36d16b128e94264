package dev.callqueue.soak;

import dev.callqueue.CallListener;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** Counts what a queue tells about its calls. */
final class Counting implements CallListener {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final LongAdder ran = new LongAdder();
    private final LongAdder unrun = new LongAdder();

    @Override
    public void ended(long waitNanos, long runNanos, @Nullable Throwable failure) {
        ran.increment();
    }

    @Override
    public void unrun(long waitNanos, Throwable reason) {
        unrun.increment();
    }

    /**
     * Whether it was told of so many calls that ran, and of a number within these limits altogether; waits a while for that,
     * because a call may be over before its queue has told of it.
     */
    boolean agrees(long calls, long least, long most) {
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> {
                        long told = ran() + unrun();
                        return ran() == calls && told >= least && told <= most;
                    });
            return true;
        } catch (ConditionTimeoutException never) {
            return false;
        }
    }

    long ran() {
        return ran.sum();
    }

    long unrun() {
        return unrun.sum();
    }
}
