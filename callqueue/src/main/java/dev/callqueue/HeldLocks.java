package dev.callqueue;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which threads are blocked on a monitor or on a lock with an owner, such as a {@code ReentrantLock}, and who holds it.
 *
 * <p>Only platform threads are seen: the JVM does not tell it of virtual ones. A thread that waits for a lock for a
 * limited time is not blocked in this sense.
 */
final class HeldLocks {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private HeldLocks() {}

    /**
     * What keeps a thread from going on.
     *
     * @param lock the lock, and, if its owner is itself blocked, the way from there to the holder, in words
     * @param holder the thread at the end of that way
     */
    record Blocked(String lock, Thread holder) {}

    /** Those of the threads that are blocked, directly or through others, by one of the holders. */
    static Map<Thread, Blocked> among(Collection<Thread> threads, Collection<Thread> holders) {
        Map<Thread, Blocked> found = new HashMap<>();
        Map<Long, Thread> holdersById = null;
        for (Thread thread : threads) {
            if (mayBeBlocked(thread)) {
                if (holdersById == null) {
                    holdersById = new HashMap<>();
                    for (Thread holder : holders) {
                        holdersById.put(holder.getId(), holder);
                    }
                }
                Blocked blocked = follow(infoOf(thread.getId()), holdersById);
                if (blocked != null) {
                    found.put(thread, blocked);
                }
            }
        }
        return found;
    }

    private static boolean mayBeBlocked(Thread thread) {
        Thread.State state = thread.getState();
        return state == Thread.State.BLOCKED || state == Thread.State.WAITING;
    }

    private static @Nullable Blocked follow(@Nullable ThreadInfo first, Map<Long, Thread> holders) {
        var way = new StringBuilder();
        Set<Long> passed = new HashSet<>();
        ThreadInfo info = first;
        while (info != null && isBlocked(info) && passed.add(info.getThreadId())) {
            way.append(way.length() == 0 ? "" : ", who waits for ").append(describe(info));
            Thread holder = holders.get(info.getLockOwnerId());
            if (holder != null) {
                return new Blocked(way.toString(), holder);
            }
            info = infoOf(info.getLockOwnerId());
        }
        return null;
    }

    private static boolean isBlocked(ThreadInfo info) {
        return info.getLockOwnerId() >= 0
                && (info.getThreadState() == Thread.State.BLOCKED || info.getThreadState() == Thread.State.WAITING);
    }

    private static @Nullable ThreadInfo infoOf(long threadId) {
        return THREADS.getThreadInfo(threadId);
    }

    private static String describe(ThreadInfo info) {
        return info.getLockName() + ", held by thread '" + info.getLockOwnerName() + "'";
    }

    /** What the thread is blocked on, if it is a lock or anything else that the JVM knows. */
    static CallReport.@Nullable Obstacle obstacleOf(Thread thread) {
        ThreadInfo info = infoOf(thread.getId());
        if (info == null) {
            return null;
        }
        LockInfo lock = info.getLockInfo();
        return lock == null ? null : new CallReport.Obstacle(lock.toString(), info.getLockOwnerName());
    }
}
