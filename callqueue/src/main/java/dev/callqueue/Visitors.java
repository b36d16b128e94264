package dev.callqueue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The threads that are inside a {@code receive…} of one queue, at one moment; never changes.
 *
 * <p>The threads stand beside their receivers, because every caller looks whether it is one of them, and must not share a
 * cache line with what a receiver notes of every call.
 */
final class Visitors {
    static final Visitors NONE = new Visitors(new Thread[0], new Receiver[0]);

    private final Thread[] threads;
    private final Receiver[] receivers;

    private Visitors(Thread[] threads, Receiver[] receivers) {
        this.threads = threads;
        this.receivers = receivers;
    }

    /** These and one more. */
    Visitors with(Receiver more) {
        int count = receivers.length;
        Thread[] newThreads = Arrays.copyOf(threads, count + 1);
        Receiver[] newReceivers = Arrays.copyOf(receivers, count + 1);
        newThreads[count] = more.thread;
        newReceivers[count] = more;
        return new Visitors(newThreads, newReceivers);
    }

    /** These but that one. */
    Visitors without(Receiver gone) {
        Receiver[] left =
                Arrays.stream(receivers).filter(receiver -> receiver != gone).toArray(Receiver[]::new);
        return left.length == 0
                ? NONE
                : new Visitors(
                        Arrays.stream(left).map(receiver -> receiver.thread).toArray(Thread[]::new), left);
    }

    boolean isNobody() {
        return receivers.length == 0;
    }

    boolean isOne() {
        return receivers.length == 1;
    }

    boolean include(@Nullable Thread thread) {
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
        int index = IntStream.range(0, threads.length)
                .filter(i -> threads[i] == thread)
                .findFirst()
                .orElse(-1);
        return index < 0 ? null : receivers[index];
    }

    List<Thread> threads() {
        return List.of(threads);
    }

    Receiver[] receivers() {
        return receivers;
    }
}
