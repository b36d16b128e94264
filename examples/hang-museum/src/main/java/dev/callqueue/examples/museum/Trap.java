package dev.callqueue.examples.museum;

/** A situation in which threads that call each other may hang, or get something wrong. */
public interface Trap {
    /** Its name on the command line. */
    String id();

    /** Its name in tables. */
    String title();

    /** What happens in it, and what one would want. */
    String story();

    /** Puts the contender into it and finds what becomes of the callers. */
    Finding spring(Contender contender, Stage stage) throws Exception;
}
