package dev.callqueue.examples.museum;

/** What a contender did in a trap. */
public enum Verdict {
    /** Every caller got the right value. */
    VALUE("value"),
    /** Every caller got the right value or an exception that says why not. */
    EXCEPTION("exception"),
    /** A caller waits for something that will never come, and is not told. */
    HANG("hang"),
    /** All ended, but something is not as it should be. */
    WRONG("wrong"),
    /** The trap cannot be put to this contender. */
    NONE("–");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    /** Whether the trap caught somebody. */
    public boolean hurts() {
        return this == HANG || this == WRONG;
    }

    @Override
    public String toString() {
        return word;
    }
}
