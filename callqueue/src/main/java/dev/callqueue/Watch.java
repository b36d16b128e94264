package dev.callqueue;

import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What no event announces: that an asynchronous call's time is over, that nobody is left to run calls, and deadlocks through locks,
 * loops and places. One daemon thread looks and decides; others end the calls, because that runs code of users. All of them live
 * only while there is something to do.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is scheduled here tells the call, and nobody else
final class Watch {
    /** How often a queue with waiting calls is asked whether anybody is left to run them. */
    private static final long LIVENESS_MILLIS = 100;

    /** How many endings run at once: so many may be held up by code of users before others have to wait for them. */
    private static final int MAX_ENDINGS = 256;

    /** How often the waits are looked at for what no event tells of. */
    private static final long LOOK_MILLIS = 40;

    private static final ScheduledThreadPoolExecutor THREAD = thread();

    /**
     * Runs what ends calls, because that runs stages and listeners of users, which may take long or even wait for another
     * call that only the watch can end.
     */
    private static final ThreadPoolExecutor ENDINGS = endings();

    /** What the two are given to attempt endings that failed; made while there is memory for it. */
    private static final Runnable ATTEMPTS = Watch::attemptFailed;

    private static final Runnable ATTEMPTS_AGAIN = Watch::endFailed;

    private Watch() {}

    /** Ends calls on a thread where that may take as long as it likes. */
    static void end(Runnable ending) {
        try {
            ENDINGS.execute(ending);
        } catch (Throwable noThread) {
            ending.run();
        }
    }

    /**
     * Has a thread attempt the endings that have failed, now and from time to time, until none is left. If there is no memory or stack
     * even for that, this has to be called again.
     */
    static void endFailed() {
        try {
            StackRoom.check(); // lest the executor be torn, which all share
            ENDINGS.execute(ATTEMPTS);
        } catch (Throwable noRoom) {
            return; // as said above
        }
    }

    private static void attemptFailed() {
        if (!Ending.attemptFailed()) {
            THREAD.schedule(ATTEMPTS_AGAIN, LIVENESS_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** To be called now and then by who has nothing to do with it. */
    static void endFailedIfAny() {
        if (Ending.anyHasFailed()) {
            endFailed();
        }
    }

    private static ThreadPoolExecutor endings() {
        var threads = new ThreadPoolExecutor(
                MAX_ENDINGS,
                MAX_ENDINGS,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DaemonThreads("callqueue-ending"));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static ScheduledThreadPoolExecutor thread() {
        var thread = new ScheduledThreadPoolExecutor(1, new DaemonThreads("callqueue-watch"));
        thread.setKeepAliveTime(1, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
        thread.setRemoveOnCancelPolicy(true);
        return thread;
    }

    /**
     * Asks that queue from now on whether anybody is left, as long as {@link Servers#needsWatch} wants it.
     *
     * @return why that is not possible, or null
     */
    static @Nullable Throwable begin(Core core) {
        try {
            THREAD.schedule(() -> lookAt(core), LIVENESS_MILLIS, TimeUnit.MILLISECONDS);
            return null;
        } catch (Throwable noThread) {
            core.summons().endWatch();
            return noThread;
        }
    }

    private static void lookAt(Core core) {
        boolean goesOn = true;
        try {
            endFailedIfAny();
            goesOn = core.summons().checkAlive();
        } finally { // also if an executor of the user's does not say whether it lives
            if (goesOn && begin(core) != null) {
                core.summons().later();
            }
        }
    }

    /** Has the waits looked at again and again, while there are any; says whether that is possible. */
    static boolean overWaits() {
        try {
            THREAD.schedule(Watch::lookAtWaits, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (Throwable noThread) {
            return false;
        }
    }

    private static void lookAtWaits() {
        boolean anybodyWaits = true;
        boolean goesOn = false;
        try {
            endFailedIfAny();
            anybodyWaits = WaitGraph.lookAgain();
            goesOn = anybodyWaits && overWaits();
        } finally {
            if (anybodyWaits && !goesOn) { // no memory: whoever waits next begins anew
                WaitGraph.stopWatch();
            }
        }
    }

    /** Withdraws the call if it has not begun within that time. */
    static void limit(Call<?> call, long nanos) {
        if (nanos <= 0) {
            call.expire();
            return;
        }
        Runnable expiry = new Expiry(call); // made while there is memory for it
        Timer timer = new Timer(THREAD.schedule(() -> end(expiry), nanos, TimeUnit.NANOSECONDS));
        if (!call.follow(timer)) {
            timer.ended();
        }
    }

    /** Withdraws a call that has not begun. */
    private static final class Expiry extends Ending {
        private final Call<?> call;

        Expiry(Call<?> call) {
            this.call = call;
        }

        @Override
        void attempt() {
            call.expire();
        }
    }

    /** Is stopped when its call ends. */
    private static final class Timer extends Follower {
        private final Future<?> expiry;

        Timer(Future<?> expiry) {
            this.expiry = expiry;
        }

        @Override
        void ended() {
            expiry.cancel(false);
        }
    }
}
