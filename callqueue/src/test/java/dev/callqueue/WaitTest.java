package dev.callqueue;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A thread that waits does not rely on a wake-up that it has had. */
class WaitTest {
    @AutoClose
    private final Threads threads = new Threads();

    /** Tells of its end while the wait attaches itself, and has its outcome only some looks later, without a word. */
    private static final class EndsMeanwhile implements Awaited {
        private final Core core =
                CallQueue.builder().waiting(Waiting.PARK).build().core();
        private int looks;

        @Override
        public boolean isReady() {
            return looks++ > 10;
        }

        @Override
        public boolean attach(Wait wait) {
            wait.ended();
            return true;
        }

        @Override
        public void detach(Wait wait) {}

        @Override
        public List<Call<?>> calls() {
            return List.of();
        }

        @Override
        public Core core() {
            return core;
        }
    }

    @Test
    void whoIsToldOfTheEndWhileHeAttachesHimselfLooksUntilTheOutcomeIsThere() {
        var waiting = threads.start("waiting", () -> Wait.await(new EndsMeanwhile(), Nanos.FOREVER, null));

        assertTrue(waiting.result());
    }
}
