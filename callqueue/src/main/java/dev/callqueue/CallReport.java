package dev.callqueue;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture of a queue at one moment: who runs its calls and what these threads do, which calls run, since when and for
 * whom, and which wait. {@link #toString} draws it for people.
 *
 * {@snippet class="GuideSnippets" region="report" lang="java"}
 *
 * <p>The picture is taken while threads go on: what it shows was true, one thing after the other, and may have moved on.
 *
 * @param queue the queue's name
 * @param servedBy who runs its calls
 * @param closed whether it refuses new calls
 * @param waiting the number of calls not yet begun
 * @param line the first of these, in the order in which they will begin; not more than {@value #LINE_SHOWN}
 * @param running the calls that run now
 * @param servers the threads that run its calls, as far as they are known and not running one now
 */
public record CallReport(
        String queue,
        String servedBy,
        boolean closed,
        int waiting,
        List<Queued> line,
        List<Running> running,
        List<ThreadPicture> servers) {

    /** How many waiting calls a report shows. */
    static final int LINE_SHOWN = 8;

    /**
     * A call that waits.
     *
     * @param call its name
     * @param caller the thread that made it
     */
    public record Queued(String call, @Nullable Thread caller) {}

    /**
     * A call that runs.
     *
     * @param call its name
     * @param runner the thread that runs it; without a stack if it had moved on when the picture was complete, or runs another one
     *     inside of it, which stands before
     * @param caller the thread that made it; with a stack only if it waits for the call in a {@code call}; {@code null} if the
     *     call was given up or completed by hand meanwhile
     * @param atLeast how long it has been running at least: since when somebody first looked. Who waits with a time limit
     *     looks when he begins to wait; while anybody waits for the queue, it is looked at several times a second
     */
    public record Running(
            String call, ThreadPicture runner, @Nullable ThreadPicture caller, Duration atLeast) {}

    /**
     * What a thread did.
     *
     * @param thread the thread
     * @param state its state
     * @param stack its stack, innermost first
     * @param obstacle what it waited for, if that is known
     */
    public record ThreadPicture(
            Thread thread,
            Thread.State state,
            List<StackTraceElement> stack,
            @Nullable Obstacle obstacle) {
        /** Copies the stack. */
        public ThreadPicture {
            stack = List.copyOf(stack);
        }

        @Override
        public String toString() {
            return name(thread) + " (" + state + ")";
        }
    }

    /**
     * What keeps a thread from going on.
     *
     * @param what a call, or a lock by its class and identity, as in a thread dump
     * @param holder the name of the thread that holds it, if it is a lock that is held
     */
    public record Obstacle(String what, @Nullable String holder) {
        @Override
        public String toString() {
            return holder == null ? what : what + ", held by thread '" + holder + "'";
        }
    }

    /** Copies the lists. */
    public CallReport {
        line = List.copyOf(line);
        running = List.copyOf(running);
        servers = List.copyOf(servers);
    }

    /**
     * A report of every queue in this JVM that has not ended: what a thread dump is for threads, this is for calls. An empty one whose
     * owner or loop has ended is left out, too.
     *
     * {@snippet class="GuideSnippets" region="reportOfAll" lang="java"}
     *
     * @return the reports, in the order in which the queues were made
     */
    public static List<CallReport> all() {
        return Registry.all().stream().map(Core::report).toList();
    }

    @Override
    public String toString() {
        var text = new StringBuilder("queue '" + queue + "', served by " + servedBy);
        text.append(closed ? ", closed: " : ": ").append(waiting).append(" waiting");
        for (Running each : running) {
            text.append("\n  ").append(each.call).append(" runs in ").append(each.runner);
            text.append(" for at least ").append(each.atLeast.toMillis()).append(" ms");
            if (each.caller != null) {
                text.append(", made by ").append(each.caller);
            }
            draw(each.runner, text);
            if (each.caller != null && !each.caller.stack.isEmpty()) {
                text.append("\n   its caller, ").append(each.caller);
                draw(each.caller, text);
            }
        }
        for (ThreadPicture each : servers) {
            text.append("\n  ").append(each).append(" runs none of its calls");
            draw(each, text);
        }
        for (Queued each : line) {
            text.append("\n  ").append(each.call).append(" waits");
            if (each.caller != null) {
                text.append(", made by ").append(name(each.caller));
            }
        }
        return text.toString();
    }

    private static void draw(ThreadPicture picture, StringBuilder text) {
        if (picture.obstacle != null) {
            text.append("\n    waits for ").append(picture.obstacle);
        }
        picture.stack.forEach(frame -> text.append("\n    at ").append(frame));
    }

    /** How a thread is called in every text of this library. */
    static String name(Thread thread) {
        return "thread '" + thread.getName() + "'";
    }

    /** What an object of users tells of itself, or, if that fails, of which class it is. */
    static String text(Object ofUsers) {
        try {
            return String.valueOf(ofUsers);
        } catch (RuntimeException | Error failure) {
            return ofUsers.getClass().getName();
        }
    }
}
