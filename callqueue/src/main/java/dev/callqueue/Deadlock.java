package dev.callqueue;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Threads each of which can go on only if another of them does. Searched and described under the lock of the
 * {@link WaitGraph}; {@link #toString} draws it, thread by thread.
 *
 * <p>Progress is an "or" over the threads that could bring it: a wait is stuck only if every thread that could end it is
 * stuck. So the search takes all threads that can be reached from one wait, and drops again and again those that some
 * thread outside can help, until nothing changes: what is left is stuck.
 *
 * <p>Only a wait on a cycle is found: one that merely waits for a cycle gets the outcome of the call it waits for. A
 * cycle in which another thread has a time limit or pumps is none: that one will go on.
 */
final class Deadlock {
    /** How many lines of each thread's stack the description shows. */
    private static final int STACK_LINES = 4;

    private final Map<Thread, Wait> waits;
    private final Map<Thread, HeldLocks.Blocked> blocked;

    /** Whether all that was given to loops has had the time to begin. */
    private final boolean settled;

    /** Those that can go on only by each other, beginning with the one from which the search began. */
    private final Set<Thread> stuck = new LinkedHashSet<>();

    private Deadlock(Map<Thread, Wait> waits, Map<Thread, HeldLocks.Blocked> blocked, boolean settled) {
        this.waits = waits;
        this.blocked = blocked;
        this.settled = settled;
    }

    /** The deadlock that the wait is part of, or null. */
    static @Nullable Deadlock search(
            Wait from, Map<Thread, Wait> waits, Map<Thread, HeldLocks.Blocked> blocked, boolean settled) {
        if (from.isPumping() || from.isSummoned()) {
            return null;
        }
        var deadlock = new Deadlock(waits, blocked, settled);
        return deadlock.canNeverGoOn(from) ? deadlock : null;
    }

    private boolean canNeverGoOn(Wait from) {
        if (canGoOn(from.thread(), false)) {
            return false;
        }
        reach(from.thread(), stuck);
        stuck.removeIf(thread -> thread != from.thread() && willGoOn(waits.get(thread)));
        while (stuck.removeIf(thread -> canGoOn(thread, true))) {
            if (!stuck.contains(from.thread())) {
                return false;
            }
        }
        return stuck.contains(from.thread()) && dependsOnItself(from.thread()) && isNewest(from);
    }

    /** Whether all the others waited before: so every cycle is reported to one thread, at the same one at every look. */
    private boolean isNewest(Wait from) {
        return stuck.stream().map(waits::get).allMatch(wait -> wait == null || wait.order <= from.order);
    }

    private static boolean willGoOn(@Nullable Wait wait) {
        return wait != null && (wait.hasLimit() || wait.isPumping() || wait.isSummoned());
    }

    private boolean dependsOnItself(Thread thread) {
        Set<Thread> reached = new LinkedHashSet<>();
        for (Thread next : dependsOn(thread)) {
            reach(next, reached);
        }
        stuck.retainAll(reached);
        return reached.contains(thread);
    }

    private void reach(Thread from, Set<Thread> reached) {
        if (reached.add(from)) {
            for (Thread next : dependsOn(from)) {
                reach(next, reached);
            }
        }
    }

    /** The waiting or blocked threads that could bring this one to go on. */
    private List<Thread> dependsOn(Thread thread) {
        List<Thread> found = new ArrayList<>();
        Wait wait = waits.get(thread);
        if (wait == null) {
            addKnown(blockedBy(thread).holder(), found);
            return found;
        }
        Awaited awaited = wait.awaited();
        if (awaited.isPlace()) {
            addServers(awaited.core(), found);
        }
        for (Call<?> call : awaited.calls()) {
            if (call.hasNotBegun()) {
                addServers(call.core(), found);
            } else {
                addKnown(call.runner(), found);
            }
        }
        return found;
    }

    private void addServers(Core core, List<Thread> found) {
        core.servers().candidates(Set.of()).forEach(thread -> addKnown(thread, found));
    }

    private void addKnown(@Nullable Thread thread, List<Thread> found) {
        if (mayBeStuck(thread)) {
            found.add(thread);
        }
    }

    private boolean mayBeStuck(@Nullable Thread thread) {
        return thread != null && (waits.containsKey(thread) || blocked.containsKey(thread));
    }

    /**
     * Whether something can happen that lets the thread go on, if none of the stuck ever does.
     *
     * @param searched whether the stuck are known; otherwise all that wait or are blocked may be
     */
    private boolean canGoOn(Thread thread, boolean searched) {
        Wait wait = waits.get(thread);
        if (wait == null) {
            return !isStuck(blockedBy(thread).holder(), searched);
        }
        Awaited awaited = wait.awaited();
        if (awaited.isPlace() && canServe(awaited.core(), searched)) {
            return true;
        }
        List<Call<?>> calls = awaited.calls();
        for (Call<?> call : calls) {
            if (call.isDone() || canEnd(call, searched)) {
                return true;
            }
        }
        return calls.isEmpty() && !awaited.isPlace();
    }

    private boolean canEnd(Call<?> call, boolean searched) {
        return call.hasNotBegun() ? canServe(call.core(), searched) : !isStuck(call.runner(), searched);
    }

    private boolean canServe(Core core, boolean searched) {
        return core.servers().canServeWithout(thread -> isStuck(thread, searched), settled);
    }

    private boolean isStuck(@Nullable Thread thread, boolean searched) {
        return searched ? thread != null && stuck.contains(thread) : mayBeStuck(thread);
    }

    /** What each of the threads waits for, to tell later whether it still does. */
    Map<Thread, Object> edges() {
        Map<Thread, Object> edges = new HashMap<>();
        for (Thread thread : stuck) {
            Wait wait = waits.get(thread);
            edges.put(thread, wait != null ? wait : blockedBy(thread));
        }
        return edges;
    }

    private HeldLocks.Blocked blockedBy(Thread thread) {
        return requireNonNull(blocked.get(thread));
    }

    @Override
    public String toString() {
        var text = new StringBuilder("waiting would never end, because these threads wait for each other:");
        for (Thread thread : stuck) {
            Wait wait = waits.get(thread);
            Call<?> running = Receiver.currentOf(thread);
            text.append("\n  ")
                    .append(CallReport.name(thread))
                    .append(" waits for ")
                    .append(wait != null ? wait.awaited() : blockedBy(thread).lock());
            if (running != null) {
                text.append(", while it runs ").append(running.describe());
            }
            Trace.ofUser(thread.getStackTrace(), STACK_LINES)
                    .forEach(frame -> text.append("\n    at ").append(frame));
        }
        return text.toString();
    }
}
