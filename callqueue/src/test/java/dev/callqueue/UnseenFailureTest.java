package dev.callqueue;

import static dev.callqueue.Eventually.eventually;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.TimeUnit.DAYS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Failures of asynchronous calls at which nobody looked while anybody could. */
class UnseenFailureTest {
    @AutoClose
    private final Threads threads = new Threads();

    private final List<Throwable> unseen = new CopyOnWriteArrayList<>();

    private final CallQueue queue = threads.closing(CallQueue.builder()
            .consumers(1)
            .listener(new CallListener() {
                @Override
                public void ended(long waitNanos, long runNanos, @Nullable Throwable failure) {}

                @Override
                public void unseen(Throwable failure) {
                    unseen.add(failure);
                }
            })
            .build());

    @Test
    void aFailureThatNobodyLooksAtIsReportedOnce() {
        submitFailing("lost", call -> {});

        awaitReports("lost");
    }

    @Test
    void aFailureThatSomebodyLooksAtIsNotReported() {
        submitFailing("result", call -> assertThrows(IllegalStateException.class, call::result));
        submitFailing("get", call -> assertThrows(Exception.class, call::get));
        submitFailing("timed get", call -> assertThrows(Exception.class, () -> call.get(1, DAYS)));
        submitFailing("join", call -> assertThrows(Exception.class, call::join));
        submitFailing("getNow", call -> assertThrows(Exception.class, () -> call.getNow(1)));
        submitFailing("phase", call -> assertEquals(Call.Phase.FAILED, call.phase()));
        submitFailing("alternative", call -> assertEquals(1, call.resultOrElse(1, Delays.LONG)));
        submitFailing(
                "exceptionNow",
                call -> assertEquals("exceptionNow", call.exceptionNow().getMessage()));
        submitFailing(
                "stage",
                call -> assertEquals(2, call.exceptionally(failure -> 2).join()));
        submitFailing(
                "stage of another",
                call -> assertThrows(
                        Exception.class,
                        () -> completedFuture(1).thenCombine(call, Integer::sum).join()));
        submitFailing(
                "minimal stage",
                call -> assertEquals(
                        2,
                        call.minimalCompletionStage()
                                .exceptionally(failure -> 2)
                                .toCompletableFuture()
                                .join()));
        submitFailing("completed", call -> assertEquals(true, call.isCompletedExceptionally()));
        submitFailing("lost", call -> {});

        awaitReports("lost");
    }

    @Test
    void aFailureThatAStageWaitsForIsNotReported() {
        Gate gate = threads.hold(queue, 1);
        var stage = queue.submit(() -> fail("stage")).exceptionally(failure -> 3);
        gate.open();
        assertEquals(3, stage.join());
        submitFailing("lost", call -> {});

        awaitReports("lost");
    }

    @Test
    void aFailureThatAStageOfAnotherWaitsForIsNotReported() {
        Gate gate = threads.hold(queue, 1);
        var stage = completedFuture(1).thenCombine(queue.submit(() -> fail("stage of another")), Integer::sum);
        gate.open();
        assertThrows(Exception.class, stage::join);
        submitFailing("lost", call -> {});

        awaitReports("lost");
    }

    @Test
    void aFailureThatAllOrAnyOfManyWaitForIsNotReported() {
        Gate gate = threads.hold(queue, 1);
        var all = CompletableFuture.allOf(queue.submit(() -> fail("all")), completedFuture(1));
        var any = CompletableFuture.anyOf(queue.submit(() -> fail("any")));
        var minimal = queue.submit(() -> fail("minimal")).minimalCompletionStage();
        gate.open();
        assertThrows(Exception.class, all::join);
        assertThrows(Exception.class, any::join);
        assertThrows(Exception.class, minimal.toCompletableFuture()::join);
        submitFailing("lost", call -> {});

        awaitReports("lost");
    }

    @Test
    void aFailureOfAHarvestThatAStageWaitsForIsNotReported() {
        harvestFailingForAStage();
        submitFailing("lost", call -> {});

        awaitReports("lost");
    }

    private void harvestFailingForAStage() {
        Gate gate = threads.hold(queue, 1);
        var harvest = new Harvest<Integer, Integer>(queue);
        var stage = harvest.submit(1, input -> fail("harvest")).exceptionally(failure -> 3);
        gate.open();
        assertEquals(3, stage.join());
    }

    @Test
    void aFailureThatIsRaisedElsewhereOrNowhereIsNotReported() {
        queue.raising(Raise.NONE).submit(() -> fail("nowhere"));
        submitFailing("lost", call -> {});

        awaitReports("lost");
    }

    @Test
    void anItemOfAHarvestThatIsNeverTakenIsReported() {
        harvestFailing();

        awaitReports("harvest");
    }

    @Test
    void withoutAListenerTheDefaultHandlerIsTold() {
        var handler = Thread.getDefaultUncaughtExceptionHandler();
        String message = "lost without a listener"; // others may be found unseen now, too
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (message.equals(failure.getMessage())) {
                unseen.add(failure);
            }
        });
        try {
            CallQueue silent = threads.closing(CallQueue.withConsumers(1));
            silent.submit(() -> fail(message));
            silent.call(() -> {});

            awaitReports(message);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(handler);
        }
    }

    private void harvestFailing() {
        var harvest = new Harvest<Integer, Integer>(queue);
        harvest.submit(1, input -> fail("harvest"));
        queue.call(() -> {});
        assertEquals(1, harvest.submitted());
    }

    private void submitFailing(String message, Consumer<Call<Integer>> look) {
        Call<Integer> call = queue.submit(() -> fail(message));
        queue.call(() -> {});
        look.accept(call);
    }

    private static Integer fail(String message) {
        throw new IllegalStateException(message);
    }

    /** Waits until these were reported and, as a later one is, all that would be reported by then. */
    private void awaitReports(String... messages) {
        awaitReported(messages);
        submitFailing("a later one", call -> {});
        awaitReported("a later one");
        assertThat(unseen)
                .extracting(Throwable::getMessage)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(Stream.of(messages), Stream.of("a later one"))
                        .toList());
    }

    private void awaitReported(String... messages) {
        eventually(() -> {
            System.gc();
            assertThat(unseen).extracting(Throwable::getMessage).contains(messages);
        });
    }
}
