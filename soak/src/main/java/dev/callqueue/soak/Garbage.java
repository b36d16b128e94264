package dev.callqueue.soak;

import java.lang.management.ManagementFactory;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Things that must become garbage: knows which of them the garbage collector has not found yet. */
final class Garbage {
    private static final long LOOK_MILLIS = 20;

    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();
    private final Map<Reference<?>, String> left = new LinkedHashMap<>();

    /** This must become garbage. */
    void add(Object thing) {
        left.put(new PhantomReference<>(thing, collected), thing.getClass().getSimpleName());
    }

    /** Collects garbage until nothing is left, or that time is over. Says how long it took. */
    Duration collect(Duration atMost) throws InterruptedException {
        long begun = System.nanoTime();
        while (!left.isEmpty() && System.nanoTime() - begun < atMost.toNanos()) {
            System.gc();
            Reference<?> found = collected.remove(LOOK_MILLIS);
            while (found != null) {
                left.remove(found);
                found = collected.poll();
            }
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** How many are still there. */
    int left() {
        return left.size();
    }

    /** The classes of those that are still there. */
    String namesOfLeft() {
        return String.join(", ", left.values());
    }

    /** How many bytes of the heap are in use when all garbage is gone. */
    static long usedHeap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int look = 0; look < 5; look++) {
            new Garbage().awaitCollection();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private void awaitCollection() throws InterruptedException {
        add(new Object());
        collect(Duration.ofSeconds(1));
    }
}
