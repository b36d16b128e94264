package dev.callqueue.soak;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.Harvest;
import dev.callqueue.Raise;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * What was called last, what came of it, and what was thrown must not be kept by queues and threads that live on.
 *
 * <p>Compiled code sometimes leaves the exception that was thrown last in the JVM's own record of a thread, whoever threw
 * it, and so exceptions are looked for only where nothing is compiled.
 */
@SuppressWarnings("FutureReturnValueIgnored") // who keeps it is the question
final class Retention implements Experiment {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final boolean COMPILES = ManagementFactory.getCompilationMXBean() != null;

    private int watched;

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        Seen kept = new Seen();
        Latencies took = new Latencies();
        for (Served served : Served.values()) {
            for (Way way : Way.values()) {
                CallQueue queue = served.open(trial);
                queue.call(() -> {});
                int before = watched;
                Garbage garbage = new Garbage();
                use(queue, way, garbage);
                took.add(garbage.collect(PATIENCE).toNanos());
                kept.unless(
                        garbage.left() == 0,
                        garbage.namesOfLeft() + ", of " + (watched - before) + " of " + served + " " + way);
                trial.progress();
            }
        }

        figures.say(
                "%,d ops%s of queues that live on", watched, COMPILES ? " and results" : ", results and exceptions");
        figures.none("kept", kept);
        figures.say("the slowest gone after %s", Figures.time(took.longest()));
    }

    /** How a call is made and how it ends. */
    private enum Way {
        CALL_RETURNS,
        CALL_THROWS,
        SUBMIT_RETURNS,
        SUBMIT_THROWS,
        EXECUTE,
        RAISED_IN_RECEIVER,
        NESTED,
        HARVESTED,
        WITHDRAWN,
        TIMED_OUT,
        CLOSED
    }

    /** In a method of its own, whose locals are gone when it returns. */
    private void use(CallQueue queue, Way way, Garbage garbage) throws Exception {
        Holder op = watch(new Holder(watch(new Object(), garbage), new IllegalStateException("of the op")), garbage);
        if (!COMPILES) {
            watch(op.failure, garbage);
        }
        switch (way) {
            case CALL_RETURNS -> queue.call(op::value);
            case CALL_THROWS -> queue.callOrElse(null, op::fail);
            case SUBMIT_RETURNS -> watch(queue.submit(op::value), garbage).result();
            case SUBMIT_THROWS -> watch(queue.submit(op::fail), garbage).resultOrElse(new Object(), PATIENCE);
            case EXECUTE -> queue.execute(op::value);
            case RAISED_IN_RECEIVER ->
                watch(queue.raising(Raise.NONE).submit(op::fail), garbage).result();
            case NESTED -> queue.call(() -> queue.submit(op::value).result());
            case HARVESTED -> {
                Harvest<Object, Object> harvest = watch(queue.harvest(List.of(op), input -> op.value()), garbage);
                watch(harvest.take(), garbage).result();
            }
            case WITHDRAWN ->
                blocked(queue, () -> {
                    Call<Object> call = watch(queue.submit(op::value), garbage);
                    call.withdraw();
                    return call;
                });
            case TIMED_OUT ->
                blocked(queue, () -> queue.within(Duration.ofMillis(1)).callOrElse(null, op::value));
            case CLOSED ->
                blocked(queue, () -> {
                    Call<Object> call = watch(queue.submit(op::value), garbage);
                    queue.closeNow();
                    return call;
                });
        }
    }

    /** Does that while the queue's receivers are kept busy. */
    private static void blocked(CallQueue queue, Callable<?> work) throws Exception {
        Gate gate = new Gate();
        for (int i = 0; i < 3; i++) {
            queue.execute(gate::pass);
        }
        gate.awaitArrivals(1);
        work.call();
        gate.open();
    }

    private <T> T watch(T thing, Garbage garbage) {
        watched++;
        garbage.add(thing);
        return thing;
    }

    /** An op with its outcomes. */
    private record Holder(Object value, RuntimeException failure) {
        Object fail() {
            throw failure;
        }
    }
}
