package dev.callqueue.testkit;

import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Chains that cross. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.callqueue.testkit.Kinds#withKnownThreads")
class DeadlockTest extends DeadlockContract {
    @Parameter
    private TargetUnderTest kind;

    @Override
    protected TargetUnderTest targetUnderTest() {
        return kind;
    }
}
