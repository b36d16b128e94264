package dev.callqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the exception of a call is raised: at its caller, at its receiver, at both, at neither. */
class RaiseTest {
    @AutoClose
    private final Threads threads = new Threads();

    private final CallQueue queue = threads.closing(CallQueue.create());

    /** Every place to raise, with checked and unchecked exceptions and errors. */
    static Stream<Arguments> failures() {
        return Stream.of(Raise.values())
                .flatMap(where -> Stream.of(new IOException(), new IllegalStateException(), new AssertionError())
                        .map(failure -> Arguments.of(where, failure)));
    }

    private static Object fail(Throwable failure) throws Exception {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (Exception) failure;
    }

    private static boolean inCaller(Raise where) {
        return where == Raise.CALLER || where == Raise.BOTH;
    }

    private static boolean inReceiver(Raise where) {
        return where == Raise.RECEIVER || where == Raise.BOTH;
    }

    /** Receives one call, which fails. */
    private void receive(Raise where, Throwable failure) {
        if (inReceiver(where)) {
            assertSame(failure, assertThrows(failure.getClass(), queue::receive));
        } else {
            assertEquals(1, queue.receive());
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void call(Raise where, Throwable failure) {
        var caller = threads.start("caller", () -> queue.raising(where).call(() -> fail(failure)));
        Eventually.awaitSize(queue, 1);

        receive(where, failure);

        if (inCaller(where)) {
            assertSame(failure, caller.failure());
        } else {
            assertNull(caller.result());
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void callWithoutAValue(Raise where, Throwable failure) {
        var caller = threads.start("caller", () -> {
            queue.raising(where).call(() -> {
                fail(failure);
            });
        });
        Eventually.awaitSize(queue, 1);

        receive(where, failure);

        if (inCaller(where)) {
            assertSame(failure, caller.failure());
        } else {
            assertNull(caller.result());
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void submit(Raise where, Throwable failure) {
        Call<Object> call = queue.raising(where).submit(() -> fail(failure));

        receive(where, failure);

        if (inCaller(where)) {
            assertSame(failure, assertThrows(failure.getClass(), call::result));
        } else {
            assertNull(call.result());
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void theFutureAndThePhaseShowEveryFailure(Raise where, Throwable failure) {
        Call<Object> call = queue.raising(where).submit(() -> fail(failure));

        receive(where, failure);

        assertEquals(Call.Phase.FAILED, call.phase());
        assertTrue(call.isCompletedExceptionally());
        assertSame(failure, assertThrows(ExecutionException.class, call::get).getCause());
        assertSame(failure, call.handle((value, thrown) -> thrown).join());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void execute(Raise where, Throwable failure) {
        List<Throwable> uncaught = new ArrayList<>();
        Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
        queue.raising(where).execute(() -> RaiseTest.<RuntimeException>sneak(failure));

        receive(where, failure);

        assertEquals(where == Raise.CALLER ? List.of(failure) : List.of(), uncaught);
    }

    /** Throws anything from where only unchecked exceptions are declared. */
    @SuppressWarnings("unchecked") // erased: no cast takes place
    private static <X extends Throwable> void sneak(Throwable failure) throws X {
        throw (X) failure;
    }

    @ParameterizedTest
    @EnumSource
    void theAlternativeStandsWhereverTheExceptionIsRaised(Raise where) {
        var failure = new IOException();
        var caller = threads.start("caller", () -> queue.raising(where).callOrElse("alternative", () -> fail(failure)));
        Eventually.awaitSize(queue, 1);

        receive(where, failure);

        assertEquals("alternative", caller.result());
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatReturnsIsNoneOfThisConcern(Raise where) {
        Call<Integer> call = queue.raising(where).submit(() -> 1);

        assertEquals(1, queue.receive());
        assertEquals(1, call.result());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aNestedCallRaisesInItsCallerAndInTheEnclosingReceive(Raise where, Throwable failure) {
        var seen = new ArrayList<Throwable>();
        queue.execute(() -> {
            try {
                assertNull(queue.raising(where).call(() -> fail(failure)));
            } catch (Throwable e) {
                seen.add(e);
            }
        });

        receive(where, failure);

        assertEquals(inCaller(where) ? List.of(failure) : List.of(), seen);
    }

    @ParameterizedTest
    @EnumSource
    void theAlternativeStandsForANestedCallToo(Raise where) {
        var failure = new IOException();
        Call<Object> outer = queue.submit(() -> queue.raising(where).callOrElse("alternative", () -> fail(failure)));

        receive(where, failure);

        assertEquals("alternative", outer.result());
    }

    @Test
    void whatAnOwnersNestedCallRaisesOutsideOfAnyReceiveLeavesTheNext() {
        var failure = new IOException();
        try (var owned = CallQueue.forCurrentThread()) {
            owned.raising(Raise.RECEIVER).call(() -> RaiseTest.<RuntimeException>sneak(failure));

            assertSame(failure, assertThrows(IOException.class, owned::receive));
            assertEquals(0, owned.receive());
        }
    }

    @Test
    void ofTwoExceptionsThatAreRaisedTheFirstLeavesTheReceiveAndTellsOfTheOther() throws Exception {
        var first = new IOException("first");
        var second = new IOException("second");
        try (var owned = CallQueue.forCurrentThread()) {
            CallTarget raising = owned.raising(Raise.RECEIVER);
            raising.call(() -> fail(first));
            raising.call(() -> fail(second));

            assertSame(first, assertThrows(IOException.class, owned::receive));
            assertEquals(List.of(second), List.of(first.getSuppressed()));
            assertEquals(0, owned.receive());
        }
    }

    @Test
    void anExceptionThatIsRaisedTwiceDoesNotTellOfItself() throws Exception {
        var failure = new IOException();
        try (var owned = CallQueue.forCurrentThread()) {
            CallTarget raising = owned.raising(Raise.RECEIVER);
            raising.call(() -> fail(failure));
            raising.call(() -> fail(failure));

            assertSame(failure, assertThrows(IOException.class, owned::receive));
            assertEquals(0, failure.getSuppressed().length);
        }
    }

    @Test
    void theAlternativeOfANestedCallStandsForNeitherAValueNorAnError() {
        var error = new AssertionError();
        try (var owned = CallQueue.forCurrentThread()) {
            assertEquals("value", owned.callOrElse("alternative", () -> "value"));
            assertSame(
                    error,
                    assertThrows(AssertionError.class, () -> owned.callOrElse("alternative", () -> fail(error))));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anErrorHasNoAlternativeWhereItIsRaisedInTheCaller(Raise where) {
        var error = new AssertionError();
        var caller = threads.start("caller", () -> queue.raising(where).callOrElse("alternative", () -> fail(error)))
                .awaitParked();

        receive(where, error);

        if (inCaller(where)) {
            assertSame(error, caller.failure());
        } else {
            assertEquals("alternative", caller.result());
        }
    }

    @Test
    void aTimeoutIsNoFailureOfTheCallAndReachesTheCaller() {
        assertThrows(
                CallTimeoutException.class,
                () -> queue.raising(Raise.RECEIVER).within(Delays.SHORT).call(() -> 1));
        assertEquals(0, queue.receive());
    }
}
