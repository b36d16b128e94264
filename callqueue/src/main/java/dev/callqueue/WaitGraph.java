package dev.callqueue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for what, in all queues: finds the calls that come back to a waiting thread, and the waits that would never
 * end.
 *
 * <p>Two kinds of edges: a <i>thread waits for a call</i>, kept here; and a <i>call runs on a thread</i>, or could run on
 * the threads that serve its queue, known to the call and the queue. An edge of the second kind comes into being only by
 * a thread that does not wait, so it is enough to search when a thread has looked in vain for what it waits for, at first
 * and whenever it was told to look again: whoever comes last sees the whole way, because searching and being seen are one
 * critical section. A thread that was told to look and has not yet looked in vain is not stuck. What no event tells – that a
 * thread is blocked on a lock, that a loop does not come to run what it was given, or that somebody else has got the place
 * that a thread wants – is found by the {@link Watch}, which has all waits looked at again and again while there are any.
 *
 * <p>A thread appears with its innermost wait only, and with none while it runs a call or its pump inside a wait.
 *
 * <p>Locks: this one is taken before that of any queue or harvest, and never while one of them is held. No code of users runs
 * under it, except that a {@code ThreadPoolExecutor} behind a loop is asked for its size.
 */
final class WaitGraph {
    private static final Mutex LOCK = new Mutex();

    /** The innermost wait of each waiting thread; guarded by {@link #LOCK}. */
    private static final Map<Thread, Wait> WAITS = new HashMap<>();

    /** Whether the {@link Watch} looks again and again; guarded by {@link #LOCK}. */
    private static boolean watched;

    private WaitGraph() {}

    /** Registers a wait of this thread, begun or resumed; the thread will look whether it has to wait at all. */
    static void enter(Wait wait) {
        boolean watch;
        StackRoom.check(); // for leave, too
        if (wait.hasLimit()) {
            wait.awaited().core().lookAtRunning(); // when its time is over, it will tell since when that ran
        }
        wait.toLeave = true;
        LOCK.lock();
        try {
            wait.attached = true; // before it can be told of the end, which makes it false
            if (!wait.awaited().attach(wait)) {
                wait.attached = false;
            }
            wait.unsettle();
            WAITS.put(wait.thread(), wait);
            watch = !watched;
            watched = true;
        } finally {
            LOCK.unlock();
        }
        if (watch && !Watch.overWaits()) {
            stopWatch();
        }
    }

    /**
     * A registered wait of this thread, which has looked in vain after it had been told so often: looks what follows from that
     * for this thread and others.
     */
    static void settle(Wait wait, int toldBefore) {
        LOCK.lock();
        try {
            wait.settle(toldBefore);
            if (WAITS.size() > 1 || wait.awaited().helper() != null || runsWhatItWaitsFor(wait)) {
                waitedForBy(wait).forEach(WaitGraph::sendErrands);
                Deadlock deadlock = Deadlock.search(wait, WAITS, Map.of(), false);
                if (deadlock != null) {
                    wait.condemn(deadlock.toString());
                } else {
                    ahead(wait, true).forEach(WaitGraph::condemnIfLimited);
                }
            }
        } finally {
            LOCK.unlock();
        }
    }

    private static boolean runsWhatItWaitsFor(Wait wait) {
        if (Receiver.currentOf(wait.thread()) == null) { // as most callers, who need not be asked further
            return false;
        }
        for (Call<?> call : wait.awaited().calls()) {
            if (call.isRunBy(wait.thread())) {
                return true;
            }
        }
        return false;
    }

    /** Its own limit is no reason to keep a thread waiting that has no other hope, though its limit is one to the others. */
    private static void condemnIfLimited(Wait wait) {
        Deadlock deadlock = wait.hasLimit() ? Deadlock.search(wait, WAITS, Map.of(), false) : null;
        if (deadlock != null) {
            wait.condemn(deadlock.toString());
        }
    }

    /** Takes a wait out while its thread does something else, or because it is over, if it is in; hands out its errands. */
    static List<Call<?>> leave(Wait wait) {
        if (!wait.toLeave) {
            return List.of();
        }
        LOCK.lockToUndo();
        try {
            WAITS.remove(wait.thread(), wait); // first, as the next one may find no memory
            wait.awaited().detach(wait);
            wait.toLeave = false;
            return wait.takeErrands();
        } finally {
            LOCK.unlock();
        }
    }

    /** For the {@link Watch}: looks for deadlocks that no event tells of; says whether there is still anybody who waits. */
    static boolean lookAgain() {
        LOCK.lock();
        try {
            if (WAITS.isEmpty()) {
                watched = false;
                return false;
            }
            Set<Core> cores = new HashSet<>();
            WAITS.values().forEach(wait -> addCores(wait.awaited(), cores));
            cores.forEach(Core::lookAtRunning);
            Map<Thread, HeldLocks.Blocked> blocked = HeldLocks.among(othersAwaited(cores), WAITS.keySet());
            Set<Thread> suspects = suspects(cores, blocked);
            for (Wait wait : WAITS.values()) {
                wait.suspect(suspects.contains(wait.thread()) ? Deadlock.search(wait, WAITS, blocked, true) : null);
            }
            return true;
        } finally {
            LOCK.unlock();
        }
    }

    private static void addCores(Awaited awaited, Set<Core> cores) {
        cores.add(awaited.core());
        if (awaited.isOfManyQueues()) {
            awaited.calls().forEach(call -> cores.add(call.core()));
        }
    }

    static void stopWatch() {
        LOCK.lockToUndo();
        try {
            watched = false;
        } finally {
            LOCK.unlock();
        }
    }

    /** The threads that do not wait here, and run or may run what others wait for, or help them in another way. */
    private static Set<Thread> othersAwaited(Set<Core> cores) {
        Set<Thread> threads = new HashSet<>();
        for (Wait wait : WAITS.values()) {
            Thread helper = wait.awaited().helper();
            if (helper != null) {
                threads.add(helper);
            }
        }
        for (Core core : cores) {
            threads.addAll(core.receiverThreads());
            threads.addAll(core.servers().candidates(Set.of()));
        }
        threads.removeAll(WAITS.keySet());
        return threads;
    }

    /**
     * The waiting threads at which a deadlock can have come about that was not one when the last of them looked in vain:
     * those that hold a lock; those of loops, of which one cannot tell at once that nobody else comes; and those that want
     * a place, which somebody else may have got since.
     */
    private static Set<Thread> suspects(Set<Core> cores, Map<Thread, HeldLocks.Blocked> blocked) {
        Set<Thread> suspects = new HashSet<>();
        blocked.values().forEach(each -> suspects.add(each.holder()));
        WAITS.forEach((thread, wait) -> {
            if (wait.awaited().isPlace()) {
                suspects.add(thread);
            }
        });
        for (Core core : cores) {
            if (core.servers() instanceof Loop loop) {
                suspects.addAll(loop.candidates(Set.of()));
            }
        }
        return suspects;
    }

    /** What the thread waits for, in words; null if it does not wait. */
    static @Nullable String describeWait(Thread thread) {
        LOCK.lock();
        try {
            Wait wait = WAITS.get(thread);
            return wait == null ? null : wait.awaited().toString();
        } finally {
            LOCK.unlock();
        }
    }

    /** That wait, and those of the threads that run what it is for, and what they wait for, and so on. */
    private static Set<Wait> waitedForBy(Wait from) {
        return ahead(from, false);
    }

    /** @param servers whether the threads that could run what has not begun count, too */
    private static Set<Wait> ahead(Wait from, boolean servers) {
        Set<Wait> found = new LinkedHashSet<>();
        Deque<Wait> ahead = new ArrayDeque<>(List.of(from));
        while (!ahead.isEmpty()) {
            Wait wait = ahead.pop();
            if (found.add(wait)) {
                pushWaitOf(wait.awaited().helper(), ahead);
                for (Call<?> call : wait.awaited().calls()) {
                    pushWaitOf(call.runner(), ahead);
                    if (servers && call.hasNotBegun()) {
                        call.core().servers().candidates(Set.of()).forEach(thread -> pushWaitOf(thread, ahead));
                    }
                }
            }
        }
        return found;
    }

    private static void pushWaitOf(@Nullable Thread thread, Deque<Wait> ahead) {
        Wait wait = WAITS.get(thread);
        if (wait != null) {
            ahead.push(wait);
        }
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
                    if (other != null && waitedForBy(other).contains(wait)) {
                        other.send(call);
                    }
                }
            }
        }
    }
}
