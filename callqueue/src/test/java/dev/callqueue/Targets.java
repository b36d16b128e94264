package dev.callqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a test of {@link EveryTarget} once with each kind of target. */
final class Targets implements TestTemplateInvocationContextProvider {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<? extends TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
            ExtensionContext context) {
        boolean withOneThread =
                context.getRequiredTestMethod().getAnnotation(EveryTarget.class).withOneThread();
        return Kind.all().filter(kind -> kind.threads() == 1 || !withOneThread).map(OneKind::new);
    }

    /** A test with one kind of target. */
    private record OneKind(Kind kind) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int invocationIndex) {
            return kind.name();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new Opened(kind));
        }
    }

    /** Opens the target for the test, and afterwards looks for what it may have left behind. */
    private static final class Opened implements ParameterResolver, AfterEachCallback {
        private final Kind kind;
        private final Threads threads = new Threads();
        private final CallQueue queue;

        private Opened(Kind kind) {
            this.kind = kind;
            queue = kind.open(threads);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return List.of(CallTarget.class, CallQueue.class, Kind.class, Threads.class)
                    .contains(parameter.getParameter().getType());
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            Class<?> type = parameter.getParameter().getType();
            if (type == CallTarget.class) {
                return kind.view(queue);
            }
            if (type == CallQueue.class) {
                return queue;
            }
            return type == Kind.class ? kind : threads;
        }

        @Override
        public void afterEach(ExtensionContext context) {
            threads.close();
            assertEquals(0, queue.size(), "calls left in the closed queue");
        }
    }
}
