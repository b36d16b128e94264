package dev.callqueue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The receivers of one queue that wait for a call to come: some <i>look</i> for it, others <i>sleep</i>, parked or about to be.
 * Guarded by the lock of the queue.
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

    /** Those that sleep, in the order in which they fell asleep; unchanged if there is no memory for one more. */
    private final List<Receiver> asleep = new ArrayList<>(2);

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
        if (!receiver.asleep) {
            asleep.add(receiver);
            receiver.asleep = true;
            looking--;
        }
    }

    /** The receiver, which may look or sleep, waits no longer. */
    void leave(Receiver receiver) {
        if (!receiver.isIdle) {
            return;
        }
        receiver.isIdle = false;
        if (receiver.asleep) {
            asleep.remove(receiver);
            receiver.asleep = false;
        } else {
            looking--;
        }
    }

    /** Whether somebody sleeps who has to be woken for the next call, because nobody looks. */
    boolean wantToBeWoken() {
        return looking == 0 && !asleep.isEmpty();
    }

    /** Has one that sleeps look again, if that is necessary; he has to be unparked without the lock. */
    @Nullable
    Receiver wakeOne() {
        if (!wantToBeWoken()) {
            return null;
        }
        Receiver first = asleep.remove(0);
        first.asleep = false;
        looking++;
        return first;
    }

    /** Wakes all that sleep; needs no memory. */
    void wakeAll() {
        for (int i = 0; i < asleep.size(); i++) { // by numbers, as an iterator is an object
            Receiver each = asleep.get(i);
            each.asleep = false;
            looking++;
            each.wake();
        }
        asleep.clear();
    }
}
