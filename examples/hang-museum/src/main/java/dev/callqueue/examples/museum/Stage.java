package dev.callqueue.examples.museum;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where one trap is sprung for one contender: knows its threads, watches them, and sweeps up after them. */
public final class Stage implements AutoCloseable {
    /** How long a scene may take to be set, which waits for nothing that could hang. */
    private static final Duration SETTING = Duration.ofSeconds(60);

    private final Duration patience;
    private final List<Caller> callers = new CopyOnWriteArrayList<>();
    private final List<Target> targets = new CopyOnWriteArrayList<>();

    /** A stage whose watchers have so much patience. */
    public Stage(Duration patience) {
        this.patience = patience;
    }

    /** Takes a target onto the stage, to be let go of at the end. */
    public Target with(Target target) {
        targets.add(target);
        return target;
    }

    /** Has somebody call. */
    public Caller caller(String name, Callable<?> what) {
        Caller caller = Caller.start(name, what);
        callers.add(caller);
        return caller;
    }

    /** Has somebody call now, when all that it waits for has time, and watches. */
    public Sighting see(String name, Callable<?> what) throws InterruptedException {
        return see(caller(name, what));
    }

    /** Watches a caller, who has nothing to wait for any more but what hangs. */
    public Sighting see(Caller caller) throws InterruptedException {
        return caller.watch(patience);
    }

    /** Watches callers at the same time. */
    public Sighting[] see(Caller... all) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        var seen = new Sighting[all.length];
        for (int i = 0; i < all.length; i++) {
            seen[i] = all[i].watch(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
        return seen;
    }

    /** Waits for a step of the scene that hangs for nobody. */
    public void await(CountDownLatch step) throws InterruptedException {
        if (!step.await(SETTING.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("the scene could not be set within " + SETTING.toSeconds() + " s");
        }
    }

    @Override
    public void close() {
        callers.forEach(Caller::letGo);
        targets.forEach(Target::close);
    }
}
