package dev.callqueue.benchmarks.scenario;

import dev.callqueue.CallQueue;
import dev.callqueue.benchmarks.contender.Op;
import dev.callqueue.benchmarks.harness.Heap;
import dev.callqueue.benchmarks.harness.Measurement;
import dev.callqueue.benchmarks.harness.Pulse;
import dev.callqueue.benchmarks.harness.Settings;
import dev.callqueue.benchmarks.harness.Spread;
import dev.callqueue.benchmarks.harness.Unit;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a queue costs among many: its memory while it is idle, and a call and its receipt, each time on another queue. */
final class QueuesGrowth implements Scenario {
    private static final int FULL = 100_000;
    private static final int SHORT = 10_000;
    private static final int CALLS_PER_MILLI = 4_000;

    /** Below this, what else happens on the heap says more than the queues do. */
    private static final int LEAST_FOR_MEMORY = 1_000;

    private static final int GOAL = 10_000;
    private static final int BEATS = 5;

    @Override
    public String id() {
        return "queues";
    }

    @Override
    public String title() {
        return "a queue among others, by their number";
    }

    @Override
    public void run(Settings settings, Findings findings) throws Exception {
        CurveDrawing memory = new CurveDrawing();
        CurveDrawing time = new CurveDrawing();
        int most = settings.full() ? FULL : SHORT;
        int[] numbers = IntStream.iterate(1, queues -> queues <= most, queues -> 10 * queues)
                .toArray();
        double[] atGoal = {Double.NaN};
        try (Pulse pulse = new Pulse(settings)) {
            for (int number : numbers) {
                pulse.beat(BEATS);
                time.add(
                        number,
                        "callqueue",
                        nanosPerCall(number, (int) settings.burst().toMillis() * CALLS_PER_MILLI));
                if (number >= LEAST_FOR_MEMORY) {
                    double bytes = bytesPerQueue(number, CallQueue::create);
                    memory.add(number, "callqueue", bytes);
                    memory.add(number, "callqueue-consumers", bytesPerQueue(number, () -> CallQueue.withConsumers(1)));
                    atGoal[0] = number == GOAL ? bytes : atGoal[0];
                }
            }
            List.of(time, memory).forEach(drawing -> drawing.saw(pulse.regime()));
            findings.add(new Measurement(id(), "queue-bytes", Unit.BYTES, pulse.regime(), Map.of("callqueue", atGoal)));
        }
        findings.add(memory.curve(id(), "queues-bytes", "memory held by an idle queue", "queues", Unit.BYTES));
        findings.add(time.curve(
                id(), "queues-time", "to submit and receive a call, each time on another queue", "queues", Unit.TIME));
    }

    private static double bytesPerQueue(int number, Supplier<CallQueue> factory) {
        long before = Heap.used();
        List<CallQueue> queues = queues(number, factory);
        try {
            return (double) (Heap.used() - before) / number;
        } finally {
            queues.forEach(
                    CallQueue::close); // what is left to the garbage collector goes at some time in a later measurement
        }
    }

    private static double nanosPerCall(int number, int least) {
        List<CallQueue> queues = queues(number, CallQueue::create);
        Op op = new Op();
        double[] nanos = new double[5];
        for (int round = 0; round < nanos.length; round++) {
            long begun = System.nanoTime();
            int calls = 0;
            while (calls < least) {
                for (CallQueue queue : queues) {
                    queue.execute(op);
                    queue.receive();
                }
                calls += number;
            }
            nanos[round] = (double) (System.nanoTime() - begun) / calls;
        }
        queues.forEach(CallQueue::close);
        return Spread.of(nanos).median();
    }

    private static List<CallQueue> queues(int number, Supplier<CallQueue> factory) {
        return Stream.generate(factory).limit(number).toList();
    }
}
