package dev.callqueue;

import java.lang.Thread.UncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;

/** What to do with an exception in hand. */
final class Thrown {
    private Thrown() {}

    /**
     * Throws the exception as it is, checked or not: {@code throw as(failure)}.
     *
     * <p>The bound is {@code Throwable}, because for {@code X extends Exception} javac inserts a cast that fails for an
     * {@code Error}.
     */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // erased: X only tells javac what may be thrown
    static <X extends Throwable> X as(Throwable failure) throws X {
        throw (X) failure;
    }

    /** Of two exceptions of which only one can be thrown: the first, which then tells of the second. */
    @SuppressWarnings("ReferenceEquality") // the same object cannot be suppressed by itself
    static Throwable first(@Nullable Throwable first, Throwable second) {
        if (first == null) {
            return second;
        }
        if (first != second) {
            first.addSuppressed(second);
        }
        return first;
    }

    /** Hands an exception that nobody else sees to this thread's uncaught exception handler; the thread goes on. */
    static void unseen(Throwable failure) {
        Thread thread = Thread.currentThread();
        try {
            UncaughtExceptionHandler handler = thread.getUncaughtExceptionHandler();
            if (handler != null) {
                handler.uncaughtException(thread, failure);
            }
        } catch (Throwable ignored) { // as the JVM treats a handler that throws
            return;
        }
    }
}
