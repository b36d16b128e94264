package dev.callqueue.examples.museum.contenders;

import java.util.concurrent.ThreadFactory;

/** Threads that do not keep the museum open. */
final class DaemonThreads {
    private DaemonThreads() {}

    static ThreadFactory named(String name) {
        return work -> {
            var thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
