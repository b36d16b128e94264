package dev.callqueue.testkit;

import org.junit.jupiter.api.Nested;

/** All that holds for every target; to be extended by the test of a target, which need only describe it. */
public abstract class CallTargetContract {
    /** For subclasses. */
    protected CallTargetContract() {}

    /**
     * What is to be tested.
     *
     * @return the description
     */
    protected abstract TargetUnderTest targetUnderTest();

    @Nested
    class Calling extends CallingContract {
        @Override
        protected TargetUnderTest targetUnderTest() {
            return CallTargetContract.this.targetUnderTest();
        }
    }

    @Nested
    class Exceptions extends ExceptionContract {
        @Override
        protected TargetUnderTest targetUnderTest() {
            return CallTargetContract.this.targetUnderTest();
        }
    }
}
