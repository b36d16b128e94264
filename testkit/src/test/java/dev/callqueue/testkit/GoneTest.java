package dev.callqueue.testkit;

import dev.callqueue.CallQueue;
import dev.callqueue.Raise;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;

/** The ends of those who serve a queue. */
class GoneTest {
    /** The owner's thread leaves its loop. */
    @Nested
    class Owner extends GoneContract {
        @Override
        protected TargetUnderTest targetUnderTest() {
            return TargetUnderTest.of("owner", threads -> threads.owner("owner"));
        }

        @Override
        protected void endServer() {
            queue.raising(Raise.RECEIVER).execute(() -> {
                throw new Threads.Leave();
            });
        }
    }

    /** The executor is shut down. */
    @Nested
    class Loop extends GoneContract {
        private final AtomicReference<Thread> thread = new AtomicReference<>();
        private final ThreadFactory factory = work -> {
            thread.set(new Thread(work, "executor"));
            return thread.get();
        };
        private final ExecutorService executor = Executors.newSingleThreadExecutor(factory);

        @Override
        protected TargetUnderTest targetUnderTest() {
            return TargetUnderTest.of("executor", threads -> {
                threads.atEnd(executor::shutdown);
                return CallQueue.on(executor, () -> Thread.currentThread() == thread.get());
            });
        }

        @Override
        protected void endServer() {
            executor.shutdown();
        }
    }
}
