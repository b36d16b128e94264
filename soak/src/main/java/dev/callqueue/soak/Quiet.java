package dev.callqueue.soak;

/** Keeps the standard error free of what experiments throw on purpose where only a thread's handler sees it. */
final class Quiet {
    private Quiet() {}

    /** From now on, threads other than this one fail silently. */
    static void begin() {
        Thread main = Thread.currentThread();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (thread == main) {
                failure.printStackTrace();
            }
        });
    }
}
