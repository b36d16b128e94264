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
 */
final class Line {
    /** No limit to the number of calls. */
    static final int UNBOUNDED = Integer.MAX_VALUE;

    /** Places behind this one are not counted, because that would take too long. */
    static final int FAR = 1000;

    private final int capacity;
    private @Nullable Call<?> first;
    private @Nullable Call<?> last;
    private long lastTicket;

    /** The number of calls; written under the lock, read by anyone. */
    private volatile int size;

    Line(int capacity) {
        this.capacity = capacity;
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

    /** The number of the call that came last; later calls have higher numbers. */
    long lastTicket() {
        return lastTicket;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time: guarded by the lock
    void append(Call<?> call) {
        call.ticket = ++lastTicket;
        call.previous = last;
        if (last == null) {
            first = call;
        } else {
            last.next = call;
        }
        last = call;
        size = size + 1;
    }

    /** Takes the call out; false if it is not in the line. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time: guarded by the lock
    boolean remove(Call<?> call) {
        Call<?> before = call.previous;
        Call<?> after = call.next;
        if (before == null && first != call) {
            return false;
        }
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

    /** Where the call stands, counted from 1, at most {@link #FAR}; 0 if it is not in the line. */
    int placeOf(Call<?> call) {
        if (call.previous == null && first != call) {
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

    /** Takes the first call out, if it did not come after that ticket, and claims it for this thread to run. */
    @Nullable
    Call<?> claimFirst(long upToTicket) {
        for (Call<?> call = first; call != null && call.ticket <= upToTicket; call = first) {
            remove(call);
            if (call.claimToRun()) {
                return call;
            }
        }
        return null;
    }

    /** Takes out and claims the first call that the same thread made, up to and including that one, in the line or not. */
    @Nullable
    Call<?> claimFirstOfCaller(Call<?> upTo) {
        Thread caller = upTo.caller();
        boolean inLine = upTo.isQueued();
        for (Call<?> call = first; call != null && !(inLine && call.ticket > upTo.ticket); call = call.next) {
            if ((call == upTo || (caller != null && call.caller() == caller)) && call.claimToRun()) {
                remove(call);
                return call;
            }
        }
        return !inLine && upTo.claimToRun() ? upTo : null;
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
