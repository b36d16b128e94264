package dev.callqueue.examples.museum;

import java.util.Locale;

/**
 * A system with which people call code on a thread that owns something, used as its users would use it.
 *
 * <p>What a system has no counterpart of, it refuses with {@link NoCounterpart}, which tells why.
 */
public interface Contender {
    /** Its name in tables. */
    String name();

    /** Its name on the command line. */
    default String id() {
        return name().toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    /** Which version of it runs here. */
    String version();

    /** How it is used here, in a few words of code or prose. */
    String usage();

    /** A thread, or what stands for one, that owns something and works off what it is given one by one. */
    Target owner(String name) throws Exception;

    /** A second owner, for those that call each other. */
    default Target otherOwner(String name) throws Exception {
        return owner(name);
    }

    /** So many threads that share the work they are given. */
    Target pool(int threads) throws Exception;
}
