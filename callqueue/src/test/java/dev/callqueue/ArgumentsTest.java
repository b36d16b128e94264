package dev.callqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.lang.reflect.TypeVariable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused at the door, before anything is changed. */
class ArgumentsTest {
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
    private static final Duration NEVER = Duration.ofSeconds(Long.MIN_VALUE);

    @AutoClose
    private final Threads threads = new Threads();

    private final CallQueue queue = threads.closing(CallQueue.create());

    // null

    /** One parameter of one public method or constructor, which has no use for null. */
    private record Parameter(Executable of, int index) {
        @Override
        public String toString() {
            var types =
                    Stream.of(of.getParameterTypes()).map(Class::getSimpleName).toList();
            return of.getDeclaringClass().getSimpleName() + "." + of.getName() + types + " #" + index;
        }
    }

    static Stream<Parameter> parametersThatAreNotNull() {
        return Stream.of(CallTarget.class, CallQueue.class, CallQueue.Builder.class, Call.class, Harvest.class)
                .flatMap(type -> Stream.<Executable>concat(
                        Stream.of(type.getDeclaredMethods()), Stream.of(type.getDeclaredConstructors())))
                .filter(executable -> Modifier.isPublic(executable.getModifiers()) && !executable.isSynthetic())
                .flatMap(executable -> IntStream.range(0, executable.getParameterCount())
                        .mapToObj(index -> new Parameter(executable, index)))
                .filter(parameter -> !mayBeNull(parameter));
    }

    /** Values and inputs, whose types are variables, may be null. */
    private static boolean mayBeNull(Parameter parameter) {
        return parameter.of.getParameterTypes()[parameter.index].isPrimitive()
                || parameter.of.getGenericParameterTypes()[parameter.index] instanceof TypeVariable;
    }

    @ParameterizedTest
    @MethodSource("parametersThatAreNotNull")
    void nullIsRefusedBeforeAnythingIsChanged(Parameter parameter) {
        Call<Integer> call = queue.submit(() -> 1);
        Object[] arguments = Stream.of(parameter.of.getParameterTypes())
                .map(ArgumentsTest::sample)
                .toArray();
        arguments[parameter.index] = null;

        assertThrows(NullPointerException.class, () -> invoke(parameter.of, call, arguments));

        assertFalse(queue.isClosed());
        assertEquals(1, queue.size());
        assertEquals(Call.Phase.WAITING, call.phase());
        assertFalse(call.isDone());
    }

    private void invoke(Executable executable, Call<Integer> call, Object[] arguments) throws Throwable {
        try {
            if (executable instanceof Constructor<?> constructor) {
                constructor.newInstance(arguments);
            } else {
                ((Method) executable).invoke(receiver(executable.getDeclaringClass(), call), arguments);
            }
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Object receiver(Class<?> type, Call<Integer> call) {
        if (type == Call.class) {
            return call;
        }
        if (type == CallQueue.Builder.class) {
            return CallQueue.builder();
        }
        if (type == Harvest.class) {
            return new Harvest<Integer, Integer>(queue);
        }
        return type == CallQueue.class ? queue : queue.named("view");
    }

    /** A valid argument of this type. */
    private static Object sample(Class<?> type) {
        if (type.isInterface()) {
            return Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        return switch (type.getName()) {
            case "int" -> 1;
            case "long" -> 1L;
            case "boolean" -> false;
            case "java.lang.String", "java.lang.Object" -> "sample";
            case "java.lang.Throwable" -> new Exception("sample");
            case "java.lang.Thread" -> Thread.currentThread();
            case "java.time.Duration" -> Duration.ZERO;
            case "java.util.concurrent.CompletableFuture" -> new CompletableFuture<>();
            default -> throw new AssertionError("no sample of " + type);
        };
    }

    @Test
    void theSweepOverTheParametersFindsThem() {
        assertTrue(parametersThatAreNotNull().count() > 30);
    }

    // durations

    @Test
    void aNegativeDurationIsRefusedBeforeAnythingIsChanged() {
        Call<Integer> call = queue.submit(() -> 1);
        for (Duration negative : List.of(Duration.ofNanos(-1), Duration.ofSeconds(-1), NEVER)) {
            assertRefused(negative, () -> queue.within(negative));
            assertRefused(negative, () -> queue.receive(negative));
            assertRefused(negative, () -> queue.receiveFor(negative));
            assertRefused(negative, () -> call.result(negative));
            assertRefused(negative, () -> call.result(negative, () -> {}));
            assertRefused(negative, () -> call.resultOrElse(0, negative));
        }

        assertEquals(1, queue.size());
    }

    private static void assertRefused(Duration negative, org.junit.jupiter.api.function.Executable use) {
        var refusal = assertThrows(IllegalArgumentException.class, use);
        assertTrue(refusal.getMessage().contains(negative.toString()), refusal.getMessage());
    }

    @Test
    void aNegativeDurationIsRefusedForAnEndedCallToo() {
        Call<Integer> call = queue.submit(() -> 1);
        queue.receive();

        assertThrows(IllegalArgumentException.class, () -> call.result(Duration.ofNanos(-1)));
    }

    @Test
    void theLongestDurationIsForEver() throws Exception {
        CallQueue owned = threads.owner("owner");

        assertEquals(1, owned.within(FOR_EVER).call(() -> 1));
        assertEquals(2, owned.within(FOR_EVER).submit(() -> 2).result(FOR_EVER));
        assertEquals(3, owned.submit(() -> 3).resultOrElse(0, FOR_EVER));
        assertEquals(4, owned.submit(() -> 4).get(Long.MAX_VALUE, TimeUnit.DAYS));
        queue.execute(() -> {});
        assertEquals(1, queue.receive(FOR_EVER));
        assertEquals(0, queue.receiveFor(FOR_EVER));
    }

    @Test
    void whoWaitsForEverIsWokenAtOnce() {
        var receiver = threads.start("receiver", () -> queue.receive(FOR_EVER)).awaitParked();
        var caller = threads.start("caller", () -> queue.within(FOR_EVER).call(() -> 1));

        assertEquals(1, receiver.result());
        assertEquals(1, caller.result());
    }

    @Test
    void aDurationBeyondALongOfNanosIsNotShort() {
        Duration longer = Duration.ofDays(365 * 293);
        var caller = threads.start("caller", () -> queue.within(longer).call(() -> 1))
                .awaitParked();

        assertEquals(1, queue.receive());
        assertEquals(1, caller.result());
    }

    // numbers

    @Test
    void aNegativeMaximumIsRefused() {
        queue.execute(() -> {});

        assertThrows(IllegalArgumentException.class, () -> queue.receive(-1));
        assertEquals(1, queue.size());
    }

    @Test
    void theGreatestMaximumIsNone() {
        queue.execute(() -> {});

        assertEquals(1, queue.receive(Integer.MAX_VALUE));
    }
}
