package dev.callqueue;

/**
 * Makes sure that the stack does not overflow while a lock of ours is held, or when somebody has to be told of a call,
 * which would leave the queue torn: it overflows here, before, instead.
 */
final class StackRoom {
    /** In frames of the smallest kind: deeper than anything of ours that must not be torn. */
    private static final int LEVELS = 256;

    private StackRoom() {}

    /** Throws {@link StackOverflowError} if the stack is about to overflow. */
    static void check() {
        if (descend(LEVELS) != LEVELS) {
            throw new AssertionError();
        }
    }

    private static int descend(int levels) {
        return levels == 0 ? 0 : 1 + descend(levels - 1);
    }
}
