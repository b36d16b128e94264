package dev.callqueue.testkit;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;

/** A loop like those of user interfaces: runs what it is given on its one thread, and goes on when that throws. */
final class EventLoop implements Executor {
    private static final Runnable LEAVE = () -> {};

    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private volatile Thread thread;

    /** The loop; ends some time after {@link #leave}. */
    void run() {
        thread = Thread.currentThread();
        while (true) {
            try {
                Runnable event = events.take();
                if (event == LEAVE) {
                    return;
                }
                event.run();
            } catch (InterruptedException ofAnEvent) {
                // an event has left the flag set
            } catch (Throwable raised) {
                Uncaught.tell(raised);
            }
        }
    }

    @Override
    public void execute(Runnable event) {
        events.add(event);
    }

    boolean isInLoop() {
        return Thread.currentThread() == thread;
    }

    void leave() {
        events.add(LEAVE);
    }
}
