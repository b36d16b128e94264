package dev.callqueue;

import java.lang.reflect.Method;
import java.util.concurrent.ThreadFactory;

/** The threads of {@link Call#inBackground}: virtual ones where the running JVM has them, which Java 17 cannot name. */
final class BackgroundThreads {
    private static final String NAME = "background-call";

    static final ThreadFactory FACTORY = find();

    private BackgroundThreads() {}

    private static ThreadFactory find() {
        try {
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Object virtual = Thread.class.getMethod("ofVirtual").invoke(null);
            Method named = builder.getMethod("name", String.class, long.class);
            Method factory = builder.getMethod("factory");
            return (ThreadFactory) factory.invoke(named.invoke(virtual, NAME + "-", 1L));
        } catch (ReflectiveOperationException | UnsupportedOperationException beforeJava21) {
            return new DaemonThreads(NAME);
        }
    }
}
