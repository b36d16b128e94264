package dev.callqueue.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A burst of calls from one or several threads; records the nanoseconds per call, from all threads together: a thousand
 * divided by it is the number of calls in a microsecond.
 */
public final class Throughput implements Burst {
    private static final int LOOKS_PER_BURST = 64;

    /** So many calls between two looks at the clock: few enough to end soon when each begins to take milliseconds. */
    private static final int MOST_CALLS = 64;

    private final String quantity;
    private final Kind kind;
    private final CyclicBarrier start;
    private final ExecutorService callers;
    private final int size;

    /** A burst of so many callers. */
    public Throughput(String quantity, Kind kind, int callers) {
        this.quantity = quantity;
        this.kind = kind;
        this.size = callers;
        this.start = new CyclicBarrier(callers);
        this.callers = Executors.newFixedThreadPool(callers, task -> {
            Thread thread = new Thread(task, "caller");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void run(Lane lane, long nanos, Recorder recorder) throws Exception {
        Loop loop = kind.loopOf(lane);
        if (size == 1) {
            recorder.record(quantity, 1 / callsPerNano(lane, loop, nanos));
            return;
        }
        Callable<Double> caller = () -> {
            start.await();
            return callsPerNano(lane, loop, nanos);
        };
        List<Future<Double>> rates = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            rates.add(callers.submit(caller));
        }
        double sum = 0;
        for (Future<Double> rate : rates) {
            sum += get(rate);
        }
        recorder.record(quantity, 1 / sum);
    }

    private static double get(Future<Double> rate) throws Exception {
        try {
            return rate.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private double callsPerNano(Lane lane, Loop loop, long nanos) throws Exception {
        int batch = kind.batch();
        long calls = 0;
        long begun = System.nanoTime();
        long before = begun;
        long now;
        do {
            lane.run(loop, batch);
            calls += batch;
            now = System.nanoTime();
            if (batch < MOST_CALLS && now - before < nanos / LOOKS_PER_BURST && kind.batch() == 1) {
                batch *= 2;
            }
            before = now;
        } while (now - begun < nanos);
        return (double) calls / (now - begun);
    }

    @Override
    public void close() {
        callers.shutdownNow();
    }
}
