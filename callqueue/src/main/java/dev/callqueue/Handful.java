package dev.callqueue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next few calls of a queue, leased from its line by the only thread that is inside a {@code receive…}, so that it
 * need not take the lock for each. They have not begun: whoever claims one first has it – that thread, one that comes
 * to receive too, or whoever withdraws it.
 *
 * <p>Leased under the lock of the queue, and run by the thread without it. They stay in the places of the {@link Inbox}
 * in which callers have left them: a reference written to an old object costs some garbage collectors a fence. Others take
 * calls out under the lock; both may take up the same call, and the claim decides.
 */
final class Handful {
    /** How many calls it holds: enough to make the lock cheap, few enough to keep withdrawn ones for a moment. */
    private static final int SIZE = 32;

    /** Numbers that keep apart what is written for every call and what lies beside it in the heap. */
    private static final int MARGIN = 16;

    /** Where in {@link #numbers} the place stands that is run next, ... */
    private static final int NEXT = MARGIN;

    /** ... the one where the places end, ... */
    private static final int END = MARGIN + 1;

    /** ... the one whose call runs now, or -1, ... */
    private static final int RUNNING = MARGIN + 2;

    /** ... and the ticket that a call in the first place would have. */
    private static final int FIRST_TICKET = MARGIN + 3;

    private static final Call<?>[] NO_PLACES = {};

    /** The thread's own, except that others may read them for a report, which shows what is plausible. */
    private final long[] numbers = new long[MARGIN + 4 + MARGIN];

    /** Where the calls are; set under the lock. */
    private @Nullable Call<?>[] places = NO_PLACES;

    Handful() {
        numbers[RUNNING] = -1;
    }

    private int next() {
        return (int) numbers[NEXT];
    }

    private int end() {
        return (int) numbers[END];
    }

    /** Under the lock, when it is empty: leases the first calls of the line, up to that ticket. */
    void fill(Line line, long upToTicket) {
        if (next() == end()) {
            line.lease(this, SIZE, upToTicket);
        }
    }

    /** Under the lock: has been given these places. */
    void take(@Nullable Call<?>[] leased, int from, int end, long firstTicket) {
        places = leased;
        numbers[NEXT] = from;
        numbers[END] = end;
        numbers[FIRST_TICKET] = firstTicket;
    }

    /**
     * Runs the first call that can be claimed and did not come after that ticket, in this thread, in which no other call
     * runs.
     *
     * @return false if there is none
     */
    boolean runNext(Receiver me, long upToTicket) {
        int end = end();
        for (int next = next(); next < end && numbers[FIRST_TICKET] + next <= upToTicket; next = next()) {
            @Nullable Call<?>[] mine = places;
            Call<?> call = mine[next];
            Object op = call == null ? null : call.claimToRun(me);
            numbers[NEXT] = next + 1; // not before: others must not find a call neither here nor begun
            if (call == null || op == null) {
                mine[next] = null;
                continue;
            }
            numbers[RUNNING] = next;
            try {
                me.run(call, op);
            } finally {
                numbers[RUNNING] = -1;
                mine[next] = null;
            }
            return true;
        }
        return false;
    }

    /** Takes out the first that can be claimed and did not come after that ticket, to be run inside of another one. */
    @Nullable
    Call<?> claimNext(Receiver me, long upToTicket) {
        int end = end();
        for (int next = next(); next < end && numbers[FIRST_TICKET] + next <= upToTicket; next = next()) {
            Call<?> call = places[next];
            boolean claimed = call != null && me.claim(call);
            places[next] = null; // not before: others must not find a call neither here nor begun
            numbers[NEXT] = next + 1;
            if (claimed) {
                return call;
            }
        }
        return null;
    }

    /** The call that runs now, if it is one of these. May be called by anyone. */
    @Nullable
    Call<?> running() {
        int place = (int) numbers[RUNNING];
        @Nullable Call<?>[] all = places;
        return place >= 0 && place < all.length ? all[place] : null;
    }

    /** Under the lock, by the thread: gives back what has not begun to the head of the line. */
    void giveBack(Line line) {
        for (int i = end() - 1; i >= next(); i--) {
            Call<?> call = places[i];
            places[i] = null;
            if (call != null && call.hasNotBegun()) {
                line.giveBack(call, numbers[FIRST_TICKET] + i);
            }
        }
        numbers[END] = next();
    }

    // ---- for others, under the lock

    /** Takes out and claims the first that can be. */
    @Nullable
    Call<?> steal(Receiver thief) {
        for (int i = next(); i < end(); i++) {
            Call<?> call = places[i];
            if (call != null && thief.claim(call)) {
                places[i] = null;
                return call;
            }
        }
        return null;
    }

    /** Takes out and claims the first that the same thread made, up to and including that one. */
    @Nullable
    Call<?> stealOfCaller(Call<?> upTo, Receiver thief) {
        for (int i = next(); i < end(); i++) {
            Call<?> call = places[i];
            if (call != null && call.isOfSameCaller(upTo) && thief.claim(call)) {
                places[i] = null;
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
        for (int i = next(); i < end(); i++) {
            if (places[i] == withdrawn) {
                places[i] = null;
                return true;
            }
        }
        return false;
    }

    /** Where the call stands among those that have not begun, counted from 1; 0 if it is not here. */
    int placeOf(Call<?> wanted) {
        int place = 0;
        for (int i = next(); i < end(); i++) {
            Call<?> call = places[i];
            if (call != null && call.hasNotBegun()) {
                place++;
                if (call == wanted) {
                    return place;
                }
            }
        }
        return 0;
    }

    /** The number of calls that have not begun. */
    int count() {
        int count = 0;
        for (int i = next(); i < end(); i++) {
            Call<?> call = places[i];
            if (call != null && call.hasNotBegun()) {
                count++;
            }
        }
        return count;
    }

    /** Adds those that have not begun. */
    void addTo(List<Call<?>> list) {
        for (int i = next(); i < end(); i++) {
            Call<?> call = places[i];
            if (call != null && call.hasNotBegun()) {
                list.add(call);
            }
        }
    }
}
