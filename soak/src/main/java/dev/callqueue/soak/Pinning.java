package dev.callqueue.soak;

import dev.callqueue.CallException;
import dev.callqueue.CallQueue;
import dev.callqueue.Harvest;
import dev.callqueue.WhenFull;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** Virtual threads call, wait and receive in all ways; the flight recorder tells of those that hold their carrier. */
final class Pinning implements Experiment {
    private static final int CALLERS = 200;

    private final Seen wrong = new Seen();

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        ThreadFactory virtual = virtualThreads();
        if (virtual == null) {
            figures.notApplicable(
                    "no virtual threads on Java " + Runtime.version().feature());
            return;
        }
        AtomicLong calls = new AtomicLong();
        crowd(virtual, calls, trial); // a thread that waits for a class to be loaded is pinned, and not by us
        Seen pinned = new Seen();
        Recorded.during(Recorded.PINNED, () -> trial.repeat(1, 50, round -> crowd(virtual, calls, trial)))
                .forEach(pinned::add);
        List<RecordedEvent> control = Recorded.during(Recorded.PINNED, () -> join(virtual.newThread(Pinned::touch)));

        figures.say("%,d calls of virtual threads to virtual threads", calls.get());
        figures.none("times pinned", pinned);
        figures.none("wrong outcomes", wrong);
        figures.check(!control.isEmpty(), "%d seen where a thread is pinned on purpose", control.size());
    }

    private void crowd(ThreadFactory virtual, AtomicLong calls, Trial trial) throws Exception {
        CallQueue pool = trial.watch(CallQueue.builder()
                .consumers(4)
                .consumerThreads(virtual)
                .capacity(50)
                .whenFull(WhenFull.WAIT)
                .build());
        CallQueue other = trial.watch(
                CallQueue.builder().consumers(2).consumerThreads(virtual).build());
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(virtual.newThread(() -> callInAllWays(pool, other, calls, trial)));
        }
        callers.forEach(Thread::start);
        for (Thread caller : callers) {
            caller.join();
        }
        pool.close();
        other.close();
    }

    private void callInAllWays(CallQueue pool, CallQueue other, AtomicLong calls, Trial trial) {
        try {
            for (int i = 0; i < 20; i++) {
                pool.call(() ->
                        other.call(() -> other.submit(calls::incrementAndGet).result()));
                pool.submit(calls::incrementAndGet).get();
                pool.within(Duration.ofMinutes(1))
                        .submit(calls::incrementAndGet)
                        .join();
                for (Harvest.Item<Integer, Long> item : other.harvest(List.of(1, 2), n -> calls.incrementAndGet())) {
                    item.result();
                }
                try {
                    pool.within(Duration.ofNanos(1000)).call(calls::incrementAndGet);
                } catch (CallException late) {
                    calls.incrementAndGet();
                }
                trial.progress();
            }
        } catch (Exception e) {
            wrong.add(e);
        }
    }

    private static void join(Thread thread) throws InterruptedException {
        thread.start();
        thread.join();
    }

    /** What makes virtual threads, by names that Java 17 does not know; null where there are none. */
    private static @Nullable ThreadFactory virtualThreads() throws InvocationTargetException, IllegalAccessException {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            return (ThreadFactory) Class.forName("java.lang.Thread$Builder")
                    .getMethod("factory")
                    .invoke(builder);
        } catch (ClassNotFoundException | NoSuchMethodException beforeJava21) {
            return null;
        }
    }

    /** A class that waits while it is initialized, which holds the carrier on every JVM until now. */
    private static final class Pinned {
        static {
            LockSupport.parkNanos(1_000_000);
        }

        private Pinned() {}

        static void touch() {}
    }
}
