package dev.callqueue.testkit;

import java.util.concurrent.ThreadFactory;

/** The virtual threads of JDK 21 and newer, for tests that are compiled for 17. */
final class VirtualThreads {
    private VirtualThreads() {}

    /** Whether this JDK has virtual threads. */
    static boolean exist() {
        return Runtime.version().feature() >= 21;
    }

    /** Makes virtual threads, which have names. */
    static ThreadFactory factory() {
        try {
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            type.getMethod("name", String.class, long.class).invoke(builder, "virtual-", 0L);
            return (ThreadFactory) type.getMethod("factory").invoke(builder);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
