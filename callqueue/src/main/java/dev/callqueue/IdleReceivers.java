package dev.callqueue;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The receivers of one queue that wait for a call to come: some <i>look</i> for it, others <i>sleep</i>, parked or about to be.
 * Guarded by the lock of the queue; needs no memory.
 *
 * <p>As long as one looks, nobody needs to be woken for a call that comes. Whoever takes a call looks no longer, and then the
 * next one is woken if there is more to do: so a crowd wakes up one by one, as far as it is needed.
 *
 * <pre>
 *   busy --look--> looking --sleep--> asleep --wakeOne, wakeAll--> looking
 *                  looking, asleep --leave--> busy
 * </pre>
 */
final class IdleReceivers {
    /** More than so many need not look at the same time; they would keep each other, and callers, from the CPUs. */
    private static final int ENOUGH = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    /** Who has slept longest, and from there by {@link Receiver#nextAsleep} all that sleep, in the order in which they fell asleep. */
    private @Nullable Receiver first;

    /** Who fell asleep last. */
    private @Nullable Receiver last;

    /** How many look. */
    private int looking;

    /** The receiver begins to look for a call, or goes on. */
    void look(Receiver receiver) {
        if (!receiver.isIdle) {
            receiver.isIdle = true;
            looking++;
        }
    }

    /** Whether so many look that one of them may as well sleep. */
    boolean areEnough() {
        return looking > ENOUGH;
    }

    /** The receiver, which has looked, is going to park. */
    void sleep(Receiver receiver) {
        if (receiver.asleep) {
            return;
        }
        if (last == null) {
            first = receiver;
        } else {
            last.nextAsleep = receiver;
        }
        last = receiver;
        receiver.asleep = true;
        looking--;
    }

    /** The receiver, which may look or sleep, waits no longer. */
    void leave(Receiver receiver) {
        if (!receiver.isIdle) {
            return;
        }
        receiver.isIdle = false;
        if (receiver.asleep) {
            unlink(receiver);
            receiver.asleep = false;
        } else {
            looking--;
        }
    }

    /** Takes one that sleeps out of those that do. */
    private void unlink(Receiver receiver) {
        Receiver before = null;
        for (Receiver each = first; each != receiver; each = requireNonNull(each).nextAsleep) {
            before = each;
        }
        Receiver after = receiver.nextAsleep;
        if (before == null) {
            first = after;
        } else {
            before.nextAsleep = after;
        }
        if (after == null) {
            last = before;
        }
        receiver.nextAsleep = null;
    }

    /** Whether somebody sleeps who has to be woken for the next call, because nobody looks. */
    boolean wantToBeWoken() {
        return looking == 0 && first != null;
    }

    /** Has one that sleeps look again, if that is necessary; he has to be unparked without the lock. */
    @Nullable
    Receiver wakeOne() {
        return wantToBeWoken() ? lookAgain() : null;
    }

    /** Wakes all that sleep. */
    void wakeAll() {
        for (Receiver woken = lookAgain(); woken != null; woken = lookAgain()) {
            woken.wake();
        }
    }

    /** Has the one that has slept longest look again; null if nobody sleeps. */
    private @Nullable Receiver lookAgain() {
        Receiver woken = first;
        if (woken != null) {
            unlink(woken);
            woken.asleep = false;
            looking++;
        }
        return woken;
    }
}
