package dev.callqueue;

import static java.util.stream.Collectors.joining;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for what, in all queues: finds the calls that come back to a waiting thread, and the waits that would never
 * end.
 *
 * <p>Two kinds of edges: a <i>thread waits for a call</i>, kept here; and a <i>call runs on a thread</i>, or could run on
 * the threads that serve its queue, known to the call and the queue. An edge of the second kind comes into being only by
 * a thread that does not wait, so it is enough to look when a thread begins to wait: whoever comes last sees the whole
 * way, because looking and being seen are one critical section.
 *
 * <p>A thread appears with its innermost wait only, and with none while it runs a call or its pump inside a wait.
 *
 * <p>Locks: this one is taken before the lock of any queue. No code of users runs under it.
 */
final class WaitGraph {
    private static final ReentrantLock LOCK = new ReentrantLock();

    /** The innermost wait of each waiting thread; guarded by {@link #LOCK}. */
    private static final Map<Thread, Wait> WAITS = new HashMap<>();

    private WaitGraph() {}

    /** Whether a parked thread that serves the queue waits, directly or through others, for what this thread runs. */
    static boolean comesBackTo(Servers servers) {
        Thread current = Thread.currentThread();
        LOCK.lock();
        try {
            return servers.candidates(Set.of()).stream()
                    .map(WAITS::get)
                    .filter(Objects::nonNull)
                    .flatMap(wait -> waitedForBy(wait, new HashSet<>()).stream())
                    .flatMap(wait -> wait.awaited().calls().stream())
                    .anyMatch(call -> call.runner() == current);
        } finally {
            LOCK.unlock();
        }
    }

    /** Registers a wait of this thread, begun or resumed, and looks what follows from it for this thread and others. */
    static void enter(Wait wait) {
        LOCK.lock();
        try {
            wait.awaited().attach(wait);
            WAITS.put(wait.thread(), wait);
            if (WAITS.size() > 1) {
                waitedForBy(wait, new LinkedHashSet<>()).forEach(WaitGraph::sendErrands);
                findDeadlock(wait);
            }
        } finally {
            LOCK.unlock();
        }
    }

    /** Takes a wait out while its thread does something else; hands out its errands. */
    static List<Call<?>> pause(Wait wait) {
        LOCK.lock();
        try {
            wait.awaited().detach(wait);
            WAITS.remove(wait.thread(), wait);
            return wait.takeErrands();
        } finally {
            LOCK.unlock();
        }
    }

    /** Takes a wait out that is over. */
    static void leave(Wait wait) {
        pause(wait);
    }

    /** That wait, and those of the threads that run what it is for, and what they wait for, and so on. */
    private static Set<Wait> waitedForBy(Wait from, Set<Wait> found) {
        if (found.add(from)) {
            for (Call<?> call : from.awaited().calls()) {
                Wait next = WAITS.get(call.runner());
                if (next != null) {
                    waitedForBy(next, found);
                }
            }
        }
        return found;
    }

    /**
     * What is waited for and has not begun may have to be run by a thread that waits for the one who waits for it: the
     * call has come back to where its chain began or passed through.
     */
    private static void sendErrands(Wait wait) {
        for (Call<?> call : wait.awaited().calls()) {
            if (call.hasNotBegun()) {
                for (Thread thread : call.core().servers().candidates(WAITS.keySet())) {
                    Wait other = WAITS.get(thread);
                    if (other != null && waitedForBy(other, new HashSet<>()).contains(wait)) {
                        other.send(call);
                    }
                }
            }
        }
    }

    /**
     * Finds out whether the thread can go on only if it goes on itself. A cycle in which another thread has a time limit
     * or pumps is none: that one will go on.
     */
    private static void findDeadlock(Wait newest) {
        if (newest.isPumping() || newest.isSummoned()) {
            return;
        }
        Set<Wait> stuck = new LinkedHashSet<>();
        reach(newest, stuck);
        stuck.removeIf(each -> each != newest && (each.hasLimit() || each.isPumping() || each.isSummoned()));
        boolean fewer;
        do {
            fewer = stuck.removeIf(each -> canGoOn(each, stuck));
        } while (fewer); // who depended on those may go on, too
        if (stuck.contains(newest)) {
            newest.condemn(describe(stuck));
        }
    }

    private static void reach(Wait from, Set<Wait> reached) {
        if (!reached.add(from)) {
            return;
        }
        if (from.awaited().isPlace()) {
            reachThroughServers(from.awaited().core(), reached);
        }
        for (Call<?> call : from.awaited().calls()) {
            if (call.hasNotBegun()) {
                reachThroughServers(call.core(), reached);
            } else {
                reachThrough(call.runner(), reached);
            }
        }
    }

    private static void reachThroughServers(Core core, Set<Wait> reached) {
        core.servers().candidates(Set.of()).forEach(thread -> reachThrough(thread, reached));
    }

    private static void reachThrough(@Nullable Thread thread, Set<Wait> reached) {
        Wait wait = WAITS.get(thread);
        if (wait != null) {
            reach(wait, reached);
        }
    }

    /** Whether something can happen that ends the wait, if the threads of the others never go on. */
    private static boolean canGoOn(Wait wait, Set<Wait> stuck) {
        Awaited awaited = wait.awaited();
        if (awaited.isPlace()) {
            if (awaited.core().servers().canServeWithout(thread -> stuck.contains(WAITS.get(thread)))) {
                return true;
            }
        }
        boolean any = awaited.isPlace();
        for (Call<?> call : awaited.calls()) {
            any = true;
            Thread runner = call.runner();
            boolean mayEnd = call.isDone()
                    || (call.hasNotBegun()
                            ? call.core().servers().canServeWithout(thread -> stuck.contains(WAITS.get(thread)))
                            : runner == null || !stuck.contains(WAITS.get(runner)));
            if (mayEnd) {
                return true;
            }
        }
        return !any;
    }

    private static String describe(Set<Wait> stuck) {
        return stuck.stream()
                .map(wait -> "\n  " + CallReport.name(wait.thread()) + " waits for " + wait.awaited())
                .collect(joining("", "waiting would never end, because these threads wait for each other:", ""));
    }
}
