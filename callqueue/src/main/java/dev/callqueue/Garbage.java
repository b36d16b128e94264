package dev.callqueue;

import java.lang.ref.Cleaner;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells what has become garbage: queues that nobody has any more, and failed calls that nobody has looked at. */
final class Garbage {
    /** Its actions must not keep the next one waiting: what runs code of users goes elsewhere. */
    static final Cleaner CLEANER = Cleaner.create();

    private static final Queue<Runnable> REPORTS = new ConcurrentLinkedQueue<>();

    /** Whether a thread works off the reports, or is about to. */
    private static final AtomicBoolean REPORTING = new AtomicBoolean();

    private Garbage() {}

    /** Has a user told of something that is garbage; one after the other, because there may be very many. */
    static void report(Runnable report) {
        REPORTS.add(report);
        if (REPORTING.compareAndSet(false, true)) {
            Watch.end(Garbage::workOff);
        }
    }

    private static void workOff() {
        do {
            try {
                for (Runnable report = REPORTS.poll(); report != null; report = REPORTS.poll()) {
                    report.run();
                }
            } finally {
                REPORTING.set(false);
            }
        } while (!REPORTS.isEmpty() && REPORTING.compareAndSet(false, true));
    }
}
