package dev.callqueue.testkit;

import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Locks that the caller holds. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.callqueue.testkit.Kinds#onPlatformThreads")
class HeldLockTest extends HeldLockContract {
    @Parameter
    private TargetUnderTest kind;

    @Override
    protected TargetUnderTest targetUnderTest() {
        return kind;
    }
}
