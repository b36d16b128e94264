package dev.callqueue;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The time is over before the call has ended. */
public final class CallTimeoutException extends CallException {
    @Serial
    private static final long serialVersionUID = 1;

    /** Whether the call will never run. */
    private final boolean withdrawn;

    /** The call's place in the line, or 0. */
    private final int place;

    CallTimeoutException(String message, boolean withdrawn, int place, @Nullable CallReport report) {
        super(message, report);
        this.withdrawn = withdrawn;
        this.place = place;
    }

    /**
     * Whether the call will never run; if not, it runs now or still may run.
     *
     * @return true if it was withdrawn
     */
    public boolean withdrawn() {
        return withdrawn;
    }

    /**
     * Where the call stood in the line when the time was over: 1 if it would have been the next to begin, and so on.
     * Far from the head it is not counted exactly: {@value Line#FAR} stands for that many or more.
     *
     * @return the place; 0 if it was not in the line, because it had begun or had not been let in
     */
    public int place() {
        return place;
    }
}
