package dev.callqueue;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one queue that have not begun: first those in hand, then those in line, and, where the line is full, those of
 * callers that want a place in it. Guarded by the lock of the queue, except where another thing is said.
 *
 * <p>How many they are is what has come, less what has begun, less what never will. Each of these is counted by who brings it about:
 * calls that come by the ticket they take, calls that begin by the receiver that runs them. So there is no number that
 * callers and receivers both write.
 */
final class Backlog {
    /** Shared by all unbounded queues, where nobody ever wants a place. */
    private static final PlacesWanted NONE_WANTED = new PlacesWanted();

    private final Line line;

    /** The first calls of the line, for a receiver that is alone; guarded by the lock, except for that receiver. */
    private final Handful handful;

    /** Callers that wait for a place in the full line. */
    private final PlacesWanted wanted;

    /** Who runs the calls. */
    private final Visitors visitors;

    /** How many calls were begun by receivers that have left, less those that have begun and never were in the line. */
    private long begunByOthers;

    /** How many calls were claimed for never being run. */
    private long unrun;

    /** How many calls were refused together and are still to be ended; read by anyone. */
    private volatile int refused;

    /** Whether any call that may have a place ever had a time limit; set by anyone. */
    private volatile boolean limitsSeen;

    Backlog(Core core, int capacity, Visitors visitors) {
        this.line = new Line(capacity);
        this.handful = new Handful(line.isBounded() ? core : null);
        this.wanted = line.isBounded() ? new PlacesWanted() : NONE_WANTED;
        this.visitors = visitors;
    }

    int capacity() {
        return line.capacity();
    }

    // ---- without the lock

    /** Lets a call in, if that is possible without the lock. */
    Inbox.Push push(Call<?> call) {
        if (line.isBounded() && call.hasLimit()) {
            noteLimit();
        }
        return line.push(call);
    }

    /** A call has a time limit. */
    void noteLimit() {
        if (!limitsSeen) {
            limitsSeen = true;
        }
    }

    /** Whether a call may have one. */
    boolean mayHaveLimits() {
        return limitsSeen;
    }

    /** Whether there are calls; may miss one that comes just now or goes from the line into the hand. */
    boolean hasCalls() {
        return line.hasCalls() || !handful.isEmpty(line);
    }

    /** Like {@link #hasCalls}, for who looks again and again. */
    boolean showsCall() {
        return handful.showsCall() || line.showsCall();
    }

    /** Whether the next call comes into the hand of that receiver, this thread, and nobody has to be told of it. */
    boolean comesToHandOf(Receiver me) {
        return handful.isHeldBy(me) && !line.isTelling();
    }

    Handful handful() {
        return handful;
    }

    /** Whether a call was refused that is still to be ended. */
    boolean isRefusing() {
        return refused > 0;
    }

    /** Whether nobody wants a place; for who has left one, see {@link PlacesWanted#isEmpty}. */
    boolean isNoPlaceWanted() {
        return wanted.isEmpty();
    }

    // ---- how many

    int count() {
        long gone = countGone();
        return (int) Math.min(Integer.MAX_VALUE, line.lastTicket() - gone); // looked at last, so it is never below
    }

    /** As {@link #count}, where a call that somebody may know to run must not count. */
    int countExactly() {
        if (line.isBounded()) {
            handful.awaitCount();
        }
        return count();
    }

    /** The number of calls that were in the line and have begun or never will; never less than before. */
    private long countGone() {
        return unrun + begunByOthers + visitors.begun();
    }

    /** As far as calls that begin just now have been counted: who counts one looks for whoever wants its place. */
    boolean isFull() {
        return count() >= line.capacity();
    }

    /** Whether none waits, and none was refused and is still to be ended. */
    boolean isEmpty() {
        return count() == 0 && !isRefusing();
    }

    /** Whether a call waits. Quick, and for that a dead one that was not passed yet may count. */
    boolean mayHaveWaiting() {
        return line.hasCalls() || handful.hasWaiting(line);
    }

    /** The ticket of the call that came last. */
    long lastTicket() {
        return line.lastTicket();
    }

    // ---- coming

    /** Has the next caller come under the lock, if somebody has to be told of his call, or wants a place before him. */
    void tell(boolean toBeTold) {
        line.tell(toBeTold || !wanted.isEmpty());
    }

    /** Puts the call at the end of the line, if there is a place; somebody may have to be told then. */
    boolean append(Call<?> call) {
        if (!line.isBounded()) {
            return line.append(call);
        }
        line.noteGone(countGone());
        if (line.append(call)) {
            return true;
        }
        handful.awaitCount(); // somebody may know that the next call runs, and has left its place
        line.noteGone(countGone());
        return line.append(call);
    }

    /** As {@link #append(Call)}, with the call of that wish. */
    boolean append(Place place) {
        boolean in = append(place.call());
        if (in) {
            place.noteLetIn();
        }
        return in;
    }

    /** Lets nothing in without the lock any more, and has all look who want a place. */
    void shut() {
        line.shut();
        wanted.wakeAll();
    }

    // ---- wishes for a place

    void want(Place place) {
        line.tell(true);
        wanted.add(place);
    }

    void wantNoMore(Place place) {
        wanted.remove(place);
        wakeFirstWanted();
    }

    /** The caller with that wish looks for a place, in that wait, or, if that is null, does something else. */
    void attend(Place place, @Nullable Wait wait) {
        place.attend(wait);
        wakeFirstWanted();
    }

    /** The first wish whose caller looks for a place now. */
    @Nullable
    Place firstWanted() {
        return wanted.next();
    }

    /** The first wish of the caller of that call, if he does something else now. */
    @Nullable
    Place passedOverOf(Call<?> call) {
        return wanted.passedOverOf(call);
    }

    /** After a place has become free: has the first that wants one look. */
    void wakeFirstWanted() {
        Place first = wanted.next();
        if (first != null && !isFull()) {
            first.wake();
        }
    }

    void wakeAllWanted() {
        wanted.wakeAll();
    }

    // ---- going

    /** Claims the first call that came up to then, for this thread to run; a receiver that is alone takes up what follows. */
    @Nullable
    Call<?> claimFirst(Receiver me, long upToTicket) {
        Call<?> call = handful.claimFirst(me, upToTicket, line.lastTicket(upToTicket));
        if (call == null && handful.isPassed()) {
            call = line.claimFirst(upToTicket, me);
        }
        if (visitors.isOne() && !me.isRunning()) {
            handful.hold(me, line);
        }
        wakeFirstWanted();
        return call;
    }

    /** Claims the first call of the same caller, up to that one, wherever it is. */
    @Nullable
    Call<?> claimEarlierOfCaller(Receiver me, Call<?> upTo) {
        if (!upTo.hasNotBegun()) {
            return null;
        }
        Call<?> call = handful.claimFirstOfCaller(upTo, me);
        if (call == null && upTo.hasNotBegun()) { // it was not in the hand
            call = line.claimFirstOfCaller(upTo, me);
            if (call != null) {
                line.noteDead(count());
            }
        }
        if (call == null) {
            Place earlier = wanted.passedOverOf(upTo);
            Call<?> next = earlier == null ? upTo : earlier.call();
            boolean comesBack = wanted.include(next);
            if (me.claim(next)) {
                if (comesBack) { // before there was a place for it
                    begunByOthers--;
                }
                call = next;
            }
        }
        wakeFirstWanted();
        return call;
    }

    /**
     * Claims a call that has come for never being run, and counts it no longer.
     *
     * @param withdrawn whether on behalf of its maker, and not because nobody will run it
     * @return its op, or null if it has been claimed before
     */
    @Nullable
    Object claimUnrun(Call<?> call, boolean withdrawn) {
        Object op = call.claimUnrun(withdrawn);
        if (op != null) {
            forget(call);
        }
        return op;
    }

    /** Claims a call that has come, or may still want a place, for never being run; false if it has been claimed before. */
    boolean refuse(Call<?> call) {
        boolean wants = wanted.include(call);
        boolean claimed = call.claimUnrun(false) != null;
        if (claimed && !wants) {
            forget(call);
        }
        return claimed;
    }

    private void forget(Call<?> call) {
        unrun++;
        if (!handful.remove(call)) {
            line.noteDead(count());
        }
        wakeFirstWanted();
    }

    /**
     * Claims all that has come for never being run, by that refusal, which ends it; has all look who want a place. If memory ends, what
     * was not claimed stays.
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    void refuseAll(Refusal refusal) {
        refusal.makeRoom(count());
        int before = refusal.size();
        try {
            handful.refuseAll(refusal, line.lastTicket());
            Call<?> next = handful.isPassed() ? line.first() : null;
            while (next != null) {
                refusal.claims(next, refusal.size());
                next = line.first();
            }
        } finally {
            int claimed = refusal.size() - before;
            unrun += claimed;
            refused = refused + claimed;
        }
        wanted.wakeAll();
    }

    /** One of the calls that were refused is being ended. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    void noteRefusedEnds() {
        refused = refused - 1;
    }

    /** The receiver, which is still counted, leaves. */
    void leave(Receiver me) {
        line.forgetGone();
        handful.leave(me);
        begunByOthers += me.begun();
    }

    /** Forgets the calls that have gone. */
    void forgetGone() {
        line.forgetGone();
    }

    // ---- looking

    /** Whether one of the calls that have places is such, or is only just coming, so that nobody can tell. */
    boolean mayHave(Predicate<Call<?>> such) {
        return handful.mayHave(such, line) || line.mayHave(such);
    }

    /** The first calls, at most so many. */
    List<Call<?>> head(int atMost) {
        List<Call<?>> head = handful.waiting();
        head.addAll(line.head(Math.max(0, atMost - head.size())));
        return head.subList(0, Math.min(atMost, head.size()));
    }

    /** Where the call stands, counted from 1, at most {@link Line#FAR}; 0 if it has begun or has no place. */
    int placeOf(Call<?> call) {
        if (!call.hasNotBegun()) { // which the line cannot tell of one far behind
            return 0;
        }
        int inHand = handful.placeOf(call);
        if (inHand > 0) {
            return inHand;
        }
        int inLine = line.placeOf(call);
        return inLine == 0 ? 0 : Math.min(Line.FAR, handful.count() + inLine);
    }
}
