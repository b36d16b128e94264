package dev.callqueue;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
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

    /** The thread whose wait is asked about. */
    private final Thread asker;

    private final Map<Thread, Wait> waits;
    private final Map<Thread, HeldLocks.Blocked> blocked;

    /** Whether all that was given to loops has had the time to begin. */
    private final boolean settled;

    /** Those that can go on only by each other, beginning with the one from which the search began. */
    private final Set<Thread> stuck = new LinkedHashSet<>();

    private Deadlock(Thread asker, Map<Thread, Wait> waits, Map<Thread, HeldLocks.Blocked> blocked, boolean settled) {
        this.asker = asker;
        this.waits = waits;
        this.blocked = blocked;
        this.settled = settled;
    }

    /** The deadlock that the wait is part of, or null. */
    static @Nullable Deadlock search(
            Wait from, Map<Thread, Wait> waits, Map<Thread, HeldLocks.Blocked> blocked, boolean settled) {
        if (from.goesOnByItself()) {
            return null;
        }
        var deadlock = new Deadlock(from.thread(), waits, blocked, settled);
        return deadlock.canNeverGoOn(from) ? deadlock : null;
    }

    private boolean canNeverGoOn(Wait from) {
        if (canGoOn(from.thread(), this::mayBeStuck)) {
            return false;
        }
        stuck.addAll(reachableFrom(List.of(from.thread())));
        stuck.removeIf(thread -> thread != from.thread() && willGoOn(waits.get(thread)));
        dropThoseThatCanGoOn();
        if (!stuck.contains(from.thread())) {
            return false;
        }
        Set<Thread> behind = reachableFrom(dependsOn(from.thread()));
        stuck.retainAll(behind);
        return behind.contains(from.thread());
    }

    private static boolean willGoOn(@Nullable Wait wait) {
        return wait != null && (wait.hasLimit() || wait.goesOnByItself());
    }

    /** Begins with the last ones reached, on which those before depend: so one pass is mostly enough. */
    private void dropThoseThatCanGoOn() {
        List<Thread> order = new ArrayList<>(stuck);
        Collections.reverse(order);
        boolean fewer;
        do {
            fewer = false;
            for (Thread thread : order) {
                if (stuck.contains(thread) && canGoOn(thread, stuck::contains)) {
                    stuck.remove(thread);
                    fewer = true;
                }
            }
        } while (fewer);
    }

    /** Those threads, and all that one comes to from them, in depth first order. */
    private Set<Thread> reachableFrom(Collection<Thread> threads) {
        Set<Thread> reached = new LinkedHashSet<>();
        Deque<Thread> ahead = new ArrayDeque<>(threads);
        while (!ahead.isEmpty()) {
            Thread thread = ahead.pop();
            if (reached.add(thread)) {
                dependsOn(thread).forEach(ahead::push);
            }
        }
        return reached;
    }

    /** The waiting or blocked threads that could bring this one to go on. */
    private List<Thread> dependsOn(Thread thread) {
        List<Thread> found = new ArrayList<>();
        Wait wait = waits.get(thread);
        Call<?> interruptible = interruptibleRunBy(thread);
        if (interruptible != null) {
            addCallerOf(interruptible, found);
        }
        if (wait == null) {
            addKnown(blockedBy(thread).holder(), found);
            return found;
        }
        Awaited awaited = wait.awaited();
        addKnown(awaited.helper(), found);
        if (awaited.isPlace()) {
            addServers(awaited.core(), found);
            awaited.core().visitPlacedWithLimit(call -> {
                if (call.isAwaited() && call.hasLimit()) {
                    addCallerOf(call, found);
                }
                return false;
            });
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

    /** The caller, who has to see that the time of his call is over; one who waits for it will, whatever others do. */
    private void addCallerOf(Call<?> call, List<Thread> found) {
        Thread caller = call.caller();
        if (!waitsFor(caller, call)) {
            addKnown(caller, found);
        }
    }

    private boolean waitsFor(@Nullable Thread thread, Call<?> call) {
        Wait wait = thread == null ? null : waits.get(thread);
        return wait != null && wait.awaited().calls().contains(call);
    }

    private void addKnown(@Nullable Thread thread, List<Thread> found) {
        if (mayBeStuck(thread)) {
            found.add(thread);
        }
    }

    private boolean mayBeStuck(@Nullable Thread thread) {
        return thread != null && (waits.containsKey(thread) || blocked.containsKey(thread));
    }

    /** Whether something can happen that lets the thread go on, if none of those that may be stuck ever does. */
    private boolean canGoOn(Thread thread, Predicate<Thread> mayBeStuck) {
        Wait wait = waits.get(thread);
        Call<?> interruptible = interruptibleRunBy(thread);
        if (interruptible != null && canBeGivenUp(interruptible, mayBeStuck)) {
            return true;
        }
        if (wait == null) {
            return !mayBeStuck.test(blockedBy(thread).holder());
        }
        Awaited awaited = wait.awaited();
        if (awaited.isPlace() && canMakePlace(awaited.core(), mayBeStuck)) {
            return true;
        }
        Thread helper = awaited.helper();
        if (helper != null && !mayBeStuck.test(helper)) {
            return true;
        }
        List<Call<?>> calls = awaited.calls();
        for (Call<?> call : calls) {
            if (call.isDone() || canEnd(call, mayBeStuck)) {
                return true;
            }
        }
        return calls.isEmpty() && !awaited.isPlace() && helper == null;
    }

    private boolean canMakePlace(Core core, Predicate<Thread> mayBeStuck) {
        return core.hasPlace()
                || canServe(core, mayBeStuck)
                || core.visitPlacedWithLimit(
                        call -> call.endsInTime() || (call.hasLimit() && canBeGivenUp(call, mayBeStuck)));
    }

    /** The call that the thread runs, if that will be interrupted when the time of its caller is over, and the thread can see it. */
    private static @Nullable Call<?> interruptibleRunBy(Thread thread) {
        Call<?> running = Receiver.currentOf(thread);
        return running != null && running.isInterruptedInTime() && thread.getState() != Thread.State.BLOCKED
                ? running
                : null;
    }

    /**
     * Whether the caller of that call, who is not the one that asks, will see when its time is over: he waits for it, or runs something
     * meanwhile that is not stuck.
     */
    private boolean canBeGivenUp(Call<?> call, Predicate<Thread> mayBeStuck) {
        Thread caller = call.caller();
        if (caller == null || caller == asker) {
            return caller == null; // it is just being given up
        }
        return waitsFor(caller, call) || !mayBeStuck.test(caller);
    }

    private boolean canEnd(Call<?> call, Predicate<Thread> mayBeStuck) {
        if (call.endsInTime()) {
            return true;
        }
        if (call.hasNotBegun()) {
            return canServe(call.core(), mayBeStuck);
        }
        Thread runner = call.runner();
        return runner == null || !mayBeStuck.test(runner);
    }

    private boolean canServe(Core core, Predicate<Thread> mayBeStuck) {
        return core.servers().canServeWithout(mayBeStuck, settled);
    }

    /** What each of the threads waits for, to tell later whether it still does. */
    Map<Thread, Object> edges() {
        Map<Thread, Object> edges = new HashMap<>();
        for (Thread thread : stuck) {
            Wait wait = waits.get(thread);
            edges.put(thread, wait != null ? Map.entry(wait, wait.timesTold()) : blockedBy(thread));
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
