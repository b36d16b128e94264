package dev.callqueue.soak;

import dev.callqueue.CallReport;
import dev.callqueue.CallTarget.VoidOp;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs experiments, each on a thread of its own, and gives one up that makes no progress any more. */
final class Watchdog {
    /** How long an experiment may do nothing. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(5);

    private final PrintStream log;
    private final Duration patience;

    Watchdog(PrintStream log, Duration patience) {
        this.log = log;
        this.patience = patience;
    }

    /** Runs the experiment of a row. */
    Measured measure(Row row, Effort effort) throws InterruptedException {
        long begun = System.nanoTime();
        Figures figures = run("row " + row.number(), row.experiment(), effort, () -> {});
        return new Measured(row, figures.toString(), figures.verdict(), Duration.ofNanos(System.nanoTime() - begun));
    }

    /**
     * Runs an experiment.
     *
     * @param onProgress is told about once a second that it goes on
     */
    Figures run(String name, Experiment experiment, Effort effort, Runnable onProgress) throws InterruptedException {
        Trial trial = new Trial(effort);
        Figures figures = new Figures(trial);
        Started<?> running = trial.start(name, () -> experiment.run(trial, figures));
        try {
            follow(running, trial, onProgress);
        } catch (TimeoutException hang) {
            figures.fail(Verdict.HANG, "no progress for " + Figures.time(patience));
            dump(name, trial);
        } catch (ExecutionException failed) {
            figures.fail(Verdict.NOT_MET, String.valueOf(failed.getCause()));
            log.println(name + " failed:");
            failed.printStackTrace(log);
        }
        onAnotherThread("the end of " + name, trial, trial::end);
        return figures;
    }

    private void follow(Started<?> running, Trial trial, Runnable onProgress)
            throws InterruptedException, ExecutionException, TimeoutException {
        long lastProgress = System.nanoTime();
        while (!endsSoon(running)) {
            if (trial.hasProgressed()) {
                lastProgress = System.nanoTime();
                tell(onProgress);
            } else if (System.nanoTime() - lastProgress > patience.toNanos()) {
                throw new TimeoutException();
            }
        }
    }

    private static boolean endsSoon(Started<?> running) throws InterruptedException, ExecutionException {
        try {
            running.work().get(1, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException
                | VirtualMachineError
                | LinkageError e) { // an experiment may use up the heap for a while
            return false;
        }
    }

    private static void tell(Runnable onProgress) {
        try {
            onProgress.run();
        } catch (VirtualMachineError | LinkageError e) {
            return; // another time
        }
    }

    private void dump(String name, Trial trial) throws InterruptedException {
        log.println(name + " hangs; all threads, and then all queues:");
        for (Map.Entry<Thread, StackTraceElement[]> each :
                Thread.getAllStackTraces().entrySet()) {
            Thread thread = each.getKey();
            log.println("thread '" + thread.getName() + "' " + thread.getState());
            for (StackTraceElement frame : each.getValue()) {
                log.println("    at " + frame);
            }
        }
        onAnotherThread("the reports of " + name, trial, () -> CallReport.all().forEach(log::println));
    }

    /** Does something that may hang, too, where an experiment does. */
    private void onAnotherThread(String what, Trial trial, VoidOp<?> work) throws InterruptedException {
        try {
            trial.start(what, work).work().get(PATIENCE_AT_THE_END.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            log.println(what + ": " + failure);
        }
    }
}
