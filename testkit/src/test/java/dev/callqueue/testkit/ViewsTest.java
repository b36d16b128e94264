package dev.callqueue.testkit;

import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract, seen through views. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.callqueue.testkit.Kinds#views")
class ViewsTest extends CallTargetContract {
    @Parameter
    private TargetUnderTest kind;

    @Override
    protected TargetUnderTest targetUnderTest() {
        return kind;
    }
}
