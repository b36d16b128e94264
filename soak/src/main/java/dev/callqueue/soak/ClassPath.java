package dev.callqueue.soak;

import dev.callqueue.CallQueue;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;

/** Where classes were loaded from, so that another JVM or class loader can load them, too. */
final class ClassPath {
    private ClassPath() {}

    /** The library. */
    static String library() {
        return of(CallQueue.class);
    }

    /** The experiments and what they need, without the library. */
    static String experiments() {
        return of(ClassPath.class, Histogram.class, Awaitility.class, Matcher.class);
    }

    /** Both. */
    static String all() {
        return library() + System.getProperty("path.separator") + experiments();
    }

    /** The jar or directory of a class. */
    static Path entry(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no path for " + type, e);
        }
    }

    private static String of(Class<?>... types) {
        return Arrays.stream(types)
                .map(type -> entry(type).toString())
                .collect(Collectors.joining(System.getProperty("path.separator")));
    }
}
