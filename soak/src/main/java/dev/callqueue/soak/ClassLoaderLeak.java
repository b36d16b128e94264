package dev.callqueue.soak;

import dev.callqueue.CallQueue;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Applications that use all the library has are loaded and dropped: with a library of their own, and with one that they share
 * and that lives on, with idle consumers which they have started.
 */
final class ClassLoaderLeak implements Experiment {
    private static final Duration TARGET = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final List<Object> sharedQueues = new ArrayList<>();
    private final Latencies collected = new Latencies();
    private final Seen leaked = new Seen();
    private final Seen threads = new Seen();

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        int alone = trial.repeat(
                1,
                20,
                round -> drop("an application and its library", garbage -> {
                    ClassLoader library = library();
                    garbage.add(library);
                    deploy(library, garbage);
                }));
        noteNewThreads(before);
        ClassLoader shared = library();
        int sharing = trial.repeat(
                1,
                20,
                round -> drop("an application", garbage -> {
                    deploy(shared, garbage);
                    sharedQueues.add(startConsumer(shared, garbage));
                }));

        figures.say("%,d applications dropped with their library, %,d without", alone, sharing);
        figures.within("collected after at most", collected.longest(), TARGET);
        figures.none("never collected", leaked);
        figures.none("threads left", threads);
    }

    private interface Deployment {
        void into(Garbage garbage) throws Exception;
    }

    private void drop(String what, Deployment deployment) throws Exception {
        Garbage garbage = new Garbage();
        deployment.into(garbage);
        collected.add(garbage.collect(PATIENCE).toNanos());
        leaked.unless(garbage.left() == 0, what);
    }

    private static ClassLoader library() throws MalformedURLException {
        return new URLClassLoader("library", locationOf(CallQueue.class), ClassLoader.getPlatformClassLoader());
    }

    /** Loads an application, has it use everything, and forgets it. */
    private static void deploy(ClassLoader library, Garbage garbage) throws Exception {
        ClassLoader loader = new URLClassLoader("application", locationOf(Tenant.class), library);
        garbage.add(loader);
        inContextOf(
                loader,
                () -> loader.loadClass(Tenant.class.getName())
                        .getMethod("useEverything")
                        .invoke(null));
    }

    /** Has an application start the consumer of a queue that outlives it. */
    private static Object startConsumer(ClassLoader library, Garbage garbage) throws Exception {
        Class<?> queueType = library.loadClass(CallQueue.class.getName());
        Object queue = queueType.getMethod("withConsumers", int.class).invoke(null, 1);
        ClassLoader loader = new URLClassLoader("application", locationOf(Tenant.class), library);
        garbage.add(loader);
        inContextOf(
                loader,
                () -> loader.loadClass(Tenant.class.getName())
                        .getMethod("use", queueType)
                        .invoke(null, queue));
        return queue;
    }

    private interface Work {
        Object run() throws ReflectiveOperationException;
    }

    private static void inContextOf(ClassLoader loader, Work work) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader context = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            work.run();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the application failed", e.getCause());
        } finally {
            thread.setContextClassLoader(context);
        }
    }

    private void noteNewThreads(Set<Thread> before) throws InterruptedException {
        Set<Thread> now = new HashSet<>(Thread.getAllStackTraces().keySet());
        now.removeAll(before);
        now.removeIf(ClassLoaderLeak::isOfTheJdk);
        for (Thread thread : now) {
            thread.join(TARGET.toMillis());
            threads.unless(!thread.isAlive(), thread.toString());
        }
    }

    /** Whether it is one that the JDK keeps for its own purposes, such as a carrier of virtual threads. */
    private static boolean isOfTheJdk(Thread thread) {
        return thread.getClass() != Thread.class && thread.getClass().getClassLoader() == null;
    }

    private static URL[] locationOf(Class<?> type) throws MalformedURLException {
        return new URL[] {ClassPath.entry(type).toUri().toURL()};
    }
}
