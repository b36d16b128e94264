package dev.callqueue.testkit;

import static dev.callqueue.testkit.Delays.LONG;
import static dev.callqueue.testkit.Delays.SHORT;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.callqueue.QueueClosedException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The queue where an {@code ExecutorService} is asked for. */
public abstract class ExecutorViewContract extends Contract {
    private final IOException failure = new IOException("from the task");
    private ExecutorService executor;

    /** For subclasses. */
    protected ExecutorViewContract() {}

    @BeforeEach
    void seeItAsExecutor() {
        executor = queue.asExecutorService();
    }

    private static <T> T soon(Future<T> future) throws Exception {
        return future.get(LONG.toNanos(), NANOSECONDS);
    }

    // one task

    @Test
    void aSubmittedCallableHasItsValue() throws Exception {
        Callable<Integer> task = () -> 1;

        assertEquals(1, soon(executor.submit(task)));
    }

    @Test
    void aSubmittedRunnableHasTheValueItWasGiven() throws Exception {
        Runnable task = () -> {};

        assertNull(soon(executor.submit(task)));
        assertEquals("done", soon(executor.submit(task, "done")));
    }

    @Test
    void tasksRunOnThreadsOfTheTarget() throws Exception {
        Callable<Boolean> task = target::isTargetThread;

        assertTrue(soon(executor.submit(task)));
    }

    @Test
    void anExecutedTaskRuns() {
        Gate gate = threads.gate();

        executor.execute(gate::pass);

        gate.awaitArrival();
    }

    @Test
    void aFailedTaskShowsItsException() {
        Future<Object> future = executor.submit(failing(failure));

        assertSame(failure, assertThrows(ExecutionException.class, future::get).getCause());
    }

    @Test
    void aTaskThatIsNotDoneInTimeGoesOn() throws Exception {
        Gate gate = threads.gate();
        Future<Integer> future = executor.submit(passing(gate, 1));

        assertThrows(TimeoutException.class, () -> future.get(SHORT.toNanos(), NANOSECONDS));

        gate.open();
        assertEquals(1, soon(future));
    }

    @Test
    void aCancelledTaskThatHasNotBegunNeverRuns() {
        Gate gate = holdTarget();
        var ran = new AtomicBoolean();
        Future<?> future = executor.submit(() -> ran.set(true));

        assertTrue(future.cancel(false));

        assertEquals(0, queue.size());
        gate.open();
        letAllThreadsPass();
        assertFalse(ran.get());
        assertThrows(CancellationException.class, future::get);
    }

    @Test
    void aCompletableFutureCanUseIt() {
        assertTrue(CompletableFuture.supplyAsync(target::isTargetThread, executor)
                .orTimeout(LONG.toNanos(), NANOSECONDS)
                .join());
    }

    // many tasks

    @Test
    void invokeAllRunsAllAndReturnsThemInTheirOrder() throws Exception {
        List<Future<Integer>> futures = executor.invokeAll(List.of(() -> 1, failing(failure), () -> 3));

        assertTrue(futures.stream().allMatch(Future::isDone));
        assertEquals(1, futures.get(0).get());
        assertSame(
                failure,
                assertThrows(ExecutionException.class, futures.get(1)::get).getCause());
        assertEquals(3, futures.get(2).get());
    }

    @Test
    void invokeAllCancelsWhatDoesNotEndInTime() throws Exception {
        Gate gate = holdTarget();

        List<Future<Integer>> futures =
                executor.invokeAll(List.of(() -> 1, passing(gate, 2)), SHORT.toNanos(), NANOSECONDS);

        assertTrue(futures.stream().allMatch(Future::isCancelled));
        assertEquals(0, queue.size());
    }

    @Test
    void invokeAnyReturnsTheValueOfOneThatSucceeds() throws Exception {
        assertEquals(1, executor.<Integer>invokeAny(List.of(failing(failure), () -> 1, failing(failure))));
    }

    @Test
    void invokeAnyFailsIfAllFail() {
        var thrown = assertThrows(
                ExecutionException.class, () -> executor.invokeAny(List.of(failing(failure), failing(failure))));

        assertSame(failure, thrown.getCause());
    }

    @Test
    void invokeAnySaysWhenTheTimeIsOver() {
        holdTarget();

        assertThrows(TimeoutException.class, () -> executor.invokeAny(List.of(() -> 1), SHORT.toNanos(), NANOSECONDS));
        assertEquals(0, queue.size());
    }

    /** A fixed pool would starve on it. */
    @Test
    void aTaskCanWaitForTasks() throws Exception {
        Callable<Integer> inner = () -> 1;
        Callable<Integer> outer =
                () -> executor.invokeAll(List.of(inner, inner)).size()
                        + executor.submit(inner).get();

        assertEquals(3, soon(executor.submit(outer)));
    }

    // the end

    @Test
    void shutdownClosesTheQueue() {
        assertFalse(executor.isShutdown());

        executor.shutdown();

        assertTrue(executor.isShutdown());
        assertTrue(queue.isClosed());
        assertThrows(RejectedExecutionException.class, () -> executor.execute(() -> {}));
    }

    @Test
    void shutdownRunsWhatWaits() throws Exception {
        Gate gate = holdTarget();
        Callable<Integer> task = () -> 1;
        Future<Integer> waiting = executor.submit(task);

        executor.shutdown();
        gate.open();

        assertEquals(1, soon(waiting));
    }

    @Test
    void itHasTerminatedWhenEverythingHasEnded() throws Exception {
        Gate gate = holdTarget();
        executor.shutdown();
        assertFalse(executor.isTerminated());
        assertFalse(executor.awaitTermination(SHORT.toNanos(), NANOSECONDS));

        gate.open();

        assertTrue(executor.awaitTermination(LONG.toNanos(), NANOSECONDS));
        assertTrue(executor.isTerminated());
    }

    @Test
    void shutdownNowEndsAndReturnsWhatHasNotBegun() {
        holdTarget();
        var runs = new AtomicInteger();
        Callable<Integer> task = runs::incrementAndGet;
        Future<Integer> future = executor.submit(task);
        executor.execute(runs::incrementAndGet);

        List<Runnable> left = executor.shutdownNow();

        assertInstanceOf(
                QueueClosedException.class,
                assertThrows(ExecutionException.class, future::get).getCause());
        assertEquals(2, left.size());
        left.forEach(Runnable::run);
        assertEquals(2, runs.get(), "what is returned can still be run by hand");
    }

    @Test
    void nullTasksAreRefused() {
        assertThrows(NullPointerException.class, () -> executor.execute(nothing()));
        assertThrows(NullPointerException.class, () -> executor.submit(ExecutorViewContract.<Runnable>nothing()));
        assertThrows(
                NullPointerException.class, () -> executor.submit(ExecutorViewContract.<Callable<Integer>>nothing()));
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // null on purpose
    private static <T> T nothing() {
        return null;
    }
}
