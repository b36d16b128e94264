package dev.callqueue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next few calls of a queue, leased from its line, so that a receiver that is alone need not take the lock for each. They
 * have not begun: whoever claims one first has it – the <i>holder</i> of the handful, another receiver, or whoever withdraws
 * it.
 *
 * <p>A queue has one handful. Under the lock of the queue it is filled, and taken up or left by its holder, who runs its calls
 * without the lock; others take calls out under the lock. Both may take up the same call, and the claim decides. What its
 * holder leaves in it is for the next receiver.
 *
 * <p>The calls stay in the places of the {@link Inbox} in which callers have left them: a reference written to an old object
 * costs some garbage collectors a fence.
 */
final class Handful {
    /** How many calls it holds: enough to make the lock cheap, few enough to keep withdrawn ones for a moment. */
    private static final int SIZE = 32;

    /** Numbers that keep what is written for every call a little apart from what lies beside it in the heap. */
    private static final int MARGIN = 4;

    /** Where in {@link #numbers} the place stands that is run next, ... */
    private static final int NEXT = MARGIN;

    /** ... the one where the places end, ... */
    private static final int END = MARGIN + 1;

    /** ... the one whose call runs now, or -1, ... */
    private static final int RUNNING = MARGIN + 2;

    /** ... and the ticket that a call in the first place would have. */
    private static final int FIRST_TICKET = MARGIN + 3;

    private static final Call<?>[] NO_PLACES = {};

    /** The holder's own, except that others may read them for a report, which shows what is plausible. */
    private final long[] numbers = new long[MARGIN + 4 + MARGIN];

    /** Where the calls are; set under the lock. */
    private @Nullable Call<?>[] places = NO_PLACES;

    /** Who runs the calls without the lock; set under it, used by that thread itself. */
    private volatile @Nullable Receiver holder;

    Handful() {
        numbers[RUNNING] = -1;
    }

    private int next() {
        return (int) numbers[NEXT];
    }

    private int end() {
        return (int) numbers[END];
    }

    /** Under the lock, by a receiver that is alone: takes the handful up, and fills it from the line if it is empty. */
    void hold(Receiver me, Line line, long upToTicket) {
        if (holder != me) {
            holder = me;
        }
        if (next() == end()) {
            line.lease(this, SIZE, upToTicket);
        }
    }

    /** Under the lock: the receiver leaves. */
    void leave(Receiver me) {
        if (holder == me) {
            holder = null;
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
     * @return false if there is none, or this receiver does not hold the handful
     */
    boolean runNext(Receiver me, long upToTicket) {
        if (holder != me) {
            return false;
        }
        int end = end();
        for (int next = next(); next < end && numbers[FIRST_TICKET] + next <= upToTicket; next = next()) {
            @Nullable Call<?>[] mine = places;
            Call<?> call = mine[next];
            Object op = call == null ? null : call.claimToRun(me);
            numbers[NEXT] = next + 1L; // not before: others must not find a call neither here nor begun
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

    /** The call that runs now, if it is one of these. May be called by anyone. */
    @Nullable
    Call<?> running() {
        int place = (int) numbers[RUNNING];
        @Nullable Call<?>[] all = places;
        return place >= 0 && place < all.length ? all[place] : null;
    }

    /** Whether there is none, or, if another thread just runs them, was none a moment ago. */
    boolean isEmpty() {
        return next() == end();
    }

    // ---- under the lock

    /** Takes out and claims the first that can be and did not come after that ticket. */
    @Nullable
    Call<?> claimFirst(Receiver me, long upToTicket) {
        boolean nobodyElses = holder == null || holder == me;
        for (int i = next(); i < end() && numbers[FIRST_TICKET] + i <= upToTicket; i++) {
            Call<?> call = places[i];
            boolean claimed = call != null && me.claim(call);
            if (claimed || nobodyElses) {
                places[i] = null;
            }
            if (nobodyElses) {
                numbers[NEXT] = i + 1L;
            }
            if (claimed) {
                return call;
            }
        }
        return null;
    }

    /** Takes out and claims the first that the same thread made, up to and including that one. */
    @Nullable
    Call<?> claimFirstOfCaller(Call<?> upTo, Receiver me) {
        for (int i = next(); i < end(); i++) {
            Call<?> call = places[i];
            if (call != null && call.isOfSameCaller(upTo) && me.claim(call)) {
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
