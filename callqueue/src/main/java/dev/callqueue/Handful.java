package dev.callqueue;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The next few places of a queue, leased from its line, so that a receiver that is alone need not take the lock for each call.
 * Calls that stand there have not begun: whoever claims one first has it – the <i>holder</i> of the handful, another receiver,
 * or whoever withdraws it.
 *
 * <p>A queue has one handful. Under the lock of the queue it is filled, and taken up or left by its holder, who runs its calls
 * without the lock; others take calls out under the lock. Both may try to claim the same call, and the claim decides. What its
 * holder leaves in it is for the next receiver.
 *
 * <p>The places are those of the {@link Inbox} in which callers leave their calls: a reference written to an old object costs
 * some garbage collectors a fence. Calls may still be coming into the last of them:
 *
 * <pre>
 *   null --caller--> Call --taken, withdrawn or refused, here or, in a bounded queue, before--> GONE
 * </pre>
 */
final class Handful {
    /** What stands in a place instead of a call that is not there any more; so an empty place is always one of a call to come. */
    private static final Object GONE = new Object();

    /** How many places it has: enough to make the lock cheap, few enough to keep withdrawn ones for a moment. */
    private static final int SIZE = 32;

    /** So long, and so many looks, it takes no call to begin, unless there is neither stack nor memory for it. */
    private static final long LONGEST_BEGINNING_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int LOOKS_AT_A_BEGINNING = 1000;

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

    /** As a ticket: there is no call to wait for. */
    static final long NONE_TO_AWAIT = 0;

    private static final Object[] NO_PLACES = {};

    /**
     * END and FIRST_TICKET are written under the lock. NEXT is written by the holder without it, and under it where there is no
     * holder; so others, under the lock, may find it too low, and then meet places that are {@link #GONE} or calls that they cannot
     * claim, but never pass one that has not begun. RUNNING is the holder's; others may read it: exact if the holder has
     * entered the wait graph since, under whose lock they do, and otherwise what was a moment ago.
     */
    private final long[] numbers = new long[MARGIN + 4 + MARGIN];

    /** Where the calls are; set under the lock, read under it, by the holder, and by anyone for a report. */
    private @Nullable Object[] places = NO_PLACES;

    /** Who runs the calls without the lock; set under it, used by that thread itself. */
    private volatile @Nullable Receiver holder;

    /** The queue, if anybody may want the places that its calls leave. */
    private final @Nullable Core bounded;

    /** @param bounded the queue, if it is a bounded one */
    Handful(@Nullable Core bounded) {
        this.bounded = bounded;
        numbers[RUNNING] = -1;
    }

    private int next() {
        return (int) numbers[NEXT];
    }

    private int end() {
        return (int) numbers[END];
    }

    private long ticket(int place) {
        return numbers[FIRST_TICKET] + place;
    }

    private @Nullable Object at(int place) {
        return Inbox.at(places, place);
    }

    /** Under the lock, by a receiver that is alone: takes the handful up, and fills it from the line if it is used up. */
    void hold(Receiver me, Line line) {
        if (holder != me) {
            holder = me;
        }
        if (isUsedUp()) {
            line.lease(this, SIZE);
        }
    }

    /** Whether the receiver, this thread, holds places that are not used up. */
    boolean isHeldBy(Receiver me) {
        return holder == me && !isUsedUp();
    }

    private boolean isUsedUp() {
        return next() == end();
    }

    /** Under the lock: the receiver leaves. */
    void leave(Receiver me) {
        if (holder == me) {
            holder = null;
        }
    }

    /** Under the lock: has been given these places. */
    void take(@Nullable Object[] leased, int from, int end, long firstTicket) {
        if (bounded != null) {
            forgetDead(leased, from, end);
        }
        places = leased;
        numbers[NEXT] = from;
        numbers[END] = end;
        numbers[FIRST_TICKET] = firstTicket;
    }

    /**
     * Runs the first call that can be claimed and did not come after that ticket, in this thread, in which no other call
     * runs.
     *
     * @return false if none is here yet, or this receiver does not hold the handful
     */
    boolean runNext(Receiver me, long upToTicket) {
        if (holder != me) {
            return false;
        }
        int end = end();
        for (int next = next(); next < end && ticket(next) <= upToTicket; next = next()) {
            Object there = at(next);
            if (there == null) {
                return false;
            }
            Object op = there instanceof Call<?> call ? call.claimToRun(me) : null;
            if (op != null && bounded != null) {
                VarHandle.fullFence(); // after its count; before NEXT, and before the look who wants its place
            }
            numbers[NEXT] = next + 1L; // not before: others must not find a call neither here nor begun
            @Nullable Object[] mine = places;
            if (op == null) {
                mine[next] = GONE;
                continue;
            }
            numbers[RUNNING] = next;
            try {
                if (bounded != null) {
                    bounded.notePlaceLeft((Call<?>) there, me);
                }
                me.run((Call<?>) there, op);
            } finally {
                numbers[RUNNING] = -1;
                mine[next] = GONE;
            }
            return true;
        }
        return false;
    }

    /** The call that runs now, if it is one of these. May be called by anyone. */
    @Nullable
    Call<?> running() {
        int place = (int) numbers[RUNNING];
        @Nullable Object[] all = places;
        return place >= 0 && place < all.length && all[place] instanceof Call<?> call ? call : null;
    }

    /** Whether there is none, or, if another thread just runs them, was none a moment ago. */
    boolean isEmpty(Line line) {
        int next = next();
        return next == end() || ticket(next) > line.lastTicket();
    }

    /** Whether a call is there that may not have begun, for who looks again and again. */
    boolean showsCall() {
        int end = end();
        for (int place = next(); place < end; place++) {
            Object there = at(place);
            if (there != GONE) {
                return there != null;
            }
        }
        return false;
    }

    // ---- under the lock

    /**
     * Takes out and claims the first that can be and did not come after that ticket.
     *
     * @param here up to which ticket it waits for a call that is about to be here
     */
    @Nullable
    Call<?> claimFirst(Receiver me, long upToTicket, long here) {
        boolean nobodyElses = holder == null || holder == me;
        for (int place = next(); place < end() && ticket(place) <= upToTicket; place++) {
            Object there = await(place, here);
            if (there == null) {
                return null;
            }
            boolean claimed = there instanceof Call<?> call && me.claim(call);
            if (claimed || nobodyElses) {
                places[place] = GONE;
            }
            if (nobodyElses) {
                numbers[NEXT] = place + 1L;
            }
            if (claimed) {
                return (Call<?>) there;
            }
        }
        return null;
    }

    private @Nullable Object await(int place, long here) {
        Object there = at(place);
        while (there == null && ticket(place) <= here) { // a caller has taken the place up and is about to fill it
            Spin.giveWay();
            there = at(place);
        }
        return there;
    }

    /** So that who sees a call here that has begun knows that it begins just now: all others are forgotten when they die. */
    private static void forgetDead(@Nullable Object[] leased, int from, int end) {
        for (int place = from; place < end; place++) {
            if (Inbox.at(leased, place) instanceof Call<?> call && !call.hasNotBegun()) {
                leased[place] = GONE;
            }
        }
    }

    /**
     * Of a bounded queue: waits for the few instructions until the holder, if it has just claimed a call, has counted it as begun.
     */
    void awaitCount() {
        long since = System.nanoTime();
        for (int looks = 0; isJustBeginning(); looks++) {
            if (looks >= LOOKS_AT_A_BEGINNING && System.nanoTime() - since >= LONGEST_BEGINNING_NANOS) {
                break; // it will never be counted
            }
            Spin.giveWay();
        }
        VarHandle.acquireFence(); // before the look at the count; pairs with the fence before NEXT is written
    }

    /** Of a bounded queue. */
    boolean isJustBeginning() {
        int next = next();
        return holder != null && next < end() && at(next) instanceof Call<?> call && !call.hasNotBegun();
    }

    /** Whether one of the calls that have not begun is such, or is only just coming, so that nobody can tell. */
    boolean mayHave(Predicate<Call<?>> such, Line line) {
        for (int place = next(); place < end(); place++) {
            Object there = at(place);
            if (there == null) {
                return ticket(place) <= line.lastTicket();
            }
            if (there instanceof Call<?> call && call.hasNotBegun() && such.test(call)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Claims the calls that came for never being run. The last ones first: so a holder, who may begin some meanwhile, begins none that
     * came after one that was refused.
     *
     * @param here the ticket of the last call that came
     */
    void refuseAll(Refusal refusal, long here) {
        int before = refusal.size();
        for (int place = end() - 1; place >= next(); place--) {
            if (ticket(place) <= here && await(place, here) instanceof Call<?> call && refusal.claims(call, before)) {
                places[place] = GONE;
            }
        }
    }

    /** Whether a call is here, or about to be, that has not begun. */
    boolean hasWaiting(Line line) {
        int first = firstNotBegun();
        return first < end() && ticket(first) <= line.lastTicket();
    }

    /** Whether no call is here or still to come, so that those in the line are next. */
    boolean isPassed() {
        return firstNotBegun() == end();
    }

    /** The first place of a call that has not begun, or is still to come; the end if there is none. */
    private int firstNotBegun() {
        for (int place = next(); place < end(); place++) {
            Object there = at(place); // looked at once, as a call may come just now
            if (there == null || (there instanceof Call<?> call && call.hasNotBegun())) {
                return place;
            }
        }
        return end();
    }

    /**
     * Takes out and claims the first that the same thread made, up to and including that one, as long as that one has not begun: the
     * holder may begin it meanwhile, and go beyond its place.
     */
    @Nullable
    Call<?> claimFirstOfCaller(Call<?> upTo, Receiver me) {
        for (int place = next(); place < end(); place++) {
            Object there = at(place);
            if (there instanceof Call<?> call && call.isOfSameCaller(upTo) && upTo.hasNotBegun() && me.claim(call)) {
                places[place] = GONE;
                return call;
            }
            if (there == upTo) {
                return null;
            }
        }
        return null;
    }

    /** Forgets a call that has been withdrawn; false if it was not here. */
    boolean remove(Call<?> withdrawn) {
        for (int place = next(); place < end(); place++) {
            if (at(place) == withdrawn) {
                places[place] = GONE;
                return true;
            }
        }
        return false;
    }

    /** Where the call stands among those that have not begun, counted from 1; 0 if it is not here. */
    int placeOf(Call<?> wanted) {
        return waiting().indexOf(wanted) + 1;
    }

    /** The number of calls that have not begun. */
    int count() {
        return waiting().size();
    }

    /** The calls that have not begun. */
    List<Call<?>> waiting() {
        List<Call<?>> waiting = new ArrayList<>();
        for (int place = next(); place < end(); place++) {
            if (at(place) instanceof Call<?> call && call.hasNotBegun()) {
                waiting.add(call);
            }
        }
        return waiting;
    }
}
