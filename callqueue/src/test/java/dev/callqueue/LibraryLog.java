package dev.callqueue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Keeps what the library logs, instead of printing it. */
final class LibraryLog extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("dev.callqueue");
    private final List<Throwable> thrown = new CopyOnWriteArrayList<>();
    private volatile RuntimeException failure;

    LibraryLog() {
        logger.addHandler(this);
        logger.setUseParentHandlers(false);
    }

    /** The exceptions that were logged. */
    List<Throwable> thrown() {
        return thrown;
    }

    /** Has every further attempt to log something fail. */
    void failWith(RuntimeException ofTheLog) {
        failure = ofTheLog;
    }

    @Override
    public void publish(LogRecord entry) {
        thrown.add(entry.getThrown());
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void flush() {
        // nothing is buffered
    }

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
