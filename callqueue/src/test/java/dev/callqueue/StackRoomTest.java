package dev.callqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Whether a check takes up as much stack as it should: a compiler might leave out what it finds useless. */
class StackRoomTest {
    private static final int STACK_BYTES = 1024 * 1024;

    /** What a frame takes at least, by far. */
    private static final int FRAME_BYTES = 400;

    private static String outcomeInThreadWithStack(Runnable body) throws InterruptedException {
        var outcome = new AtomicReference<>("fits in");
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        body.run();
                    } catch (StackOverflowError end) {
                        outcome.set("overflows");
                    }
                },
                "small stack",
                STACK_BYTES);
        thread.start();
        thread.join();
        return outcome.get();
    }

    @Test
    void itsFramesAreLargeAlsoWhenTheyAreCompiled() throws Exception {
        for (int i = 0; i < 200_000; i++) {
            StackRoom.check();
        }

        assertEquals(
                "overflows",
                outcomeInThreadWithStack(() -> StackRoom.descend(STACK_BYTES / FRAME_BYTES, 1)),
                STACK_BYTES + " bytes have room for frames of less than " + FRAME_BYTES + " bytes");
    }

    @Test
    void whereThereIsRoomItPasses() throws Exception {
        assertEquals("fits in", outcomeInThreadWithStack(StackRoom::check));
    }
}
