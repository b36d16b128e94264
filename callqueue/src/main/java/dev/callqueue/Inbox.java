package dev.callqueue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Where callers of an unbounded queue leave their calls without taking its lock. Under that lock the calls are taken, all
 * at once, into the {@link Line}.
 *
 * <p>One word says everything, so that "it is in", "the door is shut" and "somebody has to be told" cannot disagree:
 *
 * <pre>
 *   null     empty; whoever runs calls looks here by himself
 *   ASLEEP   empty; the next call has to be let in under the lock, because somebody has to be told of it
 *   a call   the newest; it leads to the older ones by {@link Call#next}, and counts them by {@link Call#ticket}
 *   SHUT     nothing comes in any more; final
 *
 *   null or a call          --push-----> that call      by callers
 *   a call                  --takeAll--> null, ASLEEP   under the lock
 *   null                    --sleep----> ASLEEP         under the lock
 *   any                     --shut-----> SHUT           under the lock
 * </pre>
 *
 * What the caller wrote before the push is published by its compare-and-set to who takes the calls.
 */
final class Inbox {
    /** What the word says when there is no call. */
    private enum Word {
        ASLEEP,
        SHUT
    }

    private static final VarHandle NEWEST;

    static {
        try {
            NEWEST = MethodHandles.lookup().findVarHandle(Inbox.class, "newest", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The one word. */
    private volatile @Nullable Object newest = Word.ASLEEP;

    /** What became of a call at the door. */
    enum Push {
        /** It is in. */
        IN,
        /** It has to be let in under the lock. */
        ASLEEP,
        /** The door is shut. */
        SHUT
    }

    /** Leaves a call here, if that is possible. */
    Push push(Call<?> call) {
        while (true) {
            Object before = newest;
            if (before instanceof Call<?> older) {
                call.next = older;
                call.ticket = older.ticket + 1;
            } else if (before == null) {
                call.next = null;
                call.ticket = 1;
            } else {
                return before == Word.SHUT ? Push.SHUT : Push.ASLEEP;
            }
            if (NEWEST.compareAndSet(this, before, call)) {
                return Push.IN;
            }
        }
    }

    /** Whether there are calls. */
    boolean hasCalls() {
        return newest instanceof Call;
    }

    /**
     * Under the lock: takes all calls, and leaves word whether somebody has to be told of the next one.
     *
     * @param tell whether somebody has to be told
     * @return the newest of them, or null if there are none
     */
    @Nullable
    Call<?> takeAll(boolean tell) {
        while (true) {
            Object before = newest;
            if (before instanceof Call) {
                return (Call<?>) NEWEST.getAndSet(this, tell ? Word.ASLEEP : null);
            }
            if (before != null || !tell || NEWEST.compareAndSet(this, null, Word.ASLEEP)) {
                return null;
            }
        }
    }

    /** Under the lock, once: lets nothing in any more, and hands out what is in. */
    @Nullable
    Call<?> shut() {
        return NEWEST.getAndSet(this, Word.SHUT) instanceof Call<?> call ? call : null;
    }
}
