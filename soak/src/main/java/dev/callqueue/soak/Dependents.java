package dev.callqueue.soak;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Stages of calls that throw, or that block the thread which runs them. */
final class Dependents implements Experiment {
    private final Seen hurt = new Seen();
    private final Seen elsewhere = new Seen();
    private final Latencies passed = new Latencies();

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        int rounds = 0;
        for (Served served : Served.values()) {
            rounds += trial.repeat(20, 2_000, round -> {
                CallQueue queue = served.open(trial);
                throwing(served, queue);
                blocking(served, queue);
                queue.close();
            });
        }

        figures.say("%,d stages that throw, %,d that block", rounds, rounds);
        figures.none("receivers hurt", hurt);
        figures.none("stages on another thread than the one that ran the call", elsewhere);
        figures.say("callers do not wait for stages: back after at most %s", Figures.time(passed.longest()));
    }

    private void throwing(Served served, CallQueue queue) {
        Thread before = queue.call(Thread::currentThread);
        Gate gate = new Gate();
        Call<@Nullable Void> call = queue.submit(gate::pass);
        CompletableFuture<?> stage = call.thenRun(() -> {
            throw new AssertionError("of a stage");
        });
        gate.open();
        Throwable seen = stage.handle((value, thrown) -> thrown).join();
        hurt.unless(seen != null && seen.getCause() instanceof AssertionError, served + ": the stage has " + seen);
        Thread after = queue.call(Thread::currentThread);
        hurt.unless(before.isAlive() && (served == Served.CONSUMERS || after == before), served + ": " + after);
    }

    /** A stage blocks the receiver, as any call would; who waits for the call itself is back before. */
    private void blocking(Served served, CallQueue queue) {
        Gate begin = new Gate();
        Gate inStage = new Gate();
        Call<Thread> call = queue.submit(() -> {
            begin.pass();
            return Thread.currentThread();
        });
        CompletableFuture<Thread> stage = call.thenApply(thread -> {
            inStage.pass();
            return Thread.currentThread();
        });
        begin.open();
        inStage.awaitArrivals(1);
        long begunNanos = System.nanoTime();
        Thread ranOn = call.result();
        passed.addSince(begunNanos);
        hurt.unless(!stage.isDone(), served + ": the stage did not block");
        Call<Integer> behind = queue.submit(() -> 1);
        inStage.open();
        elsewhere.unless(stage.join() == ranOn, served + ": " + stage.join() + " instead of " + ranOn);
        hurt.unless(behind.result() == 1, served + ": the call behind");
    }
}
