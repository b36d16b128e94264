package dev.callqueue;

import static java.lang.StackWalker.Option.RETAIN_CLASS_REFERENCE;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Joins two stacks in the exception that passed between two threads: the frames of the thread that ran the call, a mark,
 * and the frames of the thread that made it. Of an exception object that is thrown again and again, only the last such
 * passage is kept.
 */
final class Trace {
    /** How the mark looks in a printed trace: {@code at dev.callqueue.CALLED_FROM(thread 'main')}. */
    private static final String MARK_CLASS = "dev.callqueue";

    private static final String MARK = "CALLED_FROM";

    /** As many frames of the caller as the JVM keeps of any stack. */
    private static final int MAX_FRAMES = 1024;

    private static final StackWalker WALKER = StackWalker.getInstance(RETAIN_CLASS_REFERENCE);

    /** The classes of ours that a thread passes through on its way from user code into a wait. */
    private static final Set<Class<?>> ROOMS = Set.of(
            Call.class,
            CallQueue.class,
            Core.class,
            Deadlock.class,
            ExecutorView.class,
            Failure.class,
            Harvest.class,
            Harvest.Item.class,
            Place.class,
            Spin.class,
            Trace.class,
            View.class,
            Wait.class,
            WaitGraph.class);

    private static final Set<String> ROOM_NAMES =
            Set.copyOf(ROOMS.stream().map(Class::getName).toList());

    private Trace() {}

    /** Has the trace of what an op threw tell of this thread too, which made the call. */
    static void addCaller(Throwable thrown, Failure failure) {
        if (failure.ranHere()) {
            return;
        }
        try {
            StackTraceElement[] trace = thrown.getStackTrace();
            if (trace.length > 0) { // otherwise it was made without one
                StackTraceElement[] joined = join(trace, failure.targetFrames());
                thrown.setStackTrace(joined);
                Receiver.passedHere(thrown, joined.length);
            }
        } catch (RuntimeException | Error ofItsOwn) { // an exception may override these methods as it likes
            return;
        }
    }

    private static StackTraceElement[] join(StackTraceElement[] trace, int targetFrames) {
        int kept = targetFrames < 0 ? untilMark(trace) : Math.min(targetFrames, trace.length);
        StackTraceElement mark = new StackTraceElement(MARK_CLASS, MARK, CallReport.name(Thread.currentThread()), -1);
        return Stream.of(Arrays.stream(trace, 0, kept), Stream.of(mark), callersFrames().stream())
                .flatMap(frames -> frames)
                .toArray(StackTraceElement[]::new);
    }

    private static int untilMark(StackTraceElement[] trace) {
        int frames = 0;
        while (frames < trace.length && !isMark(trace[frames])) {
            frames++;
        }
        return frames;
    }

    private static boolean isMark(StackTraceElement frame) {
        return frame.getMethodName().equals(MARK) && frame.getClassName().equals(MARK_CLASS);
    }

    private static List<StackTraceElement> callersFrames() {
        return WALKER.walk(frames -> frames.dropWhile(frame -> ROOMS.contains(frame.getDeclaringClass()))
                .limit(MAX_FRAMES)
                .map(StackWalker.StackFrame::toStackTraceElement)
                .toList());
    }

    /** The innermost frames of user code in a stack whose thread waits: the lines that matter to people. */
    static List<StackTraceElement> ofUser(StackTraceElement[] stack, int atMost) {
        return Arrays.stream(stack)
                .dropWhile(frame -> isOurs(frame) || isOfTheJdk(frame))
                .takeWhile(frame -> !isOurs(frame))
                .limit(atMost)
                .toList();
    }

    private static boolean isOurs(StackTraceElement frame) {
        String name = frame.getClassName();
        int lambda = name.indexOf("$$Lambda");
        return ROOM_NAMES.contains(lambda < 0 ? name : name.substring(0, lambda));
    }

    private static boolean isOfTheJdk(StackTraceElement frame) {
        String name = frame.getClassName();
        return name.startsWith("java.") || name.startsWith("jdk.") || name.startsWith("sun.");
    }
}
