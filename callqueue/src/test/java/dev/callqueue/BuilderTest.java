package dev.callqueue;

import static dev.callqueue.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be set about a queue, and what is refused at once. */
class BuilderTest {
    @AutoClose
    private final Threads threads = new Threads();

    @AutoClose
    private final LibraryLog log = new LibraryLog();

    private static final Map<String, Consumer<CallQueue.Builder>> SETTERS = new LinkedHashMap<>();

    static {
        SETTERS.put("name", builder -> builder.name("a name"));
        SETTERS.put("capacity", builder -> builder.capacity(1));
        SETTERS.put("whenFull", builder -> builder.whenFull(WhenFull.WAIT));
        SETTERS.put("owner", builder -> builder.owner(Thread.currentThread()));
        SETTERS.put("consumers", builder -> builder.consumers(1));
        SETTERS.put("consumerThreads", builder -> builder.consumerThreads(Thread::new));
        SETTERS.put("on", builder -> builder.on(Runnable::run, () -> false));
        SETTERS.put("waiting", builder -> builder.waiting(Waiting.PARK));
        SETTERS.put("listener", builder -> builder.listener((waitNanos, runNanos, failure) -> {}));
        SETTERS.put("onLateResult", builder -> builder.onLateResult(result -> {}));
    }

    static Stream<String> setters() {
        return SETTERS.keySet().stream();
    }

    static Stream<List<String>> contradictions() {
        return Stream.of(
                List.of("owner", "consumers"),
                List.of("owner", "consumerThreads"),
                List.of("owner", "on"),
                List.of("on", "consumers"),
                List.of("on", "consumerThreads"));
    }

    @ParameterizedTest
    @MethodSource("setters")
    void everyOptionIsSetOnce(String option) {
        CallQueue.Builder builder = CallQueue.builder();
        SETTERS.get(option).accept(builder);

        assertThrows(IllegalStateException.class, () -> SETTERS.get(option).accept(builder));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void optionsThatContradictEachOtherAreRefusedAtOnce(List<String> options) {
        for (int first = 0; first < 2; first++) {
            CallQueue.Builder builder = CallQueue.builder();
            SETTERS.get(options.get(first)).accept(builder);

            Consumer<CallQueue.Builder> second = SETTERS.get(options.get(1 - first));
            assertThrows(IllegalStateException.class, () -> second.accept(builder));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void aCapacityIsPositive(int calls) {
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> CallQueue.builder().capacity(calls));

        assertTrue(refusal.getMessage().contains(String.valueOf(calls)), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void thereIsAtLeastOneConsumer(int max) {
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> CallQueue.builder().consumers(max));

        assertTrue(refusal.getMessage().contains(String.valueOf(max)), refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> CallQueue.withConsumers(max));
    }

    @Test
    void aRefusedValueIsNotSet() {
        CallQueue.Builder builder = CallQueue.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.capacity(0));

        CallQueue queue = threads.closing(builder.capacity(1).build());

        queue.execute(() -> {});
        assertThrows(QueueFullException.class, () -> queue.execute(() -> {}));
    }

    @Test
    void anOptionWithoutWhatItIsAboutIsRefused() {
        assertThrows(
                IllegalStateException.class,
                () -> CallQueue.builder().whenFull(WhenFull.WAIT).build());
        assertThrows(
                IllegalStateException.class,
                () -> CallQueue.builder().consumerThreads(Thread::new).build());
    }

    @Test
    void withoutOptionsAnyThreadMayReceive() {
        CallQueue queue = threads.closing(CallQueue.builder().build());
        queue.execute(() -> {});

        assertEquals(1, threads.start("any", () -> queue.receive()).result());
    }

    @Test
    void aListenerIsToldOnceOfEveryCall() {
        var ended = new AtomicInteger();
        var failed = new AtomicInteger();
        var unrun = new AtomicInteger();
        CallQueue queue = threads.closing(CallQueue.builder()
                .listener(new CallListener() {
                    @Override
                    public void ended(long waitNanos, long runNanos, Throwable failure) {
                        assertTrue(waitNanos >= 0 && runNanos >= 0);
                        (failure == null ? ended : failed).incrementAndGet();
                    }

                    @Override
                    public void unrun(long waitNanos, Throwable reason) {
                        assertTrue(waitNanos >= 0);
                        unrun.incrementAndGet();
                    }
                })
                .build());
        queue.submit(() -> 1);
        queue.submit(() -> {
            throw new IllegalStateException();
        });
        queue.submit(() -> 2).withdraw();
        queue.receive();
        queue.submit(() -> 3);
        queue.close();

        assertEquals(List.of(1, 1, 2), List.of(ended.get(), failed.get(), unrun.get()));
        assertEquals(List.of(), log.thrown(), "what the listener found wrong");
    }

    @Test
    void aListenerIsToldWhyACallNeverRuns() {
        var reasons = new ArrayList<Throwable>();
        CallQueue queue = telling((waitNanos, reason) -> reasons.add(reason));
        var failure = new IllegalStateException("by hand");

        queue.submit(() -> 1).completeExceptionally(failure);
        queue.submit(() -> 2).complete(0);
        queue.submit(() -> 3).withdraw();

        assertSame(failure, reasons.get(0));
        assertEquals(CancellationException.class, reasons.get(1).getClass());
        assertEquals(CancellationException.class, reasons.get(2).getClass());
    }

    @Test
    void aListenerIsToldForHowLongACallHasWaitedThatNeverRuns() {
        var waits = new ArrayList<Long>();
        CallQueue queue = telling((waitNanos, reason) -> waits.add(waitNanos));
        long before = System.nanoTime();
        Call<Integer> call = queue.submit(() -> 1);

        call.withdraw();

        assertTrue(waits.get(0) <= System.nanoTime() - before, "told: " + waits);
    }

    /** A queue that tells of its calls that never run. */
    private CallQueue telling(BiConsumer<Long, Throwable> unrun) {
        return threads.closing(CallQueue.builder()
                .listener(new CallListener() {
                    @Override
                    public void ended(long waitNanos, long runNanos, Throwable failure) {}

                    @Override
                    public void unrun(long waitNanos, Throwable reason) {
                        unrun.accept(waitNanos, reason);
                    }
                })
                .build());
    }

    @Test
    void aListenerIsToldOfCallsThatRunAtOnceToo() {
        var failures = new ArrayList<Throwable>();
        var failure = new IllegalStateException("of the call");
        try (CallQueue queue = CallQueue.builder()
                .owner(Thread.currentThread())
                .listener((waitNanos, runNanos, thrown) -> failures.add(waitNanos == 0 ? thrown : new AssertionError()))
                .build()) {
            assertEquals(1, queue.call(() -> 1));
            assertThrows(
                    IllegalStateException.class,
                    () -> queue.call(() -> {
                        throw failure;
                    }));

            assertEquals(Arrays.asList(null, failure), failures);
        }
    }

    @Test
    void aListenerThatThrowsIsLoggedAndHurtsNobody() {
        var failure = new IllegalStateException("from the listener");
        CallQueue queue = threads.receiving(
                "owner",
                () -> CallQueue.builder()
                        .owner(Thread.currentThread())
                        .listener((waitNanos, runNanos, thrown) -> {
                            throw failure;
                        })
                        .build());

        assertEquals(1, queue.call(() -> 1));
        assertEquals(2, queue.call(() -> 2));
        eventually(() -> assertEquals(List.of(failure, failure), log.thrown()));
    }
}
