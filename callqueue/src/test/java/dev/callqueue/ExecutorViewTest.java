package dev.callqueue;

import static dev.callqueue.Delays.LONG;
import static dev.callqueue.Delays.SHORT;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
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
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A queue where an ExecutorService is asked for. */
class ExecutorViewTest {
    @AutoClose
    private final Threads threads = new Threads();

    private final CallQueue queue = threads.closing(CallQueue.withConsumers(2));
    private final ExecutorService executor = queue.asExecutorService();

    private static final Callable<Integer> FAILING = () -> {
        throw new IOException("from the task");
    };

    @Test
    void aSubmittedTaskReturnsItsValue() throws Exception {
        Callable<Integer> task = () -> 1;
        Runnable nothing = () -> {};

        assertEquals(1, executor.submit(task).get());
        assertNull(executor.submit(nothing).get());
        assertEquals("done", executor.submit(nothing, "done").get());
    }

    @Test
    void aTaskThatIsGivenItsValueRuns() throws Exception {
        var ran = new AtomicInteger();

        assertEquals("done", executor.submit(ran::incrementAndGet, "done").get());
        assertEquals(1, ran.get());
    }

    @Test
    void tasksRunOnTheQueuesThreads() throws Exception {
        Callable<Boolean> inside = queue::isTargetThread;

        assertTrue(executor.submit(inside).get());
    }

    @Test
    void aFailedTaskShowsItsException() {
        Future<Integer> future = executor.submit(FAILING);

        var seen = assertThrows(ExecutionException.class, future::get);

        assertEquals(IOException.class, seen.getCause().getClass());
    }

    @Test
    void anExecutedTaskRuns() {
        Gate gate = threads.gate();
        executor.execute(gate::pass);

        gate.awaitArrival();
    }

    @Test
    void aFutureSaysWhenTheTimeIsOver() {
        Gate gate = threads.gate();
        Future<?> future = executor.submit(gate::pass);

        assertThrows(TimeoutException.class, () -> future.get(SHORT.toMillis(), MILLISECONDS));
    }

    @Test
    void cancelNeverInterruptsTheTarget() {
        Gate gate = threads.gate();
        var interrupted = new CompletableFuture<Boolean>();
        Future<?> future = executor.submit(() -> {
            gate.pass();
            interrupted.complete(Thread.interrupted());
        });
        gate.awaitArrival();

        assertTrue(future.cancel(true));
        assertTrue(future.isCancelled());
        gate.open();

        assertFalse(interrupted.join());
        assertThrows(CancellationException.class, future::get);
    }

    @Test
    void aTaskCancelledBeforeItBeginsNeverRuns() {
        var ran = new AtomicBoolean();
        Gate gate = threads.hold(queue, 2);
        Future<?> future = executor.submit(() -> ran.set(true));

        assertTrue(future.cancel(false));
        assertEquals(0, queue.size());
        gate.open();

        queue.call(() -> {});
        assertFalse(ran.get());
    }

    // many tasks

    @Test
    void invokeAllRunsAllAndReturnsThemInTheirOrder() throws Exception {
        List<Future<Integer>> futures = executor.invokeAll(List.of(() -> 1, FAILING, () -> 3));

        assertTrue(futures.stream().allMatch(Future::isDone));
        assertEquals(1, futures.get(0).get());
        assertThrows(ExecutionException.class, futures.get(1)::get);
        assertEquals(3, futures.get(2).get());
    }

    @Test
    void invokeAllCancelsWhatDoesNotEndInTime() throws Exception {
        Gate gate = threads.gate();
        Callable<Integer> slow = () -> {
            gate.pass();
            return 1;
        };

        List<Future<Integer>> futures;
        do { // until its time is enough for the first
            ExecutorService fresh = threads.closing(CallQueue.withConsumers(2)).asExecutorService();
            futures = fresh.invokeAll(List.of(() -> 1, slow, slow, slow), SHORT.toMillis(), MILLISECONDS);
        } while (futures.get(0).isCancelled());

        assertEquals(1, futures.get(0).get());
        assertTrue(futures.get(1).isCancelled());
        assertTrue(futures.get(3).isCancelled());
    }

    @Test
    void invokingManyWaitsForPlacesNoLongerThanItsTime() throws Exception {
        CallQueue full = threads.closing(
                CallQueue.builder().capacity(1).whenFull(WhenFull.WAIT).build());
        full.execute(() -> {});
        List<Callable<Integer>> tasks = List.of(() -> 1, () -> 2);

        List<Future<Integer>> all = full.asExecutorService().invokeAll(tasks, SHORT.toMillis(), MILLISECONDS);

        assertEquals(2, all.size());
        for (Future<Integer> each : all) {
            assertTrue(each.isCancelled());
            assertEquals(
                    Call.Phase.WITHDRAWN, assertInstanceOf(Call.class, each).phase());
        }
        assertThrows(
                TimeoutException.class,
                () -> full.asExecutorService().invokeAny(tasks, SHORT.toMillis(), MILLISECONDS));
        assertEquals(1, full.size());
    }

    @Test
    void anInterruptWhileManyAreLetInIsThrownAsTheJdkThrowsIt() {
        CallQueue full = threads.closing(
                CallQueue.builder().capacity(1).whenFull(WhenFull.WAIT).build());
        full.execute(() -> {});
        List<Callable<Integer>> tasks = List.of(() -> 1, () -> 2);
        var invoker = threads.start("invoker", () -> {
                    assertThrows(
                            InterruptedException.class,
                            () -> full.asExecutorService().invokeAll(tasks));
                    return Thread.currentThread().isInterrupted();
                })
                .awaitParked();

        invoker.thread().interrupt();

        assertFalse(invoker.result());
    }

    @Test
    void invokeAnyReturnsTheValueOfOneThatSucceeds() throws Exception {
        assertEquals(1, executor.invokeAny(List.of(FAILING, () -> 1, FAILING)));
    }

    @Test
    void invokeAnyFailsIfAllFail() {
        assertThrows(ExecutionException.class, () -> executor.invokeAny(List.of(FAILING, FAILING)));
    }

    @Test
    void invokeAnyHasItsValueInTime() throws Exception {
        assertEquals(1, executor.invokeAny(List.of(FAILING, () -> 1), LONG.toMillis(), MILLISECONDS));
    }

    @Test
    void invokeAnyGoesOnAfterATaskThatCancelsItself() throws Exception {
        var cancelled = new CancellationException("of the task");
        Callable<Integer> cancelling = () -> {
            throw cancelled;
        };

        assertEquals(1, executor.invokeAny(List.of(cancelling, () -> 1)));
        var failure = assertThrows(ExecutionException.class, () -> executor.invokeAny(List.of(cancelling)));
        assertEquals(CancellationException.class, failure.getCause().getClass());
    }

    @Test
    void anInterruptEndsInvokeAnyAndWithdrawsItsTasks() {
        threads.hold(queue, 2);
        var invoker = threads.start("invoker", () -> {
                    assertThrows(InterruptedException.class, () -> executor.invokeAny(List.of(() -> 1, () -> 2)));
                    return Thread.currentThread().isInterrupted();
                })
                .awaitParked();

        invoker.thread().interrupt();

        assertFalse(invoker.result(), "the exception has told of it");
        assertEquals(0, queue.size());
    }

    @Test
    void invokeAnySaysWhenTheTimeIsOver() {
        Gate gate = threads.gate();
        Callable<Integer> slow = () -> {
            gate.pass();
            return 1;
        };

        assertThrows(
                TimeoutException.class, () -> executor.invokeAny(List.of(slow, slow), SHORT.toMillis(), MILLISECONDS));
    }

    @Test
    void aTaskCanInvokeTasks() throws Exception {
        CallQueue one = threads.closing(CallQueue.withConsumers(1));
        ExecutorService own = one.asExecutorService();
        Callable<Integer> task = () -> own.invokeAll(List.of(() -> 1, () -> 2)).size();

        assertEquals(2, own.submit(task).get(LONG.toMillis(), MILLISECONDS));
    }

    // ends

    @Test
    void afterShutdownTasksAreRejectedAndTheQueueIsClosed() {
        executor.shutdown();

        assertTrue(executor.isShutdown());
        assertTrue(queue.isClosed());
        assertThrows(RejectedExecutionException.class, () -> executor.execute(() -> {}));
        assertThrows(RejectedExecutionException.class, () -> executor.submit(FAILING));
    }

    @Test
    void shutdownRunsWhatWaits() throws Exception {
        Gate gate = threads.hold(queue, 2);
        Callable<Integer> task = () -> 1;
        Future<Integer> waiting = executor.submit(task);

        executor.shutdown();
        assertFalse(executor.isTerminated());
        assertFalse(executor.awaitTermination(SHORT.toMillis(), MILLISECONDS));
        gate.open();

        assertEquals(1, waiting.get());
        assertTrue(executor.awaitTermination(LONG.toMillis(), MILLISECONDS));
        assertTrue(executor.isTerminated());
    }

    @Test
    void anIdleExecutorTerminatesWithItsShutdown() throws Exception {
        assertFalse(executor.isShutdown());
        assertFalse(executor.isTerminated());

        executor.shutdown();

        assertTrue(executor.awaitTermination(LONG.toMillis(), MILLISECONDS));
    }

    @Test
    void shutdownNowReturnsWhatHasNotBegun() {
        threads.hold(queue, 2);
        var ran = new AtomicInteger();
        executor.execute(ran::incrementAndGet);
        executor.submit(ran::incrementAndGet);

        List<Runnable> left = executor.shutdownNow();

        assertEquals(2, left.size());
        assertEquals(0, queue.size());
        left.get(0).run();
        assertEquals(1, ran.get(), "a task that is returned can still be run by hand");
    }

    @Test
    void afterShutdownNowTasksAreRejected() {
        executor.shutdownNow();

        assertTrue(executor.isShutdown());
        assertThrows(RejectedExecutionException.class, () -> executor.execute(() -> {}));
    }

    @Test
    void whatIsReturnedAndRunByHandFailsWithItsOwnException() {
        threads.hold(queue, 2);
        executor.submit(FAILING);

        Runnable left = executor.shutdownNow().get(0);

        assertThrows(IOException.class, left::run);
    }

    @Test
    void shutdownNowReleasesEverybodyWhoWaits() {
        threads.hold(queue, 2);
        Callable<Integer> task = () -> 1;
        Future<Integer> future = executor.submit(task);
        var getter = threads.start("getter", () -> future.get());
        var caller = threads.start("caller", () -> queue.call(() -> 1));
        var invoker = threads.start(
                "invoker", () -> executor.invokeAll(List.of(task)).get(0).get(LONG.toMillis(), MILLISECONDS));
        Eventually.awaitSize(queue, 3);

        executor.shutdownNow();

        getter.failure();
        invoker.failure();
        assertEquals(QueueClosedException.class, caller.failure().getClass());
    }

    @Test
    void shutdownNowDoesNotInterruptWhatRuns() {
        Gate gate = threads.gate();
        var interrupted = new CompletableFuture<Boolean>();
        executor.execute(() -> {
            gate.pass();
            interrupted.complete(Thread.interrupted());
        });
        gate.awaitArrival();

        executor.shutdownNow();
        gate.open();

        assertFalse(interrupted.join());
    }

    @Test
    void anInterruptEndsAwaitTermination() {
        threads.hold(queue, 1);
        var waiter = threads.start("waiter", () -> executor.awaitTermination(LONG.toMillis(), MILLISECONDS))
                .awaitParked();

        waiter.thread().interrupt();

        assertEquals(InterruptedException.class, waiter.failure().getClass());
    }

    private Threads.Started<Boolean> awaitingTermination(CallQueue of) {
        Duration atLeast = LONG.multipliedBy(2); // longer than it may take: it has to be told
        return threads.start("waiter", () -> of.asExecutorService().awaitTermination(atLeast.toMillis(), MILLISECONDS))
                .awaitParked();
    }

    @Test
    void whoAwaitsTerminationIsToldOfItWhenTheLastTaskHasEnded() {
        Gate gate = threads.hold(queue, 1);
        executor.shutdown();
        var waiter = awaitingTermination(queue);

        gate.open();

        assertTrue(waiter.result());
    }

    @Test
    void whoAwaitsTerminationIsToldOfItWhenTheLastThreadCannotBeMade() {
        Gate gate = threads.gate();
        CallQueue failing = threads.closing(CallQueue.builder()
                .consumers(1)
                .consumerThreads(body -> {
                    gate.pass();
                    throw new IllegalStateException("no thread today");
                })
                .build());
        var caller = threads.start("caller", () -> failing.submit(() -> 1));
        gate.awaitArrival();
        assertEquals(1, failing.receive(), "run in its stead");
        failing.close();
        var waiter = awaitingTermination(failing);

        gate.open();

        assertTrue(waiter.result());
        assertEquals(1, caller.result().result());
    }

    @Test
    void whoAwaitsTerminationIsToldOfItWhenTheLastTaskIsWithdrawn() {
        CallQueue idle = threads.closing(CallQueue.create());
        Gate gate = threads.gate();
        CompletableFuture<Integer> dependent = idle.submit(() -> 1).whenComplete((value, thrown) -> gate.pass());
        Call<Integer> last = idle.submit(() -> 2);
        var closing = threads.start("closing", idle::close);
        gate.awaitArrival();
        var waiter = awaitingTermination(idle);

        assertTrue(last.withdraw());

        assertTrue(waiter.result());
        assertFalse(dependent.isDone(), "told too late");
        gate.open();
        closing.result();
    }

    @Test
    void aCompletableFutureCanUseIt() {
        Thread ran = CompletableFuture.supplyAsync(Thread::currentThread, executor)
                .orTimeout(LONG.toMillis(), MILLISECONDS)
                .join();

        assertTrue(ran != Thread.currentThread());
    }

    @Test
    void nothingIsRunOfTasksOfWhichOneIsNull() {
        var ran = new AtomicBoolean();
        List<Callable<Boolean>> tasks = Arrays.asList(() -> ran.getAndSet(true), null);

        assertThrows(NullPointerException.class, () -> executor.invokeAll(tasks));
        assertThrows(NullPointerException.class, () -> executor.invokeAny(tasks));

        queue.call(() -> {});
        assertFalse(ran.get());
    }

    @Test
    void nullTasksAreRefused() {
        assertThrows(NullPointerException.class, () -> executor.execute(null));
        assertThrows(NullPointerException.class, () -> executor.submit((Runnable) null));
        assertThrows(NullPointerException.class, () -> executor.submit((Callable<Integer>) null));
        assertThrows(NullPointerException.class, () -> executor.invokeAll(null));
        assertThrows(IllegalArgumentException.class, () -> executor.invokeAny(List.of()));
    }
}
