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

    @Nested
    class Raising extends RaisingContract {
        @Override
        protected TargetUnderTest targetUnderTest() {
            return CallTargetContract.this.targetUnderTest();
        }
    }

    @Nested
    class LifeOfACall extends LifeOfACallContract {
        @Override
        protected TargetUnderTest targetUnderTest() {
            return CallTargetContract.this.targetUnderTest();
        }
    }

    @Nested
    class CompletionByHand extends CompletionByHandContract {
        @Override
        protected TargetUnderTest targetUnderTest() {
            return CallTargetContract.this.targetUnderTest();
        }
    }

    @Nested
    class Future extends FutureContract {
        @Override
        protected TargetUnderTest targetUnderTest() {
            return CallTargetContract.this.targetUnderTest();
        }
    }

    @Nested
    class TimeLimit extends TimeLimitContract {
        @Override
        protected TargetUnderTest targetUnderTest() {
            return CallTargetContract.this.targetUnderTest();
        }
    }

    @Nested
    class Pumping extends PumpingContract {
        @Override
        protected TargetUnderTest targetUnderTest() {
            return CallTargetContract.this.targetUnderTest();
        }
    }

    @Nested
    class Order extends OrderContract {
        @Override
        protected TargetUnderTest targetUnderTest() {
            return CallTargetContract.this.targetUnderTest();
        }
    }

    @Nested
    class NestedCalls extends NestedCallsContract {
        @Override
        protected TargetUnderTest targetUnderTest() {
            return CallTargetContract.this.targetUnderTest();
        }
    }

    @Nested
    class Interrupt extends InterruptContract {
        @Override
        protected TargetUnderTest targetUnderTest() {
            return CallTargetContract.this.targetUnderTest();
        }
    }

    @Nested
    class OneHarvest extends HarvestContract {
        @Override
        protected TargetUnderTest targetUnderTest() {
            return CallTargetContract.this.targetUnderTest();
        }
    }

    @Nested
    class HarvestOfInputs extends HarvestOfInputsContract {
        @Override
        protected TargetUnderTest targetUnderTest() {
            return CallTargetContract.this.targetUnderTest();
        }
    }

    @Nested
    class Argument extends ArgumentContract {
        @Override
        protected TargetUnderTest targetUnderTest() {
            return CallTargetContract.this.targetUnderTest();
        }
    }

    @Nested
    class View extends ViewContract {
        @Override
        protected TargetUnderTest targetUnderTest() {
            return CallTargetContract.this.targetUnderTest();
        }
    }

    @Nested
    class ExecutorView extends ExecutorViewContract {
        @Override
        protected TargetUnderTest targetUnderTest() {
            return CallTargetContract.this.targetUnderTest();
        }
    }

    @Nested
    class Ending extends EndingContract {
        @Override
        protected TargetUnderTest targetUnderTest() {
            return CallTargetContract.this.targetUnderTest();
        }
    }
}
