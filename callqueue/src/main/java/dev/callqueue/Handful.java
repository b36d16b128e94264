package dev.callqueue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next few calls of a queue, taken out of its line by the only thread that is inside a {@code receive…}, so that it
 * need not take the lock for each. They have not begun: whoever claims one first has it – that thread, one that comes
 * to receive too, or whoever withdraws it.
 *
 * <p>Filled under the lock of the queue, and emptied by the thread without it. Others take calls out under the lock; both
 * may take up the same call, and the claim decides.
 */
final class Handful {
    /** How many calls it holds: enough to make the lock cheap, few enough to keep withdrawn ones for a moment. */
    private static final int SIZE = 32;

    private final @Nullable Call<?>[] calls = new Call<?>[SIZE];
    private final long[] tickets = new long[SIZE];

    /** The next to be taken out, and where they end; the thread's own. */
    private int next;

    private int end;

    /** Under the lock, when it is empty: takes the first calls out of the line, up to that ticket. */
    void fill(Line line, long upToTicket) {
        next = 0;
        end = 0;
        line.moveInto(this, upToTicket);
    }

    boolean hasRoom() {
        return end < SIZE;
    }

    void add(Call<?> call, long ticket) {
        calls[end] = call;
        tickets[end] = ticket;
        end++;
    }

    /** Takes out the first that can be claimed and did not come after that ticket. */
    @Nullable
    Call<?> claimNext(Receiver me, long upToTicket) {
        while (next < end) {
            Call<?> call = calls[next];
            if (call != null) {
                if (tickets[next] > upToTicket) {
                    return null;
                }
                boolean claimed = call.claimToRun(me);
                calls[next] = null; // not before: others must not find a call neither here nor begun
                if (claimed) {
                    next++;
                    return call;
                }
            }
            next++;
        }
        return null;
    }

    /** Under the lock: gives back what has not begun to the head of the line. */
    void giveBack(Line line) {
        while (end > next) {
            Call<?> call = calls[--end];
            calls[end] = null;
            if (call != null && call.hasNotBegun()) {
                line.giveBack(call, tickets[end]);
            }
        }
    }

    // ---- for others, under the lock

    /** Takes out and claims the first that can be. */
    @Nullable
    Call<?> steal(Receiver thief) {
        for (int i = 0; i < end; i++) {
            Call<?> call = calls[i];
            if (call != null && call.claimToRun(thief)) {
                calls[i] = null;
                return call;
            }
        }
        return null;
    }

    /** Takes out and claims the first that the same thread made, up to and including that one. */
    @Nullable
    Call<?> stealOfCaller(Call<?> upTo, Receiver thief) {
        for (int i = 0; i < end; i++) {
            Call<?> call = calls[i];
            if (call != null && call.isOfSameCaller(upTo) && call.claimToRun(thief)) {
                calls[i] = null;
                return call;
            }
            if (call == upTo) {
                return null;
            }
        }
        return null;
    }

    /** Forgets a call that has been withdrawn; false if it was not here. */
    boolean remove(Call<?> withdrawn) {
        for (int i = 0; i < end; i++) {
            if (calls[i] == withdrawn) {
                calls[i] = null;
                return true;
            }
        }
        return false;
    }

    /** The number of calls that have not begun. */
    int count() {
        int count = 0;
        for (int i = 0; i < end; i++) {
            Call<?> call = calls[i];
            if (call != null && call.hasNotBegun()) {
                count++;
            }
        }
        return count;
    }

    /** Where the call stands among those that have not begun, counted from 1; 0 if it is not here. */
    int placeOf(Call<?> wanted) {
        int place = 0;
        for (int i = 0; i < end; i++) {
            Call<?> call = calls[i];
            if (call != null && call.hasNotBegun()) {
                place++;
                if (call == wanted) {
                    return place;
                }
            }
        }
        return 0;
    }

    /** Adds those that have not begun. */
    void addTo(List<Call<?>> list) {
        for (int i = 0; i < end; i++) {
            Call<?> call = calls[i];
            if (call != null && call.hasNotBegun()) {
                list.add(call);
            }
        }
    }
}
