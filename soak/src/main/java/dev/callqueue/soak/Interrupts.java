package dev.callqueue.soak;

import dev.callqueue.Call;
import dev.callqueue.CallInterruptedException;
import dev.callqueue.CallQueue;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/** Threads are interrupted at the very moment when their call returns, is withdrawn, or when they receive. */
final class Interrupts implements Experiment {
    private final AtomicLong leaked = new AtomicLong();
    private final Seen swallowed = new Seen();
    private final Seen wrong = new Seen();
    private long interrupted;
    private long sawTheirs;

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        int callers = 0;
        for (Served served : new Served[] {Served.OWNER, Served.CONSUMER}) {
            CallQueue queue = served.open(trial);
            callers += Duel.fight(trial, 15_000, 300_000, number -> new CallerInterrupted(queue));
        }
        CallQueue unserved = trial.watch(CallQueue.create());
        callers += Duel.fight(trial, 15_000, 400_000, number -> new WithdrawalInterrupted(unserved));
        CallQueue received = trial.watch(CallQueue.create());
        int cancels = Duel.fight(trial, 15_000, 300_000, number -> new RunInterrupted(received));
        int receivers = interruptReceivers(trial);
        int refusing = interruptTheUninterruptible(trial);

        figures.say("%,d interrupts of callers (%,d ended the wait)", callers, interrupted);
        figures.say("%,d of running calls that want it (%,d saw it)", cancels, sawTheirs);
        figures.say("%,d of receivers, %,d of threads whose interrupt() throws", receivers, refusing);
        figures.none("leaked into a call", leaked.get());
        figures.none("swallowed", swallowed);
        figures.none("wrong outcomes", wrong);
    }

    private int lookForLeak() {
        if (Thread.currentThread().isInterrupted()) {
            leaked.incrementAndGet();
        }
        return 1;
    }

    /** A caller is interrupted while its call is served. */
    private class CallerInterrupted implements Duel.Round {
        private final CallQueue queue;
        private final AtomicReference<Thread> caller = new AtomicReference<>();
        private final Gate sent = new Gate();

        CallerInterrupted(CallQueue queue) {
            this.queue = queue;
        }

        @Override
        public void first() {
            Thread thread = caller.get();
            while (thread == null) {
                Thread.onSpinWait();
                thread = caller.get();
            }
            thread.interrupt();
            sent.open();
        }

        @Override
        public void second() {
            caller.set(Thread.currentThread());
            boolean ended = false;
            try {
                queue.call(Interrupts.this::lookForLeak);
            } catch (CallInterruptedException e) {
                ended = true;
                wrong.unless(Thread.currentThread().isInterrupted(), "CallInterruptedException without the flag");
            }
            sent.pass();
            swallowed.unless(Thread.interrupted(), ended ? "by a withdrawn call" : "by a call that returned");
            if (ended) {
                interrupted++;
            }
        }

        @Override
        public void judge() {}
    }

    /** A caller is interrupted while its call cannot begin; only the judge might run it. */
    private final class WithdrawalInterrupted extends CallerInterrupted {
        private final CallQueue queue;

        WithdrawalInterrupted(CallQueue queue) {
            super(queue);
            this.queue = queue;
        }

        @Override
        public void judge() {
            wrong.unless(queue.size() == 0 && queue.receive() == 0, "a call whose caller has left is still there");
        }
    }

    /** A running call that may be interrupted is, when it is about to end; neither the next call nor its thread may see it. */
    private final class RunInterrupted implements Duel.Round {
        private final CallQueue queue;
        private final Call<Integer> call;

        RunInterrupted(CallQueue queue) {
            this.queue = queue;
            this.call = queue.interruptible().submit(this::spinALittle);
            queue.execute(Interrupts.this::lookForLeak);
        }

        private int spinALittle() {
            for (int i = ThreadLocalRandom.current().nextInt(100); i > 0; i--) {
                Thread.onSpinWait();
            }
            if (Thread.currentThread().isInterrupted()) {
                sawTheirs++;
            }
            return 1;
        }

        @Override
        public void first() {
            call.cancel(true);
        }

        @Override
        public void second() {
            queue.receive();
            lookForLeak();
        }

        @Override
        public void judge() {
            wrong.unless(call.isDone() && queue.size() == 0, String.valueOf(call));
        }
    }

    /** Every interrupt of a receiving thread leaves its receive, and is seen by no call. */
    private int interruptReceivers(Trial trial) throws Exception {
        CallQueue queue = trial.watch(CallQueue.create());
        AtomicLong seen = new AtomicLong();
        Started<?> receiver = trial.start("receiver", () -> {
            while (!queue.isClosed()) {
                try {
                    queue.receiveUntilClosed();
                } catch (InterruptedException e) {
                    seen.incrementAndGet();
                }
            }
        });
        int rounds = trial.repeat(3_000, 300_000, round -> {
            receiver.thread().interrupt();
            queue.call(this::lookForLeak);
            while (seen.get() < round + 1) {
                queue.call(this::lookForLeak);
            }
        });
        queue.close();
        receiver.result();
        swallowed.unless(seen.get() == rounds, seen + " of " + rounds + " by a receiver");
        return rounds;
    }

    /** Threads whose interrupt cannot be set again leave with whatever that throws, and leave nothing behind. */
    private int interruptTheUninterruptible(Trial trial) throws Exception {
        CallQueue queue = trial.watch(CallQueue.create());
        return trial.repeat(200, 2_000, round -> {
            Stubborn caller = new Stubborn(queue);
            caller.start();
            Awaitility.await().pollInterval(Duration.ofMillis(1)).forever().until(caller::waits);
            caller.interruptNevertheless();
            caller.join();
            int late = queue.receive();
            wrong.unless(late == 0, "a call of a stubborn thread ran " + late + " times after its caller had left");
            wrong.unless(caller.left, "a stubborn thread did not leave its call");
        });
    }

    /** A thread that refuses to be interrupted by itself. */
    private static final class Stubborn extends Thread {
        private final CallQueue queue;
        volatile boolean left;

        Stubborn(CallQueue queue) {
            this.queue = queue;
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                queue.call(() -> 1);
            } catch (UnsupportedOperationException | CallInterruptedException e) {
                left = true;
            }
        }

        @Override
        public void interrupt() {
            throw new UnsupportedOperationException("not me");
        }

        /** Whether it waits for its call; before that it may hold a lock of the JDK's, which is never let go then. */
        boolean waits() {
            return getState() == State.WAITING;
        }

        void interruptNevertheless() {
            super.interrupt();
        }
    }
}
