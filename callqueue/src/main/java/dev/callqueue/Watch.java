package dev.callqueue;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One daemon thread for what no event announces: that an asynchronous call's time is over, and that a thread which
 * should run calls has ended. It lives only while there is something to watch.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is scheduled here tells the call, and nobody else
final class Watch {
    /** How often a queue with waiting calls is asked whether anybody is left to run them. */
    private static final long LIVENESS_MILLIS = 100;

    private static final ScheduledThreadPoolExecutor THREAD = thread();

    private Watch() {}

    private static ScheduledThreadPoolExecutor thread() {
        var thread = new ScheduledThreadPoolExecutor(1, new DaemonThreads("callqueue-watch"));
        thread.setKeepAliveTime(1, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
        thread.setRemoveOnCancelPolicy(true);
        return thread;
    }

    /** Asks that queue from now on whether anybody is left, until its line is empty. */
    static void over(Core core) {
        THREAD.schedule(
                () -> {
                    if (core.checkAlive()) {
                        over(core);
                    }
                },
                LIVENESS_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Withdraws the call if it has not begun within that time. */
    static void limit(Call<?> call, long nanos) {
        if (nanos <= 0) {
            call.expire();
            return;
        }
        Future<?> timer = THREAD.schedule(call::expire, nanos, TimeUnit.NANOSECONDS);
        call.whenComplete((value, failure) -> timer.cancel(false));
    }
}
