package dev.callqueue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one queue that have not begun, in the order in which they came; knows order, not what a call is for.
 *
 * <p>The line is what is in its {@link Inbox}, and before that the <i>elders</i>: calls that were left of the inbox when it was
 * swept. Not thread-safe: guarded by the lock of its queue, except {@link #push}, {@link #hasCalls}, {@link #showsCall},
 * {@link #lastTicket()} and {@link #isTelling}.
 *
 * <p>Each call has a ticket, its number counted from 1, in the order of coming.
 *
 * <p>A call that is withdrawn, or run out of turn, is dead from then on: it holds its op no longer and is not counted by the
 * queue, but stays in its place until it is passed, or until so many are dead that the line is {@linkplain #sweep swept}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a call that is passed and forgotten is ended by who has claimed it
final class Line {
    /** No limit to the number of calls. */
    static final int UNBOUNDED = Integer.MAX_VALUE;

    /** Places behind this one are not counted, because that would take too long. */
    static final int FAR = 1000;

    /** As a limit of tickets: none, but whoever asks will ask again, and need not wait for a call that comes just now. */
    static final long WHATEVER_SHOWS = Long.MAX_VALUE - 1;

    /** So few dead calls are not worth a sweep. */
    private static final int FEW = 64;

    private final int capacity;
    private final Inbox inbox;
    private Deque<Elder> elders = NO_ELDERS;

    /** Whether there are elders; written under the lock, read by anyone. */
    private volatile boolean hasElders;

    /**
     * Whether the next call has to be let in under the lock. Written under it; who reads it without may see what was, and then looks
     * on the CPU a little in vain, or not at all, before he looks again under the lock.
     */
    private boolean telling = true;

    /** How many calls have died here since the last sweep; some of them may have been passed. */
    private long dead;

    /** Of all lines that have never had any; nobody adds one to it. */
    private static final Deque<Elder> NO_ELDERS = new ArrayDeque<>(0);

    private record Elder(Call<?> call, long ticket) {}

    Line(int capacity) {
        this(capacity, 0);
    }

    /** @param arrived how many calls are to have come and gone before the first one */
    Line(int capacity, long arrived) {
        this.capacity = capacity;
        this.inbox = new Inbox(arrived, limit(arrived));
    }

    int capacity() {
        return capacity;
    }

    boolean isBounded() {
        return capacity != UNBOUNDED;
    }

    /** How many calls may have come when so many have gone. */
    private long limit(long gone) {
        return isBounded() ? gone + capacity : Long.MAX_VALUE;
    }

    /** Whether there are calls; a dead one counts. Holds no lock, and may miss one that comes just now. */
    boolean hasCalls() {
        return hasElders || inbox.hasCalls();
    }

    /** Like {@link #hasCalls}, for who looks again and again; may miss a call while another thread takes one out. */
    boolean showsCall() {
        return hasElders || inbox.showsCall();
    }

    /** The ticket of the call that came last. */
    long lastTicket() {
        return inbox.arrived();
    }

    /** The ticket of the last call that has come up to that one, and for which therefore one may wait. */
    long lastTicket(long upToTicket) {
        return upToTicket == WHATEVER_SHOWS ? Handful.NONE_TO_AWAIT : Math.min(upToTicket, lastTicket());
    }

    // ---- coming

    /** Lets a call in without the lock, if that is possible. */
    Inbox.Push push(Call<?> call) {
        return inbox.push(call);
    }

    /** Lets a call in, if that is possible in a line that is not shut. */
    boolean append(Call<?> call) {
        return inbox.pushThoughTelling(call) == Inbox.Push.IN;
    }

    /** So many calls have gone: as many may come without the lock as there are places then. */
    void noteGone(long gone) {
        inbox.raiseLimit(limit(gone));
    }

    /** Says whether the next call has to be let in under the lock. */
    void tell(boolean wanted) {
        if (telling != wanted) {
            inbox.tell(wanted);
            telling = wanted;
        }
    }

    /** Whether the next call has to be let in under the lock; if another thread asks, maybe not any more. */
    boolean isTelling() {
        return telling;
    }

    /** Lets nothing in without the lock any more. */
    void shut() {
        inbox.shut();
    }

    // ---- going

    /** Forgets the calls that have gone, and the dead ones at the head. */
    void forgetGone() {
        passDead();
        inbox.clear();
    }

    private void passDead() {
        Elder elder = elders.peek();
        while (elder != null && !elder.call.hasNotBegun()) {
            pollElder();
            elder = elders.peek();
        }
        if (elder == null) {
            Call<?> first = inbox.peek();
            while (first != null && !first.hasNotBegun()) {
                inbox.pollFilled();
                first = inbox.peek();
            }
        }
    }

    /**
     * Takes out the first call that did not come after that ticket and can be claimed, for this thread to run.
     *
     * @param upToTicket {@link #WHATEVER_SHOWS} for a call that {@link #showsCall} would see
     */
    @Nullable
    Call<?> claimFirst(long upToTicket, Receiver me) {
        for (Call<?> call = poll(upToTicket); call != null; call = poll(upToTicket)) {
            if (me.claim(call)) {
                return call;
            }
        }
        return null;
    }

    private @Nullable Call<?> poll(long upToTicket) {
        if (hasElders) {
            return elders.getFirst().ticket > upToTicket ? null : pollElder();
        }
        if (inbox.taken() >= upToTicket) {
            return null;
        }
        return upToTicket == WHATEVER_SHOWS ? inbox.pollFilled() : inbox.poll();
    }

    private Call<?> pollElder() {
        Call<?> call = elders.removeFirst().call;
        if (elders.isEmpty()) {
            elders = NO_ELDERS;
            hasElders = false;
        }
        return call;
    }

    /** Hands over the next places, if all that are before them have been passed. */
    void lease(Handful handful, int atMost) {
        if (!hasElders) {
            inbox.lease(handful, atMost);
        }
    }

    /**
     * Claims the first call that the same thread made, up to and including that one, and leaves it as a dead one.
     *
     * @param upTo a call in the line, or one that is not in it
     */
    @Nullable
    Call<?> claimFirstOfCaller(Call<?> upTo, Receiver me) {
        List<Call<?>> claimed = new ArrayList<>(1);
        visit(call -> {
            if (call.isOfSameCaller(upTo) && me.claim(call)) {
                claimed.add(call);
                return false;
            }
            return call != upTo;
        });
        return claimed.isEmpty() ? null : claimed.get(0);
    }

    /** The first call that has not begun; null if there is none. */
    @Nullable
    Call<?> first() {
        passDead();
        Elder elder = elders.peek();
        if (elder != null) {
            return elder.call;
        }
        Call<?> first = inbox.peek();
        while (first == null && inbox.hasCalls()) { // a caller has taken the place up and is about to fill it
            Spin.giveWay();
            passDead();
            first = inbox.peek();
        }
        return first;
    }

    /** A call has died that may be here; there are so many others. */
    void noteDead(long alive) {
        passDead();
        dead++;
        if (dead > FEW && dead > alive) {
            try {
                sweep();
            } catch (VirtualMachineError noMemory) {
                // also an InternalError, where the JVM links something for the first time; nothing has been changed,
                // and the next one who withdraws tries again
                return;
            }
        }
    }

    /** Forgets the dead: what has not begun becomes an elder. */
    private void sweep() {
        List<Elder> alive = new ArrayList<>();
        for (Elder elder : elders) {
            if (elder.call.hasNotBegun()) {
                alive.add(elder);
            }
        }
        long firstTicket = inbox.taken() + 1;
        long[] seen = {0};
        inbox.visit(call -> {
            if (call == null) {
                return false; // what follows stays here, too
            }
            if (call.hasNotBegun()) {
                alive.add(new Elder(call, firstTicket + seen[0]));
            }
            seen[0]++;
            return true;
        });
        elders = new ArrayDeque<>(alive);
        hasElders = !alive.isEmpty(); // before the inbox shows fewer calls, to those who look without the lock
        for (; seen[0] > 0; seen[0]--) {
            inbox.pollFilled();
        }
        inbox.clear();
        dead = 0;
    }

    // ---- looking

    /** Where the call stands among those that have not begun, counted from 1, at most {@link #FAR}; 0 if it is not here. */
    int placeOf(Call<?> call) {
        int[] place = {0};
        boolean[] found = {false};
        visit(each -> {
            place[0] += each.hasNotBegun() ? 1 : 0;
            found[0] = each == call && each.hasNotBegun();
            return !found[0] && place[0] < FAR;
        });
        return found[0] || place[0] == FAR ? place[0] : 0;
    }

    /** The first calls that have not begun, at most so many. */
    List<Call<?>> head(int atMost) {
        List<Call<?>> head = new ArrayList<>();
        visit(call -> {
            if (call.hasNotBegun() && head.size() < atMost) {
                head.add(call);
            }
            return head.size() < atMost;
        });
        return head;
    }

    /** Whether one of the calls that have not begun is such, or is only just coming, so that nobody can tell. */
    boolean mayHave(Predicate<Call<?>> such) {
        boolean[] found = {false};
        visitPlaces(call -> {
            found[0] = call == null || (call.hasNotBegun() && such.test(call));
            return !found[0];
        });
        return found[0];
    }

    /** Shows the calls that are here, also those behind one that is just coming; that one may be missed. */
    private void visit(Predicate<Call<?>> goesOn) {
        visitPlaces(call -> call == null || goesOn.test(call));
    }

    /** As {@link #visit}, with null for a call that is just coming. */
    private void visitPlaces(Predicate<@Nullable Call<?>> goesOn) {
        for (Elder elder : elders) {
            if (!goesOn.test(elder.call)) {
                return;
            }
        }
        inbox.visit(goesOn);
    }
}
