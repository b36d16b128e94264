package dev.callqueue.interleavings;

/** Two things that happen at the same time to a queue, made anew for each interleaving. */
public interface Scenario {
    /** What the one thread does. */
    void first() throws Exception;

    /** What the other thread does. */
    void second() throws Exception;

    /** Throws unless all is as it has to be when both have ended. */
    void check() throws Exception;
}
