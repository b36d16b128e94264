package dev.callqueue.testkit;

import static dev.callqueue.Call.Phase.FAILED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.callqueue.Call;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The exception of a call is the exception: the same object, of the same type, never wrapped. */
public abstract class ExceptionContract extends Contract {
    /** For subclasses. */
    protected ExceptionContract() {}

    // the caller gets the op's own

    @Test
    void aCheckedExceptionReachesTheCallerUnchanged() {
        assertReachesTheCaller(new IOException("from the call"));
    }

    @Test
    void anUncheckedExceptionReachesTheCallerUnchanged() {
        assertReachesTheCaller(new IllegalStateException("from the call"));
    }

    /** A helper bound by {@code Exception} would make a {@code ClassCastException} of it. */
    @Test
    void anErrorReachesTheCallerUnchanged() {
        assertReachesTheCaller(new AssertionError("from the call"));
    }

    /** What {@code CompletableFuture.get} would unwrap. */
    @Test
    void aCompletionExceptionReachesTheCallerUnchanged() {
        assertReachesTheCaller(new CompletionException(new IOException("its cause")));
    }

    @Test
    void anExecutionExceptionReachesTheCallerUnchanged() {
        assertReachesTheCaller(new ExecutionException(new IOException("its cause")));
    }

    /** What {@code CompletableFuture.get} would replace, on some JDKs. */
    @Test
    void aCancellationExceptionReachesTheCallerUnchanged() {
        assertReachesTheCaller(new CancellationException("from the call"));
    }

    /** It was not the caller who was interrupted. */
    @Test
    void anInterruptedExceptionReachesTheCallerLikeAnyOther() {
        assertReachesTheCaller(new InterruptedException("from the call"));
        assertFalse(Thread.currentThread().isInterrupted());
        assertEquals(1, target.call(() -> 1));
    }

    @Test
    void aTimeoutExceptionReachesTheCallerLikeAnyOther() {
        assertReachesTheCaller(new TimeoutException("from the call"));
    }

    private void assertReachesTheCaller(Throwable failure) {
        assertThrowsThis(failure, () -> target.call(failing(failure)::call));
        assertThrowsThis(failure, () -> target.submit(failing(failure)).result());
    }

    @Test
    void aRealStackOverflowReachesTheCallerAndTheTargetGoesOn() {
        assertThrows(StackOverflowError.class, () -> target.call(this::endless));
        assertEquals(1, target.call(() -> 1));
    }

    @SuppressWarnings("InfiniteRecursion")
    private int endless() {
        return 1 + endless();
    }

    // what the call shows of it

    @Test
    void aFailureCanBeReadAgainAndAgain() {
        var failure = new IOException("from the call");
        Call<Object> call = target.submit(failing(failure));

        for (int i = 0; i < 3; i++) {
            assertThrowsThis(failure, call::result);
        }
    }

    @Test
    void aCallWhoseOpThrowsHasFailed() {
        Call<Object> call = target.submit(failing(new IOException("from the call")));

        assertThrows(IOException.class, call::result);
        assertEquals(FAILED, call.phase());
        assertTrue(call.isCompletedExceptionally());
        assertFalse(call.isCancelled());
    }

    @Test
    void aCallWhoseOpThrowsACancellationExceptionHasFailedAndIsCancelledToo() {
        Call<Object> call = target.submit(failing(new CancellationException("from the call")));

        assertThrows(CancellationException.class, call::result);
        assertEquals(FAILED, call.phase());
        assertTrue(call.isCancelled());
    }

    @Test
    void getAndJoinWrapTheExceptionAsAFutureDoes() {
        var failure = new IOException("from the call");
        Call<Object> call = target.submit(failing(failure));

        assertSame(failure, assertThrows(ExecutionException.class, call::get).getCause());
        assertSame(failure, assertThrows(CompletionException.class, call::join).getCause());
    }

    /** To the letter: a {@code Future} unwraps it, though {@code result} does not. */
    @Test
    void getUnwrapsACompletionExceptionAsACompletableFutureDoes() {
        var cause = new IOException("its cause");
        Call<Object> call = target.submit(failing(new CompletionException(cause)));

        assertSame(cause, assertThrows(ExecutionException.class, call::get).getCause());
    }

    // an alternative instead of it

    @Test
    void theAlternativeStandsForACheckedException() {
        assertEquals("alternative", target.callOrElse("alternative", failing(new IOException())));
    }

    @Test
    void theAlternativeStandsForAnUncheckedException() {
        assertEquals("alternative", target.callOrElse("alternative", failing(new IllegalStateException())));
    }

    @Test
    void theAlternativeStandsForAnInterruptedExceptionOfTheOp() {
        assertEquals("alternative", target.callOrElse("alternative", failing(new InterruptedException())));
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void theAlternativeStandsForACancellationExceptionOfTheOp() {
        assertEquals("alternative", target.callOrElse("alternative", failing(new CancellationException())));
    }

    @Test
    void theAlternativeStandsForAnExceptionOfACallThatTheTargetMakesToItself() {
        assertEquals("alternative", target.call(() -> target.callOrElse("alternative", failing(new IOException()))));
    }

    @Test
    void thereIsNoAlternativeToAnError() {
        var failure = new AssertionError("from the call");

        assertThrowsThis(failure, () -> target.callOrElse("alternative", failing(failure)));
    }

    // nobody to see it

    @Test
    void aFailureNobodyCanSeeGoesToTheUncaughtExceptionHandler() throws Exception {
        var failure = new IllegalStateException("nobody waits");

        target.execute(() -> {
            throw failure;
        });

        threads.uncaught().await(failure);
    }

    @Test
    void aFailureNobodyCanSeeDoesNotEndItsThread() throws Exception {
        leaveOneThread();
        Thread thread = target.call(Thread::currentThread);
        var failure = new AssertionError("nobody waits");

        target.execute(() -> {
            throw failure;
        });

        threads.uncaught().await(failure);
        assertSame(thread, target.call(Thread::currentThread));
    }

    @Test
    void aFailureThatItsCallerSeesDoesNotGoToTheUncaughtExceptionHandler() {
        var failure = assertInstanceOf(
                IOException.class,
                assertThrows(Throwable.class, () -> target.call(failing(new IOException("from the call"))::call)));

        letAllThreadsPass();
        assertEquals(0, threads.uncaught().count(failure));
    }
}
