package dev.callqueue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** All queues of the JVM, for a report of all of them; keeps none of them alive. */
final class Registry {
    private static final ReentrantLock LOCK = new ReentrantLock();

    /** Guarded by the lock. */
    private static final Set<Core> CORES = Collections.newSetFromMap(new WeakHashMap<>());

    private static final AtomicLong NUMBER = new AtomicLong();

    private Registry() {}

    /** A number for a new queue, higher than all before. */
    static long nextNumber() {
        return NUMBER.incrementAndGet();
    }

    static Core add(Core core) {
        LOCK.lock();
        try {
            CORES.add(core);
            return core;
        } finally {
            LOCK.unlock();
        }
    }

    /** Those that are not over, in the order in which they were made. */
    static List<Core> all() {
        List<Core> cores;
        LOCK.lock();
        try {
            cores = new ArrayList<>(CORES);
        } finally {
            LOCK.unlock();
        }
        return cores.stream()
                .filter(core -> !core.isOver())
                .sorted(Comparator.comparingLong(Core::number))
                .toList();
    }
}
