package dev.callqueue.soak;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Calls that make the next call, and stages upon stages, a hundred thousand deep. */
@SuppressWarnings("FutureReturnValueIgnored") // each is a link of a chain that is awaited
final class DeepChains implements Experiment {
    private static final int DEPTH = 100_000;

    private final Seen wrong = new Seen();
    private long links;

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        trial.repeat(1, 10, round -> {
            for (Served served : Served.values()) {
                CallQueue queue = served.open(trial);
                guard(served + ": submits the next", () -> submitNext(queue, trial));
                guard(served + ": stages", () -> stages(queue));
                guard(served + ": dependents of one call", () -> dependents(queue));
                queue.close();
            }
            CallQueue inline = trial.watch(CallQueue.on(Runnable::run, () -> false));
            guard("a loop that runs at once: submits the next", () -> submitNext(inline, trial));
        });

        figures.say("%,d links in chains of %,d", links, DEPTH);
        figures.none("StackOverflowErrors or chains broken", wrong);
    }

    private interface Chain {
        int length() throws Exception;
    }

    private void guard(String what, Chain chain) throws Exception {
        try {
            int length = chain.length();
            wrong.unless(length == DEPTH, what + ": " + length);
            links += length;
        } catch (StackOverflowError e) {
            wrong.add(what + ": " + e);
        }
    }

    /** Each call submits the next, and adds a stage to it. */
    private static int submitNext(CallQueue queue, Trial trial) throws InterruptedException {
        AtomicInteger depth = new AtomicInteger();
        CountDownLatch end = new CountDownLatch(1);
        queue.execute(new Runnable() {
            @Override
            public void run() {
                if (depth.incrementAndGet() < DEPTH) {
                    queue.submit(this::run).thenRun(trial::progress);
                } else {
                    end.countDown();
                }
            }
        });
        end.await();
        return depth.get();
    }

    /** A stage on a stage on a stage. */
    private static int stages(CallQueue queue) {
        Gate gate = new Gate();
        Call<Integer> first = queue.submit(() -> {
            gate.pass();
            return 0;
        });
        CompletableFuture<Integer> last = first;
        for (int i = 0; i < DEPTH; i++) {
            last = last.thenApply(n -> n + 1);
        }
        gate.open();
        return last.join();
    }

    /** Many stages on one call. */
    private static int dependents(CallQueue queue) {
        Gate gate = new Gate();
        AtomicInteger seen = new AtomicInteger();
        Call<@Nullable Void> call = queue.submit(gate::pass);
        CompletableFuture<?>[] all = new CompletableFuture<?>[DEPTH];
        for (int i = 0; i < DEPTH; i++) {
            all[i] = call.thenRun(seen::incrementAndGet);
        }
        gate.open();
        CompletableFuture.allOf(all).join();
        return seen.get();
    }
}
