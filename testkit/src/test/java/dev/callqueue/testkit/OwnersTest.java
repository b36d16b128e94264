package dev.callqueue.testkit;

import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract, for threads that own their queue. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.callqueue.testkit.Kinds#owners")
class OwnersTest extends CallTargetContract {
    @Parameter
    private TargetUnderTest kind;

    @Override
    protected TargetUnderTest targetUnderTest() {
        return kind;
    }
}
