package dev.callqueue;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The threads that are inside a {@code receive…} of one queue. They come and go under the lock of the queue; anyone may look,
 * and is told exactly about itself, and of others what was true a moment ago.
 *
 * <p>The threads stand beside their receivers, because every caller looks whether it is one of them, and must not share a
 * cache line with what a receiver notes of every call. To leave needs no memory, nor does the question for one thread.
 */
final class Visitors {
    private static final Thread[] NO_THREADS = {};
    private static final Receiver[] NO_RECEIVERS = {};

    /** The threads, in any order, and their receivers in the same places; a place may be empty. Grown by a new array. */
    private volatile @Nullable Thread[] threads = NO_THREADS;

    private @Nullable Receiver[] receivers = NO_RECEIVERS;

    /** How many there are; written last, and read first by whoever reads the places. */
    private volatile int count;

    /** Under the lock. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time
    void add(Receiver receiver) {
        int place = 0;
        while (place < receivers.length && receivers[place] != null) {
            place++;
        }
        if (place == receivers.length) {
            int length = Math.max(1, 2 * place);
            @Nullable Receiver[] more = Arrays.copyOf(receivers, length);
            threads = Arrays.copyOf(threads, length);
            receivers = more;
        }
        threads[place] = receiver.thread;
        receivers[place] = receiver;
        count = count + 1;
    }

    /** Under the lock. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time
    void remove(Receiver receiver) {
        for (int place = 0; place < receivers.length; place++) {
            if (receivers[place] == receiver) {
                receivers[place] = null;
                threads[place] = null;
                count = count - 1;
            }
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean isOne() {
        return count == 1;
    }

    boolean include(@Nullable Thread thread) {
        if (thread == null || count == 0) {
            return false;
        }
        for (Thread each : threads) {
            if (each == thread) {
                return true;
            }
        }
        return false;
    }

    /** The receiver of that thread. */
    @Nullable
    Receiver of(Thread thread) {
        if (count == 0) {
            return null;
        }
        for (Receiver each : receivers) {
            if (each != null && each.thread == thread) {
                return each;
            }
        }
        return null;
    }

    List<Thread> threads() {
        return all().stream().map(receiver -> receiver.thread).toList();
    }

    List<Receiver> all() {
        if (count == 0) {
            return List.of();
        }
        return Stream.of(receivers).filter(Objects::nonNull).toList();
    }

    /** Under the lock: how many calls they have begun. */
    long begun() {
        long begun = 0;
        for (Receiver receiver : receivers) {
            begun += receiver == null ? 0 : receiver.begun();
        }
        return begun;
    }

    /** Under the lock: how many of them do not wait for a call. */
    int busy() {
        int busy = 0;
        for (Receiver receiver : receivers) {
            busy += receiver != null && !receiver.isIdle ? 1 : 0;
        }
        return busy;
    }

    /** Under the lock: how many of them are consumers that wait for a call. */
    int idleConsumers() {
        int idle = 0;
        for (Receiver receiver : receivers) {
            idle += receiver != null && receiver.isConsumer && receiver.isIdle ? 1 : 0;
        }
        return idle;
    }
}
