package dev.callqueue.testkit;

import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract, for queues that refuse calls when they are full, but are not. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.callqueue.testkit.Kinds#refusing")
class RefusingTest extends CallTargetContract {
    @Parameter
    private TargetUnderTest kind;

    @Override
    protected TargetUnderTest targetUnderTest() {
        return kind;
    }
}
