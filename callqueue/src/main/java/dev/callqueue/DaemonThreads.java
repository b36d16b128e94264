package dev.callqueue;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Daemon threads that inherit nothing from the thread that happens to need them: neither locals nor class loader. Up to
 * Java 23 such a thread refers to our own class loader as long as it lives, so it has to end when there is nothing to do.
 */
final class DaemonThreads implements ThreadFactory {
    private final String name;
    private final AtomicInteger made = new AtomicInteger();

    DaemonThreads(String name) {
        this.name = name;
    }

    @Override
    @SuppressWarnings(
            "removal") // up to Java 23 a thread holds the class loaders of all who are on the stack of its maker
    public Thread newThread(Runnable work) {
        return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> make(work));
    }

    private Thread make(Runnable work) {
        Thread thread = new Thread(null, work, name + "-" + made.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        return thread;
    }
}
