package dev.callqueue.testkit;

import static dev.callqueue.testkit.Delays.LONG;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.stream.Collectors.joining;

import dev.callqueue.CallReport;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Ends a test that hangs: tells where all threads and calls are, interrupts the test, and lets go what it holds. A test that
 * fails tells where the calls were, too.
 */
public final class HangDetector implements InvocationInterceptor {
    static final String WATCH = "callqueue-testkit-watch";

    private static final ScheduledThreadPoolExecutor CLOCK = new ScheduledThreadPoolExecutor(1, work -> {
        var thread = new Thread(work, WATCH);
        thread.setDaemon(true);
        return thread;
    });

    /** For JUnit. */
    public HangDetector() {}

    static {
        CLOCK.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        Contract contract = (Contract) context.getRequiredTestInstance();
        Thread test = Thread.currentThread();
        ScheduledFuture<?> watch = CLOCK.schedule(() -> end(contract, context, test), 3 * LONG.toNanos(), NANOSECONDS);
        try {
            invocation.proceed();
        } catch (Throwable failure) {
            failure.addSuppressed(new Picture(contract + ", with the calls\n" + calls()));
            throw failure;
        } finally {
            watch.cancel(false);
        }
    }

    private static void end(Contract contract, ExtensionContext context, Thread test) {
        System.err.println(
                "a test hangs: " + context.getUniqueId() + ", " + contract + "\n" + calls() + "\n" + stacks());
        test.interrupt();
        contract.release();
    }

    private static String calls() {
        return CallReport.all().stream().map(CallReport::toString).collect(joining("\n"));
    }

    private static String stacks() {
        return Thread.getAllStackTraces().entrySet().stream()
                .map(each -> each.getKey() + " " + each.getKey().getState()
                        + Arrays.stream(each.getValue())
                                .map(frame -> "\n    at " + frame)
                                .collect(joining()))
                .collect(joining("\n"));
    }

    /** Not thrown, but shown beside what was. */
    private static final class Picture extends RuntimeException {
        private static final long serialVersionUID = 1;

        Picture(String message) {
            super(message, null, false, false);
        }
    }
}
