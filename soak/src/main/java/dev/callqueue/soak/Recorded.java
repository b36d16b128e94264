package dev.callqueue.soak;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** What the JVM's flight recorder has seen while something was done. */
final class Recorded {
    /** A park of a thread, from its begin to its end. */
    static final String PARK = "jdk.ThreadPark";

    /** A virtual thread that could not leave its carrier when it had to wait. */
    static final String PINNED = "jdk.VirtualThreadPinned";

    private Recorded() {}

    /** Does something. */
    @FunctionalInterface
    interface Action {
        /** Does it. */
        void run() throws Exception;
    }

    /** All events of that kind, however short, that have ended while this was done. */
    static List<RecordedEvent> during(String event, Action action) throws Exception {
        Path file = Files.createTempFile("soak", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(event).withThreshold(Duration.ZERO).withStackTrace();
            recording.start();
            action.run();
            recording.stop();
            recording.dump(file);
            return RecordingFile.readAllEvents(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
