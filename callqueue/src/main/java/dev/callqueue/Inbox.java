package dev.callqueue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where callers leave their calls without taking the lock of the queue: a row of numbered places, of which each caller takes
 * the next one. Whoever runs calls takes them out, one thread at a time, under the lock.
 *
 * <p>One word, {@link #ARRIVED}, says how many places have been taken up, and in its low bits what the next caller has to
 * know:
 *
 * <pre>
 *   no flag  leave the call; whoever runs calls looks here by himself
 *   TELL     come under the lock to leave the call, because somebody has to be told of it, or wants a place before
 *   SHUT     nothing comes in any more; final
 * </pre>
 *
 * A caller's compare-and-set that counts its place also says that no flag was set; so "the call is in", "the door is shut"
 * and "somebody has to be told" cannot disagree, and a caller that has a place has nothing left to do but to fill it,
 * which cannot fail. Between the two the place is empty: who comes to it under the lock waits for the few instructions.
 *
 * <p>Of a bounded queue, only so many calls may come in all: its capacity more than were known to have gone when somebody
 * looked last, under the lock. Calls that go make room and never take any away, so who keeps to an old {@link #LIMIT} keeps to
 * the capacity; who meets it comes under the lock and looks anew.
 *
 * <p>The places are in chunks, which lead to the next one. A chunk is there before any of its places is taken up, and is
 * never used again, so a late compare-and-set cannot mistake it for another one.
 */
final class Inbox {
    /** How many places lie on a cache line. Those that are done with are cleared by so many at a time: see {@link #clear}. */
    private static final int LINE = 16;

    private static final int FIRST_CHUNK = 16;
    private static final int USUAL_CHUNK = 64;
    private static final int LARGEST_CHUNK = 1024;

    private static final long TELL = 1;
    private static final long SHUT = 2;
    private static final long FLAGS = TELL | SHUT;

    /** By how much the word grows with a call, and by how many bits its count is to be shifted. */
    private static final long ONE_CALL = 4;

    private static final int FLAG_BITS = 2;

    /** Where in {@link #counts} the callers' word stands, far from the ends and from the two numbers of the receivers, ... */
    private static final int ARRIVED = 6;

    /** ... and beside it how many calls may come. */
    private static final int LIMIT = 7;

    /** Where the numbers of the receivers stand, on another cache line. */
    private static final int TAKEN = 14;

    private static final int NOT_CLEARED = 15;
    private static final int COUNTS = 23;

    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final VarHandle NEXT;
    private static final VarHandle TAIL;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            NEXT = lookup.findVarHandle(Chunk.class, "next", Chunk.class);
            TAIL = lookup.findVarHandle(Inbox.class, "tail", Chunk.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** What became of a call at the door. */
    enum Push {
        /** It is in. */
        IN,
        /** It has to be let in under the lock, if at all. */
        TELL,
        /** The door is shut. */
        SHUT
    }

    /** A stretch of places, the first of which has that number. */
    private static final class Chunk {
        final long base;

        /** Calls; of those that have been handed over, the {@link Handful} writes what has become of them. */
        final @Nullable Object[] places;

        /** The chunk after this one; set by the first caller that needs it, cleared by who takes the last call out. */
        volatile @Nullable Chunk next;

        Chunk(long base, int length) {
            this.base = base;
            this.places = new Object[length];
        }

        long end() {
            return base + places.length;
        }
    }

    /**
     * The word at {@link #ARRIVED}, changed by callers and, as to its flags, under the lock; at {@link #LIMIT} how many calls may
     * come, raised under the lock, read by callers, who may see a lower one; at {@link #TAKEN} the number of
     * places that have been taken out, of which the last may not be taken up yet, changed under the lock, read by anyone; and at
     * {@link #NOT_CLEARED} the number of the first place that was taken out and not cleared since, used under the lock.
     */
    private final long[] counts = new long[COUNTS];

    /** The chunk where the next place is, or one before it; moved on by callers. */
    private volatile Chunk tail;

    /** The chunk where the next call to be taken out is, or the one before it; changed under the lock, read by anyone. */
    private volatile Chunk head;

    /**
     * One into which calls come under the lock, until somebody says that they need not.
     *
     * @param number how many calls are to have come and gone before the first one
     * @param limit how many may come, these included, until it is {@linkplain #raiseLimit raised}
     */
    Inbox(long number, long limit) {
        head = new Chunk(number, FIRST_CHUNK);
        tail = head;
        counts[ARRIVED] = number << FLAG_BITS | TELL;
        counts[LIMIT] = limit;
        counts[TAKEN] = number;
        counts[NOT_CLEARED] = number;
    }

    private long word() {
        return (long) COUNT.getVolatile(counts, ARRIVED);
    }

    /** How many calls have come. */
    long arrived() {
        return word() >>> FLAG_BITS;
    }

    /** How many places have been taken out. */
    long taken() {
        return (long) COUNT.getAcquire(counts, TAKEN);
    }

    /** Whether a call has come that has not been taken out. */
    boolean hasCalls() {
        return arrived() > taken();
    }

    /**
     * Like {@link #hasCalls}, for who looks again and again: reads only the next place, which callers write but once, and not
     * the word, which they all want to change. May miss a call while another thread takes one out. For receivers only: while one is
     * there, no other is given places into its hand, in which something else may stand than calls.
     */
    boolean showsCall() {
        Chunk chunk = head;
        long place = taken() - chunk.base;
        if (place == chunk.places.length) {
            chunk = chunk.next;
            place = 0;
        }
        return chunk != null && place >= 0 && place < chunk.places.length && call(chunk, (int) place) != null;
    }

    // ---- for callers

    /** Leaves a call here, if that is possible without the lock. */
    Push push(Call<?> call) {
        return push(call, FLAGS);
    }

    /** Under the lock, by a caller that will see to it that somebody is told: leaves a call here, if not too many have come. */
    Push pushThoughTelling(Call<?> call) {
        return push(call, SHUT);
    }

    private Push push(Call<?> call, long obstacles) {
        long limit = (long) COUNT.getOpaque(counts, LIMIT);
        VarHandle.releaseFence(); // the call is written before its place is filled; pairs with the acquire in at
        while (true) {
            long before = word();
            if ((before & obstacles) != 0) {
                return (before & SHUT) != 0 ? Push.SHUT : Push.TELL;
            }
            long number = before >>> FLAG_BITS;
            if (number >= limit) {
                return Push.TELL;
            }
            Chunk chunk = tail;
            long place = number - chunk.base;
            if (place >= chunk.places.length) {
                goBeyond(chunk);
            } else if (place >= 0 && COUNT.compareAndSet(counts, ARRIVED, before, before + ONE_CALL)) {
                chunk.places[(int) place] = call; // the one store that is left: no call, no stack, no memory needed
                return Push.IN;
            }
        }
    }

    /** Moves the tail on from a chunk whose places are all taken up. */
    private void goBeyond(Chunk full) {
        Chunk next = full.next;
        if (next == null) {
            Chunk made = new Chunk(full.end(), lengthAfter(full));
            Chunk other = (Chunk) NEXT.compareAndExchange(full, null, made);
            next = other == null ? made : other;
        }
        TAIL.compareAndSet(this, full, next);
    }

    /** As long as usual, longer and longer while calls pile up. */
    private int lengthAfter(Chunk full) {
        int length = full.places.length;
        boolean piledUp = taken() < full.base;
        return Math.max(USUAL_CHUNK, piledUp ? Math.min(LARGEST_CHUNK, 2 * length) : length);
    }

    // ---- under the lock

    /** Says whether the next caller has to come under the lock. */
    void tell(boolean wanted) {
        if (wanted) {
            COUNT.getAndBitwiseOr(counts, ARRIVED, TELL);
        } else {
            COUNT.getAndBitwiseAnd(counts, ARRIVED, ~TELL);
        }
    }

    /** Says how many calls may come in all, which is never less than before. */
    void raiseLimit(long limit) {
        COUNT.setOpaque(counts, LIMIT, limit);
    }

    /** Lets nothing in any more. */
    void shut() {
        COUNT.getAndBitwiseOr(counts, ARRIVED, SHUT);
    }

    /** Takes the next call out; null if there is none. */
    @Nullable
    Call<?> poll() {
        Call<?> call = pollFilled();
        while (call == null && arrived() > taken()) { // a caller has taken the place up and is about to fill it
            Spin.giveWay();
            call = pollFilled();
        }
        return call;
    }

    /** Takes the next call out; null if there is none, or if its place is not filled yet. */
    @Nullable
    Call<?> pollFilled() {
        Chunk chunk = chunkOfNext();
        long number = taken();
        Call<?> call = chunk == null ? null : call(chunk, (int) (number - chunk.base));
        if (call != null) {
            COUNT.setRelease(counts, TAKEN, number + 1);
            if (number - counts[NOT_CLEARED] == LINE) {
                clear();
            }
        }
        return call;
    }

    /** The next call; null if there is none, or if its place is not filled yet. */
    @Nullable
    Call<?> peek() {
        Chunk chunk = chunkOfNext();
        return chunk == null ? null : call(chunk, (int) (taken() - chunk.base));
    }

    /**
     * Hands over the next places, at most so many, as far as they lie together: those of calls that are here, and those of
     * calls that are still to come.
     */
    void lease(Handful handful, int atMost) {
        Chunk chunk = chunkOfNext();
        if (chunk != null) {
            clear();
            int from = (int) (taken() - chunk.base);
            int end = Math.min(from + atMost, chunk.places.length);
            counts[NOT_CLEARED] = chunk.base + end;
            COUNT.setRelease(counts, TAKEN, chunk.base + end);
            handful.take(chunk.places, from, end, chunk.base + 1);
        }
    }

    /** The chunk of the next call to be taken out; null if there is none, and so no call. */
    private @Nullable Chunk chunkOfNext() {
        Chunk chunk = head;
        if (taken() < chunk.end()) {
            return chunk;
        }
        Chunk next = chunk.next;
        if (next != null) {
            clear(); // the handful may still refer to the places of this chunk
            TAIL.compareAndSet(this, chunk, next); // before it is unlinked: nobody comes beyond it by another way then
            chunk.next = null; // so that an old chunk does not keep new ones from being collected
            head = next;
            counts[NOT_CLEARED] = next.base;
        }
        return next;
    }

    private static @Nullable Call<?> call(Chunk chunk, int place) {
        return (Call<?>) at(chunk.places, place);
    }

    /** What is in a place; acquires what its caller wrote before it filled it. */
    static @Nullable Object at(@Nullable Object[] places, int place) {
        return PLACE.getAcquire(places, place);
    }

    /**
     * Forgets the calls that have been taken out: at once where nothing else is to be done, and otherwise when a cache line
     * is full of them, because callers fill the places behind them on the same line.
     */
    void clear() {
        Chunk chunk = head;
        long end = taken();
        for (long number = counts[NOT_CLEARED]; number < end; number++) {
            chunk.places[(int) (number - chunk.base)] = null;
        }
        counts[NOT_CLEARED] = end;
    }

    /**
     * Shows what is in the places that are taken up, the oldest first, until the visitor says that it has seen enough:
     * null where a caller has taken the place up and not filled it yet.
     */
    void visit(Predicate<@Nullable Call<?>> goesOn) {
        long end = arrived();
        Chunk chunk = head;
        for (long number = taken(); number < end; number++) {
            if (number == chunk.end()) {
                Chunk next = chunk.next;
                if (next == null) {
                    return;
                }
                chunk = next;
            }
            if (!goesOn.test(call(chunk, (int) (number - chunk.base)))) {
                return;
            }
        }
    }
}
