package dev.callqueue;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Leaves out what tests do while PIT only wants to know which there are: it finds them by running them, once again after
 * each change of the code that makes a test hang. Used in the profile {@code pit} only.
 */
public final class SkippedWhileSought implements InvocationInterceptor {
    private static final String RUNNER = "org.pitest.mutationtest.execute.MutationTestMinion";
    private static final String SEEKING = "findTestsForTestClasses";

    @Override
    public void interceptTestMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        runUnlessSought(test);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        runUnlessSought(test);
    }

    private static void runUnlessSought(Invocation<Void> test) throws Throwable {
        if (isSought()) {
            test.skip();
        } else {
            test.proceed();
        }
    }

    private static boolean isSought() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals(SEEKING)
                        && frame.getClassName().equals(RUNNER)));
    }
}
