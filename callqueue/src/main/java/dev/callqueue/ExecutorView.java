package dev.callqueue;

import static java.util.Objects.requireNonNull;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A queue as an {@code ExecutorService} whose futures are {@link Call}s. */
final class ExecutorView extends AbstractExecutorService {
    private final CallQueue queue;
    private final Core core;
    private final View view;

    /** @param view the queue, on its standard terms */
    ExecutorView(CallQueue queue, View view) {
        this.queue = queue;
        this.core = view.core();
        this.view = view;
    }

    @Override
    public void execute(Runnable task) {
        queue.execute(task);
    }

    @Override
    public Future<?> submit(Runnable task) {
        requireNonNull(task, "task");
        return queue.submit(task::run);
    }

    @Override
    public <T extends @Nullable Object> Future<T> submit(Runnable task, T result) {
        requireNonNull(task, "task");
        return queue.submit(() -> {
            task.run();
            return result;
        });
    }

    @Override
    public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
        return queue.submit(requireNonNull(task, "task"));
    }

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
            throws InterruptedException {
        return invokeAll(tasks, Nanos.FOREVER);
    }

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
        return invokeAll(tasks, Math.max(0, unit.toNanos(timeout)));
    }

    private <T extends @Nullable Object> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks, long nanos)
            throws InterruptedException {
        long deadline = Nanos.deadline(nanos);
        List<Callable<T>> all = allOf(tasks);
        List<Call<T>> calls = new ArrayList<>(all.size());
        try {
            boolean inTime = true;
            for (Callable<T> task : all) {
                Call<T> call = inTime ? view.submitInTime(task, Nanos.left(nanos, deadline), () -> false) : null;
                inTime = call != null;
                calls.add(call != null ? call : view.neverLetIn(task));
            }
            for (Call<T> call : calls) {
                if (!Wait.await(call.outcome(), Nanos.left(nanos, deadline), null)) {
                    break;
                }
            }
            return List.copyOf(calls);
        } catch (CallInterruptedException interrupted) {
            throw asInterrupted();
        } finally {
            calls.forEach(call -> call.cancel(false)); // those that have not ended
        }
    }

    /** In place of a {@link CallInterruptedException}: this one tells of the interrupt, and the flag no longer does. */
    private static InterruptedException asInterrupted() {
        Thread.interrupted();
        return new InterruptedException();
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        try {
            return invokeAny(tasks, Nanos.FOREVER);
        } catch (TimeoutException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return invokeAny(tasks, Math.max(0, unit.toNanos(timeout)));
    }

    /** All that there are now, none of which is null. */
    private static <T extends @Nullable Object> List<Callable<T>> allOf(Collection<? extends Callable<T>> tasks) {
        List<Callable<T>> all = new ArrayList<>(tasks);
        all.forEach(task -> requireNonNull(task, "task"));
        return all;
    }

    private <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks, long nanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<Callable<T>> all = allOf(tasks);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("no tasks to invoke any of");
        }
        long deadline = Nanos.deadline(nanos);
        var harvest = new Harvest<Callable<T>, T>(queue);
        List<Call<T>> calls = new ArrayList<>(all.size());
        try {
            boolean inTime = true;
            for (Callable<T> task : all) {
                Call<T> call = view.submitInTime(task, Nanos.left(nanos, deadline), () -> false);
                if (call == null) {
                    inTime = false;
                    break; // what has been let in may have succeeded
                }
                calls.add(harvest.add(task, call));
            }
            ExecutionException last = null;
            for (int left = calls.size(); left > 0; left--) {
                Harvest.Item<Callable<T>, T> item = harvest.take(Nanos.left(nanos, deadline));
                if (item == null) {
                    throw new TimeoutException("none of " + calls.size() + " tasks has succeeded in time");
                }
                try {
                    return item.call().get();
                } catch (ExecutionException failed) {
                    last = failed;
                } catch (CancellationException failed) {
                    last = new ExecutionException(failed);
                }
            }
            if (!inTime) {
                throw new TimeoutException(
                        "there was no place for all tasks in time, and none of the others has succeeded");
            }
            throw requireNonNull(last);
        } catch (CallInterruptedException interrupted) {
            throw asInterrupted();
        } finally {
            calls.forEach(call -> call.cancel(false));
        }
    }

    @Override
    public void shutdown() {
        queue.close();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return core.closeNow();
    }

    @Override
    public boolean isShutdown() {
        return queue.isClosed();
    }

    @Override
    public boolean isTerminated() {
        return core.hasEnded();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        try {
            return core.awaitEnd(unit.toNanos(timeout));
        } finally {
            Reference.reachabilityFence(queue);
        }
    }
}
