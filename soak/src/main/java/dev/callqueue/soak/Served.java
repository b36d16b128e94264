package dev.callqueue.soak;

import dev.callqueue.CallQueue;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** The ways in which a queue is served. */
enum Served {
    /** By a thread of the user's that owns it. */
    OWNER {
        @Override
        CallQueue open(Trial trial, CallQueue.Builder options) {
            return openOwned("owner", trial, options);
        }
    },

    /** By a thread of the user's, though any may receive. */
    ANY_THREAD {
        @Override
        CallQueue open(Trial trial, CallQueue.Builder options) {
            CallQueue queue = trial.watch(options.build());
            trial.thread("receiver", () -> receiveUntilClosed(queue)).start();
            return queue;
        }
    },

    /** By one thread of its own. */
    CONSUMER {
        @Override
        CallQueue open(Trial trial, CallQueue.Builder options) {
            return trial.watch(options.consumers(1).build());
        }
    },

    /** By several threads of its own. */
    CONSUMERS {
        @Override
        CallQueue open(Trial trial, CallQueue.Builder options) {
            return trial.watch(options.consumers(3).build());
        }
    },

    /** By a loop, which is an executor of one thread. */
    LOOP {
        @Override
        CallQueue open(Trial trial, CallQueue.Builder options) {
            var thread = new AtomicReference<Thread>();
            ExecutorService loop = Executors.newSingleThreadExecutor(work -> {
                thread.set(trial.thread("loop", work::run));
                return thread.get();
            });
            trial.closing(loop::shutdownNow);
            return trial.watch(options.on(loop, () -> Thread.currentThread() == thread.get())
                    .build());
        }
    };

    /** All of them. */
    static final List<Served> ALL = List.of(values());

    /** Makes a queue with these options that is served in this way until the trial is over. */
    abstract CallQueue open(Trial trial, CallQueue.Builder options);

    /** Makes a queue that is served in this way. */
    CallQueue open(Trial trial) {
        return open(trial, CallQueue.builder());
    }

    /** Makes a queue that a thread owns, both of that name. */
    static CallQueue openOwned(String name, Trial trial) {
        return openOwned(name, trial, CallQueue.builder().name(name));
    }

    /** Makes a queue with these options that a thread of that name owns. */
    static CallQueue openOwned(String thread, Trial trial, CallQueue.Builder options) {
        var queue = new AtomicReference<CallQueue>();
        Thread owner = trial.thread(thread, () -> receiveUntilClosed(queue.get()));
        queue.set(trial.watch(options.owner(owner).build()));
        owner.start();
        return queue.get();
    }

    /** The loop of a thread that receives, whatever a call raises in it, until nobody calls any more. */
    static void receiveUntilClosed(CallQueue queue) {
        while (!queue.isClosed()) {
            try {
                queue.receiveUntilClosed();
            } catch (InterruptedException e) {
                // it goes on
            }
        }
    }
}
