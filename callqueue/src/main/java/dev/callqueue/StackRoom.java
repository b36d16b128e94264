package dev.callqueue;

/**
 * Makes sure that the stack does not overflow while a lock of ours is held, or when somebody has to be told of a call,
 * which would leave the queue torn: it overflows here, before, instead.
 */
final class StackRoom {
    /** How many of the frames below: together they are deeper than anything of ours that must not be torn. */
    private static final int LEVELS = 48;

    private StackRoom() {}

    /** Throws {@link StackOverflowError} if the stack is about to overflow. */
    static void check() {
        if (descend(LEVELS, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16) == 0) {
            throw new AssertionError();
        }
    }

    /** All its variables live on until the way back, so that a frame takes a few hundred bytes, compiled or not. */
    private static long descend(
            int levels,
            long a,
            long b,
            long c,
            long d,
            long e,
            long f,
            long g,
            long h,
            long i,
            long j,
            long k,
            long l,
            long m,
            long n,
            long o,
            long p) {
        long deeper = levels == 0 ? 1 : descend(levels - 1, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, a);
        return (deeper + a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p) | 1;
    }
}
