package dev.callqueue.interleavings;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * What operations return that are under way at the same time, they also return one after the other, in some order: by
 * Lincheck, in interleavings that it enumerates, and in those that come about when threads run freely.
 */
class LinearizabilityTest {
    private static final int FACTOR = Integer.getInteger("interleavings.factor", 1);

    @Test
    void unboundedLineEnumerated() {
        line(enumerated()).sequentialSpecification(UnboundedLine.Model.class).check(UnboundedLine.class);
    }

    @Test
    void unboundedLineFree() {
        line(free()).sequentialSpecification(UnboundedLine.Model.class).check(UnboundedLine.class);
    }

    @Test
    void boundedLineEnumerated() {
        line(enumerated()).sequentialSpecification(BoundedLine.Model.class).check(BoundedLine.class);
    }

    @Test
    void boundedLineFree() {
        line(free()).sequentialSpecification(BoundedLine.Model.class).check(BoundedLine.class);
    }

    @Test
    void doorEnumerated() {
        oneShot(enumerated()).sequentialSpecification(Door.Model.class).check(Door.class);
    }

    @Test
    void doorFree() {
        oneShot(free()).sequentialSpecification(Door.Model.class).check(Door.class);
    }

    @Test
    void claimEnumerated() {
        oneShot(enumerated()).sequentialSpecification(Claim.Model.class).check(Claim.class);
    }

    @Test
    void claimFree() {
        oneShot(free()).sequentialSpecification(Claim.Model.class).check(Claim.class);
    }

    @Test
    void endEnumerated() {
        oneShot(enumerated()).sequentialSpecification(End.Model.class).check(End.class);
    }

    @Test
    void endFree() {
        oneShot(free()).sequentialSpecification(End.Model.class).check(End.class);
    }

    /** The bounds are beyond what the library's longest loop and recursion need, so that these are not taken for a hang. */
    private static ModelCheckingOptions enumerated() {
        return new ModelCheckingOptions()
                .iterations(3 * FACTOR)
                .invocationsPerIteration(50)
                .loopBound(2_000)
                .recursionBound(100)
                .loopIterationsBeforeThreadSwitch(100);
    }

    private static StressOptions free() {
        return new StressOptions().iterations(5 * FACTOR).invocationsPerIteration(500);
    }

    private static <O extends Options<O, ?>> O line(O options) {
        return options.threads(2).actorsBefore(1).actorsPerThread(3).actorsAfter(2);
    }

    /** Without operations before, which would use up what happens only once. */
    private static <O extends Options<O, ?>> O oneShot(O options) {
        return options.threads(2).actorsBefore(0).actorsPerThread(2).actorsAfter(0);
    }
}
