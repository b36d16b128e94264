package dev.callqueue;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that every kind of target must pass. Its parameters may be the {@link CallTarget}, the {@link CallQueue} behind
 * it, its {@link Kind}, and the {@link Threads} of the test.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(Targets.class)
@interface EveryTarget {
    /** Only the kinds with one thread, where the order of calls can be seen. */
    boolean withOneThread() default false;
}
