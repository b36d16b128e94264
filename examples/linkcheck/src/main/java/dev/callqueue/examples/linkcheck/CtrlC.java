package dev.callqueue.examples.linkcheck;

import java.util.concurrent.CountDownLatch;

/**
 * Stops what is going on when the user presses Ctrl-C (or the program is asked to end in another way), and holds up the
 * end of the program until what was found is safe: until {@link #close}.
 */
final class CtrlC implements AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean isPressed;

    private CtrlC(Runnable stop) {
        hook = new Thread(() -> stopAndWait(stop), "ctrl-c");
    }

    /** From now on, stops in this way. */
    static CtrlC runs(Runnable stop) {
        CtrlC ctrlC = new CtrlC(stop);
        Runtime.getRuntime().addShutdownHook(ctrlC.hook);
        return ctrlC;
    }

    /** Whether somebody wanted the program to end. */
    boolean isPressed() {
        return isPressed;
    }

    /** What was going on is over. */
    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the program is ending, and the hook is what waited for this
        }
    }

    private void stopAndWait(Runnable stop) {
        isPressed = true;
        stop.run();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does this; if somebody does, there is no time to wait
        }
    }
}
