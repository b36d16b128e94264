package dev.callqueue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** All queues of the JVM, for a report of all of them; keeps none of them alive. */
final class Registry {
    private static final ReentrantLock LOCK = new ReentrantLock();

    /** The queues as keys, in the order of {@link #number}; guarded by the lock. */
    private static final Map<Core, Long> CORES = new WeakHashMap<>();

    /** Guarded by the lock. */
    private static long number;

    private Registry() {}

    static Core add(Core core) {
        LOCK.lock();
        try {
            CORES.put(core, number++);
            return core;
        } finally {
            LOCK.unlock();
        }
    }

    /** Those that have not ended, in the order in which they were made. */
    static List<Core> all() {
        List<Map.Entry<Core, Long>> entries;
        LOCK.lock();
        try {
            entries = new ArrayList<>();
            CORES.forEach((core, order) -> entries.add(Map.entry(core, order)));
        } finally {
            LOCK.unlock();
        }
        return entries.stream()
                .filter(entry -> !entry.getKey().hasEnded())
                .sorted(Comparator.comparing(Map.Entry::getValue))
                .<Core>map(Map.Entry::getKey)
                .toList();
    }
}
