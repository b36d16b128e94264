package dev.callqueue.examples.linkcheck;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How one look at a target ended. */
sealed interface Outcome {
    /** It is a page of the site, here it is. */
    record Parsed(int status, Page page) implements Outcome {}

    /** It is a style sheet of the site, and links to these. */
    record Styled(int status, List<Link> links) implements Outcome {}

    /**
     * It is there, and that is all one needs to know.
     *
     * @param warning what hindered a closer look
     */
    record Reached(int status, Optional<String> warning) implements Outcome {}

    /** It is somewhere else. */
    record Redirected(int status, String url) implements Outcome {}

    /**
     * It is not there, or nobody can tell.
     *
     * @param status of the answer, 0 without one
     * @param problem for the report
     */
    record Failed(int status, String problem, Retry retry) implements Outcome {}

    /** Whether a failure may pass by itself. */
    sealed interface Retry {
        /** It will not. */
        Retry NEVER = new Never();
        /** It may, after a while of our own choice. */
        Retry LATER = new Later();

        /** See {@link #NEVER}. */
        record Never() implements Retry {}

        /** See {@link #LATER}. */
        record Later() implements Retry {}

        /** The server said when. */
        record After(Duration pause) implements Retry {}
    }
}
