package dev.callqueue.benchmarks.scenario;

import dev.callqueue.CallTarget;
import dev.callqueue.benchmarks.harness.Unit;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Jobs for a few threads.
 *
 * @param inputs one for each job
 * @param fn what a job does
 * @param unit what the quotient counts
 * @param divisor what the time for all of them is divided by: their number, or the time that they take at best
 */
record Jobs(List<Integer> inputs, CallTarget.Fn<Integer, Integer> fn, Unit unit, double divisor) {
    private static final long SEED = 491281;

    /** So many that do nothing. */
    static Jobs tiny(int number) {
        List<Integer> inputs = IntStream.range(0, number).boxed().toList();
        return new Jobs(inputs, input -> input, Unit.RATE, number);
    }

    /** So many that sleep from one to five milliseconds, the same at every run, for so many threads. */
    static Jobs jerky(int number, int threads) {
        List<Integer> millis = new Random(SEED).ints(number, 1, 6).boxed().toList();
        double sum = millis.stream().mapToInt(Integer::intValue).sum();
        return new Jobs(millis, Jobs::sleep, Unit.TIMES, sum * 1e6 / threads);
    }

    private static Integer sleep(Integer millis) throws InterruptedException {
        Thread.sleep(millis);
        return millis;
    }

    /** What the results must sum up to. */
    long sum() {
        return inputs.stream().mapToLong(Integer::longValue).sum();
    }
}
