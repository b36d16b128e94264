package dev.callqueue.benchmarks.contender;

import java.util.Set;

/**
 * A contender that can be opened.
 *
 * @param id its name on the command line and in files
 * @param title its name for people
 * @param traits what a harness has to know about it
 * @param opener what opens it
 */
public record Peer(String id, String title, Set<Trait> traits, Opener opener) {
    /** Opens a contender. */
    public interface Opener {
        /** Starts its threads. */
        Contender open() throws Exception;
    }

    public Peer {
        traits = Set.copyOf(traits);
    }

    Peer(String id, String title, Opener opener, Trait... traits) {
        this(id, title, Set.of(traits), opener);
    }

    /** Whether it has that trait. */
    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** Opens it. */
    public Contender open() throws Exception {
        return opener.open();
    }

    @Override
    public String toString() {
        return id;
    }
}
