package dev.callqueue.testkit;

import java.util.stream.Stream;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Queues to which nobody refers any more. */
@ParameterizedClass(name = "{0}")
@MethodSource("kinds")
class AbandonedTest extends AbandonedContract {
    @Parameter
    private TargetUnderTest kind;

    static Stream<TargetUnderTest> kinds() {
        return Stream.concat(Kinds.consumers(), Kinds.loops());
    }

    @Override
    protected TargetUnderTest targetUnderTest() {
        return kind;
    }
}
