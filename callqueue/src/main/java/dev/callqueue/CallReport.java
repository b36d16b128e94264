package dev.callqueue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture of a queue at one moment: who runs its calls, what runs now, how many calls wait. {@link #toString} draws it
 * for people.
 *
 * <p>The picture is taken while threads go on: what it shows was true, and may have moved on.
 *
 * @param queue the queue's name
 * @param servedBy who runs its calls
 * @param closed whether it refuses new calls
 * @param waiting the number of calls not yet begun
 * @param running the calls that run now
 */
public record CallReport(String queue, String servedBy, boolean closed, int waiting, List<Running> running) {

    /**
     * A call that runs.
     *
     * @param call its name
     * @param thread the thread that runs it
     * @param caller the thread that made it
     * @param stack where the running thread was; empty if it had moved on
     */
    public record Running(
            String call, Thread thread, @Nullable Thread caller, List<StackTraceElement> stack) {
        /** Copies the stack. */
        public Running {
            stack = List.copyOf(stack);
        }
    }

    /** Copies the list. */
    public CallReport {
        running = List.copyOf(running);
    }

    @Override
    public String toString() {
        var text = new StringBuilder("queue '" + queue + "', served by " + servedBy);
        text.append(closed ? ", closed: " : ": ").append(waiting).append(" waiting");
        for (Running each : running) {
            text.append("\n  ").append(each.call).append(" runs in ").append(name(each.thread));
            if (each.caller != null) {
                text.append(", made by ").append(name(each.caller));
            }
            each.stack.forEach(frame -> text.append("\n    at ").append(frame));
        }
        return text.toString();
    }

    /** How a thread is called in every text of this library. */
    static String name(Thread thread) {
        return "thread '" + thread.getName() + "'";
    }
}
