package dev.callqueue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A listener that remembers what it was told. */
final class Told implements CallListener {
    /** What the calls that ran have thrown; null for those that returned. */
    final List<@Nullable Throwable> ended = Collections.synchronizedList(new ArrayList<>());

    /** Why others never ran. */
    final List<Throwable> unrun = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void ended(long waitNanos, long runNanos, @Nullable Throwable failure) {
        ended.add(failure);
    }

    @Override
    public void unrun(long waitNanos, Throwable reason) {
        unrun.add(reason);
    }
}
