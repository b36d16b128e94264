package dev.callqueue.examples.museum;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** An exception and its causes. */
public final class Causes {
    private Causes() {}

    /** The exception, its cause, the cause of that, and so on. */
    public static List<Throwable> of(Throwable thrown) {
        var chain = new ArrayList<Throwable>();
        Set<Throwable> known = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable each = thrown; each != null && known.add(each); each = each.getCause()) {
            chain.add(each);
        }
        return chain;
    }
}
