package dev.callqueue.stress;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** Something that one actor makes for the other: its thread, its queue, its call. */
final class Handover<T> {
    private volatile @Nullable T value;

    /** Hands the value over and returns it. */
    T give(T given) {
        value = given;
        return given;
    }

    /** The value; waits for it. */
    T take() {
        Moment.until(() -> value != null);
        return requireNonNull(value);
    }
}
