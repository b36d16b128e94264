package dev.callqueue.benchmarks.contender;

import com.google.common.util.concurrent.MoreExecutors;
import dev.callqueue.CallTarget;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** The JDK's {@code ExecutorCompletionService}. */
final class CompletionServiceHarvester implements Harvester {
    private final ExecutorService executor;
    private final CompletionService<Integer> service;

    CompletionServiceHarvester(ExecutorService executor) {
        this.executor = executor;
        this.service = new ExecutorCompletionService<>(executor);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it comes back from take
    public long harvest(List<Integer> inputs, CallTarget.Fn<Integer, Integer> fn) throws Exception {
        for (Integer input : inputs) {
            service.submit(() -> fn.apply(input));
        }
        long sum = 0;
        for (int i = 0; i < inputs.size(); i++) {
            sum += service.take().get();
        }
        return sum;
    }

    @Override
    public void close() {
        if (!MoreExecutors.shutdownAndAwaitTermination(executor, 10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("does not end: " + executor);
        }
    }
}
