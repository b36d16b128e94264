package dev.callqueue.soak;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** An op that counts how often it is run. */
final class Tally implements Callable<Integer> {
    private final AtomicInteger runs = new AtomicInteger();

    @Override
    public Integer call() {
        return runs.incrementAndGet();
    }

    int runs() {
        return runs.get();
    }
}
