package dev.callqueue.benchmarks.harness;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;

/**
 * Copies of the loops. In one JVM, a loop that serves twenty contenders is compiled for all of them: each call in it
 * becomes a search for the method. So each contender gets a class of its own made from the same bytes, which is compiled
 * for that contender alone, as the program would be that uses it.
 */
final class LoopCopies {
    private LoopCopies() {}

    /** An instance of a new copy of that class. */
    static <L> L copy(Class<? extends L> template, Class<L> type) {
        try (InputStream bytes = template.getResourceAsStream(template.getSimpleName() + ".class")) {
            if (bytes == null) {
                throw new IllegalStateException("no class file for " + template);
            }
            Class<?> copy = MethodHandles.lookup()
                    .defineHiddenClass(bytes.readAllBytes(), true)
                    .lookupClass();
            return type.cast(copy.getDeclaredConstructor().newInstance());
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException("cannot copy " + template, e);
        }
    }
}
