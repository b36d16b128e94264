package dev.callqueue;

import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The wishes for a place in a full line, in the order of their coming; linked by themselves, so that nothing here needs memory.
 * Guarded by the lock of the queue, except {@link #isEmpty}.
 *
 * <p>Who wishes and meanwhile runs something else – a pump, a call that has come back to him – keeps his turn and is passed
 * over: others may get the places that he cannot take now, or what he runs might wait for one of them.
 */
final class PlacesWanted {
    private volatile @Nullable Place first;
    private @Nullable Place last;

    /**
     * Whether there are none. May be asked by anyone who has left a place and put a full fence between that and this: he sees the
     * wish, or who wishes sees the place.
     */
    boolean isEmpty() {
        return first == null;
    }

    void add(Place place) {
        place.previous = last;
        if (last == null) {
            first = place;
        } else {
            last.next = place;
        }
        last = place;
        VarHandle.fullFence(); // before the look for a place; pairs with the one in Handful.runNext
    }

    void remove(Place place) {
        Place before = place.previous;
        Place after = place.next;
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
        place.previous = null;
        place.next = null;
    }

    /** The first that was not let in and whose caller looks for a place now. */
    @Nullable
    Place next() {
        Place place = first;
        while (place != null && (place.isPassedOver() || place.isLetIn())) {
            place = place.next;
        }
        return place;
    }

    /** The first that was not let in, and whose caller, the one of that call, does something else now. */
    @Nullable
    Place passedOverOf(Call<?> call) {
        Place place = first;
        while (place != null
                && (!place.isPassedOver()
                        || place.isLetIn()
                        || !place.call().hasNotBegun()
                        || !place.call().isOfSameCaller(call))) {
            place = place.next;
        }
        return place;
    }

    /** Whether the call has not been let in, and wants to be. */
    boolean include(Call<?> call) {
        for (Place place = first; place != null; place = place.next) {
            if (place.call() == call) {
                return !place.isLetIn();
            }
        }
        return false;
    }

    void wakeAll() {
        for (Place place = first; place != null; place = place.next) {
            place.wake();
        }
    }
}
