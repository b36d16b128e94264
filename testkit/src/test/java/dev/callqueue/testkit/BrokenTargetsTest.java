package dev.callqueue.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.callqueue.CallTarget;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The contract finds what it is there to find: each of these targets breaks a promise, and fails the test of it. */
class BrokenTargetsTest {
    /** What a broken target does instead of what it should. */
    private interface Fault {
        Object instead(Callable<Object> right, Object[] arguments) throws Throwable;
    }

    private static TargetUnderTest broken(String method, Fault fault) {
        return TargetUnderTest.of("broken", threads -> threads.owner("owner"))
                .seenAs(target -> (CallTarget) Proxy.newProxyInstance(
                        CallTarget.class.getClassLoader(),
                        new Class<?>[] {CallTarget.class},
                        (proxy, called, arguments) -> {
                            Callable<Object> right = () -> called.invoke(target, arguments);
                            try {
                                return called.getName().equals(method) ? fault.instead(right, arguments) : right.call();
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }

    static class WrapsExceptions extends ExceptionContract {
        @Override
        protected TargetUnderTest targetUnderTest() {
            return broken("call", (right, arguments) -> {
                try {
                    return right.call();
                } catch (InvocationTargetException e) {
                    throw new IllegalStateException(e.getCause());
                }
            });
        }
    }

    @Test
    void aTargetThatWrapsExceptionsIsFound() {
        assertFinds("aCheckedExceptionReachesTheCallerUnchanged()", WrapsExceptions.class);
    }

    static class HidesErrors extends ExceptionContract {
        @Override
        protected TargetUnderTest targetUnderTest() {
            return broken("callOrElse", (right, arguments) -> {
                try {
                    return right.call();
                } catch (InvocationTargetException e) {
                    return arguments[0];
                }
            });
        }
    }

    @Test
    void aTargetThatHidesErrorsIsFound() {
        assertFinds("thereIsNoAlternativeToAnError()", HidesErrors.class);
    }

    static class RunsInTheCaller extends CallingContract {
        @Override
        protected TargetUnderTest targetUnderTest() {
            return broken("call", (right, arguments) -> {
                if (arguments[0] instanceof Callable<?> op) {
                    return op.call();
                }
                return right.call();
            });
        }
    }

    @Test
    void aTargetThatRunsCallsInTheCallerIsFound() {
        assertFinds("aCallRunsOnAThreadOfTheTarget()", RunsInTheCaller.class);
    }

    static class RunsCallsTwice extends OrderContract {
        @Override
        protected TargetUnderTest targetUnderTest() {
            return broken("execute", (right, arguments) -> {
                right.call();
                return right.call();
            });
        }
    }

    @Test
    void aTargetThatRunsCallsTwiceIsFound() {
        assertFinds("theCallsOfOneThreadBeginInTheirOrder()", RunsCallsTwice.class);
    }

    private static void assertFinds(String promise, Class<? extends Contract> broken) {
        List<String> passed = new ArrayList<>();
        List<String> failed = new ArrayList<>();

        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(broken))
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                if (test.isTest()) {
                                    boolean right = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
                                    (right ? passed : failed).add(test.getDisplayName());
                                }
                            }
                        });

        assertEquals(List.of(promise), failed.stream().filter(promise::equals).toList());
        assertFalse(passed.isEmpty(), "what is not broken passes");
    }
}
