package dev.callqueue.soak;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.CallTarget;
import dev.callqueue.CallTimeoutException;
import dev.callqueue.Waiting;
import dev.callqueue.WhenFull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** All waiting threads are unparked for no reason, again and again. */
@SuppressWarnings("FutureReturnValueIgnored") // only there to be waited for
final class SpuriousUnparks implements Experiment {
    private static final Duration LIMIT = Duration.ofMillis(20);

    private final List<Thread> pestered = new CopyOnWriteArrayList<>();
    private final AtomicLong unparks = new AtomicLong();
    private final Seen early = new Seen();

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Started<?> pest = trial.start("pest", () -> pester(over));
        int rounds = trial.repeat(40, 2_000, round -> waitInAllWays(trial));
        over.set(true);
        pest.result();

        figures.say("%,d rounds of all ways to wait, %,d spurious unparks", rounds, unparks.get());
        figures.none("early returns", early);
    }

    private void pester(AtomicBoolean over) {
        while (!over.get()) {
            for (Thread thread : pestered) {
                LockSupport.unpark(thread);
                unparks.incrementAndGet();
            }
            LockSupport.parkNanos(20_000);
        }
    }

    private void waitInAllWays(Trial trial) throws Exception {
        CallQueue queue = trial.watch(
                CallQueue.builder().consumers(1).waiting(Waiting.PARK).build());
        CallQueue empty = trial.watch(CallQueue.builder().waiting(Waiting.PARK).build());
        CallQueue full = trial.watch(
                CallQueue.builder().capacity(1).whenFull(WhenFull.WAIT).build());
        full.submit(() -> 0);
        pestered.add(queue.call(Thread::currentThread));
        Gate gate = new Gate();
        Call<Integer> gated = queue.submit(() -> {
            gate.pass();
            return 1;
        });
        List<Started<Integer>> waiting = new ArrayList<>();
        waiting.add(trial.compute("call", () -> queue.call(() -> 1)));
        waiting.add(trial.compute("result", gated::result));
        waiting.add(trial.compute("get", gated::get));
        waiting.add(trial.compute("join", gated::join));
        Started<Boolean> limitedCall = trial.compute(
                "limited call", () -> timesOut(() -> empty.within(LIMIT).call(() -> 1)));
        Started<Boolean> limitedPlace = trial.compute(
                "limited place", () -> timesOut(() -> full.within(LIMIT).submit(() -> 1)));
        Started<Boolean> receive = trial.compute("receive", () -> {
            long begunNanos = System.nanoTime();
            return CallQueue.create().receive(LIMIT) == 0 && System.nanoTime() - begunNanos >= LIMIT.toNanos();
        });
        waiting.forEach(each -> pestered.add(each.thread()));
        for (Started<Boolean> each : List.of(limitedCall, limitedPlace, receive)) {
            pestered.add(each.thread());
        }

        gate.awaitArrivals(1);
        for (Started<Boolean> each : List.of(limitedCall, limitedPlace, receive)) {
            early.unless(each.result(), each.thread().getName());
        }
        for (Started<Integer> each : waiting) {
            early.unless(!each.hasEnded(), each.thread().getName());
        }
        gate.open();
        for (Started<Integer> each : waiting) {
            early.unless(each.result() == 1, each.thread().getName());
        }
        pestered.clear();
        queue.close();
    }

    /** Whether that ends by its limit, and not before. */
    private static boolean timesOut(CallTarget.Op<?, RuntimeException> limited) {
        long begunNanos = System.nanoTime();
        try {
            limited.call();
            return false;
        } catch (CallTimeoutException late) {
            return System.nanoTime() - begunNanos >= LIMIT.toNanos();
        }
    }
}
