package dev.callqueue.examples.museum;

/** What became of a caller, as a watcher saw it. */
public sealed interface Outcome {
    /** It got a value. */
    record Value(Object value) implements Outcome {}

    /** It got an exception. */
    record Thrown(Throwable what) implements Outcome {}

    /** It had not ended when patience was at an end. */
    record Hung(String where) implements Outcome {}
}
