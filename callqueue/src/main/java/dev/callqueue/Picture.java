package dev.callqueue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes the picture of a queue for a {@link CallReport}, while threads go on. Nothing depends on it. */
final class Picture {
    private Picture() {}

    static CallReport of(Core core) {
        List<CallReport.Running> running = new ArrayList<>();
        Set<Thread> busy = new HashSet<>();
        for (Receiver receiver : core.receivers()) {
            List<Call<?>> callsAround = receiver.callsAround();
            Call<?> call = receiver.current();
            if (call != null) {
                CallReport.Running innermost = running(receiver, call);
                running.add(innermost);
                callsAround.stream()
                        .filter(around -> around != call)
                        .forEach(around -> running.add(around(innermost, around)));
                busy.add(receiver.thread);
            }
        }
        List<CallReport.ThreadPicture> servers = new ArrayList<>();
        for (Thread thread : core.servers().candidates(Set.of())) {
            if (!busy.contains(thread)) {
                servers.add(of(thread));
            }
        }
        return new CallReport(
                core.name(), core.servers().toString(), core.isClosed(), core.size(), line(core), running, servers);
    }

    private static List<CallReport.Queued> line(Core core) {
        return core.head(CallReport.LINE_SHOWN).stream()
                .map(call -> new CallReport.Queued(call.terms().callName(), call.caller()))
                .toList();
    }

    /** Looks at the call before and after the stack is taken: a stack of another call must not be blamed on this one. */
    private static CallReport.Running running(Receiver receiver, Call<?> call) {
        Duration atLeast = Duration.ofNanos(receiver.look());
        CallReport.@Nullable ThreadPicture caller = pictureOfCaller(call);
        CallReport.ThreadPicture runner = of(receiver.thread);
        return new CallReport.Running(
                call.terms().callName(),
                receiver.current() == call ? runner : withoutStack(receiver.thread),
                caller,
                atLeast);
    }

    /** A call inside of which that one runs; its frames are in the same stack. */
    private static CallReport.Running around(CallReport.Running innermost, Call<?> call) {
        return new CallReport.Running(
                call.terms().callName(),
                withoutStack(innermost.runner().thread()),
                pictureOfCaller(call),
                innermost.atLeast());
    }

    private static CallReport.@Nullable ThreadPicture pictureOfCaller(Call<?> call) {
        Thread caller = call.caller();
        return caller == null ? null : call.callerInCall() != null ? of(caller) : withoutStack(caller);
    }

    private static CallReport.ThreadPicture of(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return new CallReport.ThreadPicture(thread, thread.getState(), List.of(stack), obstacleOf(thread));
    }

    private static CallReport.ThreadPicture withoutStack(Thread thread) {
        return new CallReport.ThreadPicture(thread, thread.getState(), List.of(), null);
    }

    private static CallReport.@Nullable Obstacle obstacleOf(Thread thread) {
        String awaited = WaitGraph.describeWait(thread);
        return awaited != null ? new CallReport.Obstacle(awaited, null) : HeldLocks.obstacleOf(thread);
    }
}
