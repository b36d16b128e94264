package dev.callqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The stack trace of an exception that passed from one thread to another. */
class TraceTest {
    private static final String MARK = "dev.callqueue.CALLED_FROM(thread 'main')";

    @AutoClose
    private final Threads threads = new Threads();

    @Test
    void theTraceShowsTheTargetsFramesAMarkAndTheCallers() {
        CallQueue queue = threads.owner("owner");

        List<String> trace = trace(assertThrows(IOException.class, () -> callFromHere(queue)));

        int mark = indexOf(trace, mark());
        assertThat(indexOf(trace, "TraceTest.failThere")).isBetween(0, mark - 1);
        assertThat(indexOf(trace, "TraceTest.callFromHere")).isGreaterThan(mark);
    }

    @Test
    void anErrorToWhichThereIsNoAlternativeTellsOfTheCallerToo() {
        CallQueue queue = threads.owner("owner");

        List<String> trace = trace(assertThrows(AssertionError.class, () -> askForAlternativeFromHere(queue)));

        assertThat(indexOf(trace, "TraceTest.askForAlternativeFromHere")).isGreaterThan(indexOf(trace, mark()));
    }

    private static void askForAlternativeFromHere(CallQueue queue) {
        queue.callOrElse("alternative", () -> {
            throw new AssertionError();
        });
    }

    @Test
    void theResultOfASubmittedCallTellsOfTheThreadThatAsksForIt() {
        CallQueue queue = threads.owner("owner");
        Call<Object> call = queue.submit(TraceTest::failThere);

        List<String> trace = trace(assertThrows(IOException.class, () -> askFromHere(call)));

        assertThat(indexOf(trace, "TraceTest.askFromHere")).isGreaterThan(indexOf(trace, mark()));
    }

    @Test
    void anExceptionThatPassesThroughSeveralThreadsTellsOfAll() {
        CallQueue first = threads.owner("first");
        CallQueue second = threads.owner("second");

        List<String> trace = trace(assertThrows(IOException.class, () -> first.call(() -> callFromHere(second))));

        int inner = indexOf(trace, "dev.callqueue.CALLED_FROM(thread 'first')");
        int outer = indexOf(trace, mark());
        assertThat(indexOf(trace, "TraceTest.callFromHere")).isBetween(inner, outer);
        assertThat(marks(trace)).isEqualTo(2);
    }

    @Test
    void anExceptionThatIsThrownAgainAndAgainDoesNotGrow() {
        CallQueue first = threads.owner("first");
        CallQueue second = threads.owner("second");
        var cached = new IOException("cached");
        int length = cached.getStackTrace().length;

        for (int round = 0; round < 1_000; round++) {
            assertSame(cached, assertThrows(IOException.class, () -> throwCached(first, cached)));
            assertEquals(1, marks(trace(cached)));
            assertSame(cached, assertThrows(IOException.class, () -> second.call(() -> throwCached(first, cached))));
            assertEquals(2, marks(trace(cached)));
        }
        assertThat(indexOf(trace(cached), "CALLED_FROM")).isEqualTo(length);
        assertEquals(0, cached.getSuppressed().length);
    }

    @Test
    void anExceptionWithoutAStackStaysWithout() {
        CallQueue queue = threads.owner("owner");
        var bare = new Exception("bare", null, false, false) {};

        assertSame(
                bare,
                assertThrows(
                        Exception.class,
                        () -> queue.call(() -> {
                            throw bare;
                        })));

        assertEquals(0, bare.getStackTrace().length);
    }

    @Test
    void anExceptionThatDefendsItsTraceIsThrownAsItIs() {
        CallQueue queue = threads.owner("owner");
        var stubborn = new RuntimeException("stubborn") {
            @Override
            public void setStackTrace(StackTraceElement[] trace) {
                throw new UnsupportedOperationException("mine");
            }
        };

        assertSame(
                stubborn,
                assertThrows(
                        RuntimeException.class,
                        () -> queue.call(() -> {
                            throw stubborn;
                        })));
    }

    @Test
    void aCallOfTheTargetThreadItselfHasANormalTrace() throws Exception {
        CallQueue queue = threads.owner("owner");

        List<String> trace =
                trace(queue.call(() -> assertThrows(IOException.class, () -> queue.call(TraceTest::failThere))));

        assertEquals(0, marks(trace));
    }

    private static Object callFromHere(CallQueue queue) throws IOException {
        return queue.call(TraceTest::failThere);
    }

    private static Object askFromHere(Call<Object> call) {
        return call.result();
    }

    private static Object failThere() throws IOException {
        throw new IOException("from there");
    }

    private static Object throwCached(CallQueue queue, IOException cached) throws IOException {
        return queue.call(() -> {
            throw cached;
        });
    }

    private static String mark() {
        return MARK.replace("main", Thread.currentThread().getName());
    }

    private static List<String> trace(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace()).map(String::valueOf).toList();
    }

    private static long marks(List<String> trace) {
        return trace.stream().filter(line -> line.contains("CALLED_FROM")).count();
    }

    private static int indexOf(List<String> trace, String part) {
        for (int i = 0; i < trace.size(); i++) {
            if (trace.get(i).contains(part)) {
                return i;
            }
        }
        throw new AssertionError("no " + part + " in " + trace);
    }

    @Test
    void theFramesOfUsersAreThoseBetweenTheWaitAndTheCallInWhichItIs() {
        StackTraceElement first = frame("app.Screen");
        StackTraceElement second = frame("java.util.ArrayList");
        StackTraceElement third = frame("app.Main");
        StackTraceElement[] stack = {
            frame("jdk.internal.misc.Unsafe"),
            frame("sun.nio.ch.Net"),
            frame("java.util.concurrent.locks.LockSupport"),
            frame("dev.callqueue.Wait"),
            frame("dev.callqueue.Core$$Lambda/0x01"),
            frame("dev.callqueue.Call"),
            first,
            second,
            third,
            frame("dev.callqueue.Call"),
            frame("app.Outside")
        };

        assertEquals(List.of(first, second, third), Trace.ofUser(stack, 4));
        assertEquals(List.of(first, second), Trace.ofUser(stack, 2));
        assertEquals(List.of(), Trace.ofUser(Arrays.copyOf(stack, 6), 4));
        assertEquals(
                List.of(frame("dev.callqueue.testkit.Started")),
                Trace.ofUser(new StackTraceElement[] {frame("dev.callqueue.testkit.Started")}, 4));
    }

    private static StackTraceElement frame(String type) {
        return new StackTraceElement(type, "method", "Source.java", 1);
    }
}
