package dev.callqueue.soak;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How often something was seen that must never be, and what it was the first time. Thread-safe. */
final class Seen {
    private static final int SHOWN = 500;

    private final AtomicLong count = new AtomicLong();
    private final AtomicReference<@Nullable String> first = new AtomicReference<>();

    /** It was seen once more. */
    void add(Object what) {
        count.incrementAndGet();
        first.compareAndSet(null, String.valueOf(what));
    }

    /** It was seen if that is not so. */
    void unless(boolean right, String what) {
        if (!right) {
            add(what);
        }
    }

    long count() {
        return count.get();
    }

    /** The first one in brackets, not longer than people read; nothing if there was none. */
    String example() {
        String example = first.get();
        if (example == null) {
            return "";
        }
        return " (" + (example.length() > SHOWN ? example.substring(0, SHOWN) + "…" : example) + ")";
    }
}
