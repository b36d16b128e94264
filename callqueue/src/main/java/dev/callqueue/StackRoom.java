package dev.callqueue;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes sure that the stack does not overflow while a lock of ours is held, or when somebody has to be told of a call,
 * which would leave the queue torn: it overflows here, before, instead.
 */
final class StackRoom {
    /** How many of the frames below: together they are deeper than anything of ours that must not be torn. */
    private static final int LEVELS = 16;

    /** One in so many times the innermost frame is filled. */
    private static final int ONE_IN = 8;

    private StackRoom() {}

    /** Throws {@link StackOverflowError} if the stack is about to overflow. */
    static void check() {
        if (descend(LEVELS, ThreadLocalRandom.current().nextLong()) == 0) {
            throw new AssertionError();
        }
    }

    /**
     * Each frame takes some hundred bytes, compiled or not, because it has room for what the innermost one holds while it calls
     * {@link #mix}. To write all that takes longer than most of what is done under a lock. So it is done now and then only, but so
     * often that no compiler takes it for something that never happens, and saves the room.
     *
     * @param seed what decides about it, and is not known to the compiler
     */
    static long descend(int levels, long seed) {
        if (levels > 0) {
            return descend(levels - 1, seed) | 1;
        }
        if (seed % ONE_IN != 0) {
            return 1;
        }
        long a0 = seed;
        long a1 = a0 + seed;
        long a2 = a1 + seed;
        long a3 = a2 + seed;
        long a4 = a3 + seed;
        long a5 = a4 + seed;
        long a6 = a5 + seed;
        long a7 = a6 + seed;
        long b0 = a7 + seed;
        long b1 = b0 + seed;
        long b2 = b1 + seed;
        long b3 = b2 + seed;
        long b4 = b3 + seed;
        long b5 = b4 + seed;
        long b6 = b5 + seed;
        long b7 = b6 + seed;
        long c0 = b7 + seed;
        long c1 = c0 + seed;
        long c2 = c1 + seed;
        long c3 = c2 + seed;
        long c4 = c3 + seed;
        long c5 = c4 + seed;
        long c6 = c5 + seed;
        long c7 = c6 + seed;
        long d0 = c7 + seed;
        long d1 = d0 + seed;
        long d2 = d1 + seed;
        long d3 = d2 + seed;
        long d4 = d3 + seed;
        long d5 = d4 + seed;
        long d6 = d5 + seed;
        long d7 = d6 + seed;
        return (mix(
                                a0, a1, a2, a3, a4, a5, a6, a7, b0, b1, b2, b3, b4, b5, b6, b7, c0, c1, c2, c3, c4, c5,
                                c6, c7, d0, d1, d2, d3, d4, d5, d6, d7)
                        ^ a0
                        ^ a1
                        ^ a2
                        ^ a3
                        ^ a4
                        ^ a5
                        ^ a6
                        ^ a7
                        ^ b0
                        ^ b1
                        ^ b2
                        ^ b3
                        ^ b4
                        ^ b5
                        ^ b6
                        ^ b7
                        ^ c0
                        ^ c1
                        ^ c2
                        ^ c3
                        ^ c4
                        ^ c5
                        ^ c6
                        ^ c7
                        ^ d0
                        ^ d1
                        ^ d2
                        ^ d3
                        ^ d4
                        ^ d5
                        ^ d6
                        ^ d7)
                | 1;
    }

    /** Too long to be inlined, lest there be no room for its arguments. */
    private static long mix(
            long a0,
            long a1,
            long a2,
            long a3,
            long a4,
            long a5,
            long a6,
            long a7,
            long b0,
            long b1,
            long b2,
            long b3,
            long b4,
            long b5,
            long b6,
            long b7,
            long c0,
            long c1,
            long c2,
            long c3,
            long c4,
            long c5,
            long c6,
            long c7,
            long d0,
            long d1,
            long d2,
            long d3,
            long d4,
            long d5,
            long d6,
            long d7) {
        return (a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7 + b0 + b1 + b2 + b3 + b4 + b5 + b6 + b7 + c0 + c1 + c2 + c3 + c4
                        + c5 + c6 + c7 + d0 + d1 + d2 + d3 + d4 + d5 + d6 + d7)
                ^ (a0 * a1 * a2 * a3 * a4 * a5 * a6 * a7 * b0 * b1 * b2 * b3 * b4 * b5 * b6 * b7 * c0 * c1 * c2 * c3
                        * c4 * c5 * c6 * c7 * d0 * d1 * d2 * d3 * d4 * d5 * d6 * d7)
                ^ (a0 & a1 & a2 & a3 & a4 & a5 & a6 & a7 & b0 & b1 & b2 & b3 & b4 & b5 & b6 & b7 & c0 & c1 & c2 & c3
                        & c4 & c5 & c6 & c7 & d0 & d1 & d2 & d3 & d4 & d5 & d6 & d7)
                ^ (a0 | a1 | a2 | a3 | a4 | a5 | a6 | a7 | b0 | b1 | b2 | b3 | b4 | b5 | b6 | b7 | c0 | c1 | c2 | c3
                        | c4 | c5 | c6 | c7 | d0 | d1 | d2 | d3 | d4 | d5 | d6 | d7);
    }
}
