package dev.callqueue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one queue that have not begun, in the order in which they came; knows order and capacity, not what a call
 * is for.
 *
 * <p>A doubly linked list through the calls themselves, so that a call can leave from the middle at once. Not
 * thread-safe: guarded by the lock of its queue, except {@link #size}.
 *
 * <p>Each call has a ticket, one higher than that of the call before it. Tickets wrap around, and are compared by their
 * difference.
 */
final class Line {
    /** No limit to the number of calls. */
    static final int UNBOUNDED = Integer.MAX_VALUE;

    /** Places behind this one are not counted, because that would take too long. */
    static final int FAR = 1000;

    private final int capacity;
    private @Nullable Call<?> first;
    private @Nullable Call<?> last;
    private int lastTicket;

    /** The number of calls; written under the lock, read by anyone. */
    private volatile int size;

    Line(int capacity) {
        this(capacity, 0);
    }

    /** @param lastTicket the ticket before the first one */
    Line(int capacity, int lastTicket) {
        this.capacity = capacity;
        this.lastTicket = lastTicket;
    }

    int size() {
        return size;
    }

    int capacity() {
        return capacity;
    }

    boolean isEmpty() {
        return first == null;
    }

    boolean isFull() {
        return size == capacity;
    }

    /** The ticket of the call that came last. */
    int lastTicket() {
        return lastTicket;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time: guarded by the lock
    void append(Call<?> call) {
        if (++lastTicket == 0) {
            lastTicket++; // no ticket at all
        }
        call.ticket = lastTicket;
        linkAtEnd(call, call);
        size = size + 1;
    }

    /** Appends calls that lead from the newest to the oldest by {@code next}, and are counted by {@code ticket}. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time: guarded by the lock
    void appendAll(Call<?> newest) {
        int count = newest.ticket;
        Call<?> newer = null;
        Call<?> call = newest;
        while (true) {
            Call<?> older = call.next;
            call.next = newer;
            call.previous = older;
            call.ticket += lastTicket;
            if (older == null) {
                break;
            }
            newer = call;
            call = older;
        }
        linkAtEnd(call, newest);
        lastTicket += count;
        size = size + count;
    }

    private void linkAtEnd(Call<?> oldest, Call<?> newest) {
        oldest.previous = last;
        if (last == null) {
            first = oldest;
        } else {
            last.next = oldest;
        }
        last = newest;
    }

    /** Puts a call that has been taken out back to the head. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time: guarded by the lock
    void prepend(Call<?> call) {
        call.next = first;
        if (first == null) {
            last = call;
        } else {
            first.previous = call;
        }
        first = call;
        size = size + 1;
    }

    /** Takes the call out; false if it is not in the line. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time: guarded by the lock
    boolean remove(Call<?> call) {
        if (!has(call)) {
            return false;
        }
        Call<?> before = call.previous;
        Call<?> after = call.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        call.previous = null;
        call.next = null;
        size = size - 1;
        return true;
    }

    boolean has(Call<?> call) {
        return call.previous != null || first == call;
    }

    /** Where the call stands, counted from 1, at most {@link #FAR}; 0 if it is not in the line. */
    int placeOf(Call<?> call) {
        if (!has(call)) {
            return 0;
        }
        int place = 1;
        for (Call<?> each = call.previous; each != null && place < FAR; each = each.previous) {
            place++;
        }
        return place;
    }

    /** The first calls, at most so many. */
    List<Call<?>> head(int atMost) {
        List<Call<?>> head = new ArrayList<>();
        for (Call<?> call = first; call != null && head.size() < atMost; call = call.next) {
            head.add(call);
        }
        return head;
    }

    /** Takes the first call out, if it did not come after that ticket. */
    @Nullable
    Call<?> poll(int upToTicket) {
        Call<?> call = first;
        if (call == null || call.ticket - upToTicket > 0) {
            return null;
        }
        remove(call);
        return call;
    }

    /** Takes out the first call that did not come after that ticket and can be claimed, for this thread to run. */
    @Nullable
    Call<?> claimFirst(int upToTicket, Receiver me) {
        for (Call<?> call = poll(upToTicket); call != null; call = poll(upToTicket)) {
            if (call.claimToRun(me)) {
                return call;
            }
        }
        return null;
    }

    /**
     * Takes out and claims the first call that the same thread made, up to and including that one.
     *
     * @param upTo a call in the line, or one that is not in it yet
     */
    @Nullable
    Call<?> claimFirstOfCaller(Call<?> upTo, Receiver me) {
        for (Call<?> call = first; call != null; call = call.next) {
            if (call.isOfSameCaller(upTo) && call.claimToRun(me)) {
                remove(call);
                return call;
            }
            if (call == upTo) {
                return null;
            }
        }
        return null;
    }

    /** Takes all calls out. */
    List<Call<?>> removeAll() {
        List<Call<?>> all = new ArrayList<>(size);
        for (Call<?> call = first; call != null; call = first) {
            remove(call);
            all.add(call);
        }
        return all;
    }
}
