package dev.callqueue.soak;

import dev.callqueue.Call;
import dev.callqueue.CallListener;
import dev.callqueue.CallQueue;
import dev.callqueue.CallTarget;
import dev.callqueue.Harvest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.TypeVariable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Every public method is given every bad argument that its types allow: null, negative numbers and negative durations. All
 * must be refused, by the right exception, before anything has changed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // they are to be refused
final class Arguments implements Experiment {
    private static final List<Object> NEGATIVE_DURATIONS =
            List.of(Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE));
    private static final List<Object> NEGATIVE_NUMBERS = List.of(-1, Integer.MIN_VALUE);

    private static final Map<Class<?>, Object> GOOD = Map.ofEntries(
            Map.entry(Callable.class, (Callable<Integer>) () -> 1),
            Map.entry(CallTarget.Op.class, (CallTarget.Op<Integer, RuntimeException>) () -> 1),
            Map.entry(CallTarget.VoidOp.class, (CallTarget.VoidOp<RuntimeException>) () -> {}),
            Map.entry(CallTarget.Fn.class, (CallTarget.Fn<Integer, Integer>) input -> input),
            Map.entry(Runnable.class, (Runnable) () -> {}),
            Map.entry(Supplier.class, (Supplier<Integer>) () -> 1),
            Map.entry(Consumer.class, (Consumer<Object>) value -> {}),
            Map.entry(Executor.class, (Executor) Runnable::run),
            Map.entry(BooleanSupplier.class, (BooleanSupplier) () -> false),
            Map.entry(ThreadFactory.class, (ThreadFactory) Thread::new),
            Map.entry(CallListener.class, (CallListener) (waited, ran, failure) -> {}),
            Map.entry(Throwable.class, new IllegalStateException()),
            Map.entry(Iterable.class, List.of(1)),
            Map.entry(Duration.class, Duration.ZERO),
            Map.entry(TimeUnit.class, TimeUnit.SECONDS),
            Map.entry(Thread.class, Thread.currentThread()),
            Map.entry(String.class, "name"),
            Map.entry(int.class, 1),
            Map.entry(long.class, 1L),
            Map.entry(boolean.class, true));

    private final Seen accepted = new Seen();
    private final Seen otherwise = new Seen();
    private final Seen changed = new Seen();
    private int tried;

    /** What methods are called on: how to get a new one, and whether it is still as it was. */
    private record Subject(Class<?> type, Supplier<Object> fresh, Predicate<Object> untouched) {}

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        CallQueue queue = Served.CONSUMER.open(trial);
        CallQueue unserved = trial.watch(CallQueue.create());
        List<Subject> subjects = List.of(
                new Subject(CallQueue.class, () -> queue, any -> isUsable(queue)),
                new Subject(CallTarget.class, () -> queue.named("view"), any -> isUsable(queue)),
                new Subject(CallQueue.Builder.class, CallQueue::builder, Arguments::isBlank),
                new Subject(
                        Call.class,
                        () -> unserved.submit(() -> 1),
                        call -> ((Call<?>) call).phase() == Call.Phase.WAITING),
                new Subject(
                        Harvest.class,
                        () -> new Harvest<>(unserved),
                        harvest -> ((Harvest<?, ?>) harvest).submitted() == 0));
        for (Subject subject : subjects) {
            for (Method method : subject.type.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
                    sweep(subject, method);
                    trial.progress();
                }
            }
        }

        figures.say("%,d bad arguments", tried);
        figures.none("accepted", accepted);
        figures.none("refused by another exception", otherwise);
        figures.none("changes before the refusal", changed);
    }

    private static boolean isUsable(CallQueue queue) {
        return !queue.isClosed() && queue.call(() -> 1) == 1 && queue.size() == 0;
    }

    /** Whether all options of a builder can still be set. */
    private static boolean isBlank(Object builder) {
        try {
            ((CallQueue.Builder) builder)
                    .name("name")
                    .capacity(1)
                    .consumers(1)
                    .build()
                    .close();
            return true;
        } catch (IllegalStateException alreadySet) {
            return false;
        }
    }

    private void sweep(Subject subject, Method method) throws IllegalAccessException {
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            Class<?> type = parameters[i].getType();
            if (type == int.class) {
                refuseAll(subject, method, i, NEGATIVE_NUMBERS);
            } else if (type == Duration.class) {
                refuseAll(subject, method, i, NEGATIVE_DURATIONS);
            }
            boolean isValue =
                    parameters[i].getParameterizedType() instanceof TypeVariable; // null is a value like others
            if (!type.isPrimitive() && !isValue) {
                refuse(subject, method, i, null);
            }
        }
    }

    private void refuseAll(Subject subject, Method method, int parameter, List<Object> badValues)
            throws IllegalAccessException {
        for (Object bad : badValues) {
            refuse(subject, method, parameter, bad);
        }
    }

    private void refuse(Subject subject, Method method, int parameter, @Nullable Object bad)
            throws IllegalAccessException {
        tried++;
        String what = method.getName() + "(" + Arrays.toString(method.getParameterTypes()) + ") with " + bad;
        Object target = subject.fresh.get();
        try {
            method.invoke(target, arguments(method, parameter, bad));
            accepted.add(what);
        } catch (InvocationTargetException e) {
            Class<?> expected = bad == null ? NullPointerException.class : IllegalArgumentException.class;
            Throwable refusal = e.getCause();
            otherwise.unless(refusal != null && refusal.getClass() == expected, what + ": " + refusal);
        }
        changed.unless(subject.untouched.test(target), what);
    }

    private static @Nullable Object[] arguments(Method method, int parameter, @Nullable Object bad) {
        Class<?>[] types = method.getParameterTypes();
        @Nullable Object[] values = new @Nullable Object[types.length];
        for (int i = 0; i < types.length; i++) {
            values[i] = i == parameter ? bad : good(types[i]);
        }
        return values;
    }

    private static @Nullable Object good(Class<?> type) {
        return type.isEnum() ? type.getEnumConstants()[0] : GOOD.get(type);
    }
}
