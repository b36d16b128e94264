package dev.callqueue.testkit;

import static dev.callqueue.testkit.Eventually.eventually;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** Looks for platform threads that a test, or what it tested, has left behind. */
final class Leftovers {
    /** Threads of the JDK, of the test engine and of the library that serve more than one test, and end by themselves. */
    private static final List<String> SHARED = List.of(
            "callqueue-",
            "junit",
            "surefire",
            "ForkJoinPool.commonPool",
            "CompletableFutureDelayScheduler",
            HangDetector.WATCH);

    private final Set<Thread> before = living();
    private final Predicate<Thread> lasting;

    /** @param lasting which threads are none of the test's, besides the shared ones */
    Leftovers(Predicate<Thread> lasting) {
        this.lasting = lasting;
    }

    /** Waits until no thread is left that was not there before. */
    void awaitNone() {
        eventually(() -> "no thread left: " + left(), () -> left().isEmpty());
    }

    private Set<Thread> left() {
        Set<Thread> left = living();
        left.removeAll(before);
        left.removeIf(thread -> lasting.test(thread) || SHARED.stream().anyMatch(thread.getName()::startsWith));
        return left;
    }

    /** The threads of this thread's group, which do not include those of the JVM. */
    private static Set<Thread> living() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        Thread[] some;
        int count;
        do {
            some = new Thread[group.activeCount() + 16];
            count = group.enumerate(some);
        } while (count == some.length);
        Set<Thread> living = new HashSet<>(Arrays.asList(some));
        living.removeIf(Objects::isNull);
        return living;
    }
}
