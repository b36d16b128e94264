package dev.callqueue;

import org.jspecify.annotations.Nullable;

/** The ways of receiving, each a thread's visit to a queue: it enters, claims calls one by one and runs them, and exits. */
final class Receiving {
    private Receiving() {}

    /** Runs the calls that wait now, at most so many, and begins none once the budget is used up. */
    static int waiting(Core core, int maxCalls, long budgetNanos) {
        core.checkReceiver();
        core.throwRaisedBefore();
        if (core.isIdle()) {
            return 0;
        }
        Receiver me = core.enter();
        try {
            return runWaiting(core, me, maxCalls, budgetNanos);
        } finally {
            core.exit(me);
        }
    }

    /** Runs the calls that wait now; if there are none, waits so long for a first one. */
    static int awaiting(Core core, long waitNanos) throws InterruptedException {
        core.checkReceiver();
        core.throwRaisedBefore();
        Receiver me = core.enter();
        try {
            int count = runWaiting(core, me);
            if (count > 0 || waitNanos <= 0) {
                return count;
            }
            if (core.isClosed()) {
                return runWaiting(core, me); // what came after the first look, and before the end
            }
            me.throwIfInterrupted();
            Call<?> first = core.awaitCall(me, waitNanos, false);
            long lastTicket = core.lastTicket();
            return runIfAny(me, first) ? 1 + runWaiting(core, me, Integer.MAX_VALUE, lastTicket, Nanos.FOREVER) : 0;
        } finally {
            core.exit(me);
        }
    }

    /** Runs calls as they come, until the queue is closed and empty. */
    static void untilClosed(Core core) throws InterruptedException {
        core.checkReceiver();
        core.throwRaisedBefore();
        Receiver me = core.enter();
        try {
            do {
                me.throwIfInterrupted();
            } while (runComing(core, me) || runIfAny(me, core.awaitCall(me, Nanos.FOREVER, core.seesCallsCome(me))));
        } finally {
            core.exit(me);
        }
    }

    /** Refuses new calls and runs what waits. */
    static int closing(Core core) {
        core.checkReceiver();
        Receiver me = core.enter();
        try {
            core.shutDoor();
            int count = runWaiting(core, me);
            core.throwRaisedBefore();
            return count;
        } finally {
            core.exit(me);
        }
    }

    /**
     * Runs that call in this thread, which is a target thread and waits for it, and before it the earlier calls of the
     * same caller. What is raised leaves the receive around, or the next one. An interrupt that the calls leave behind is for
     * the receive around, if there is one; one that has come before is for who waits.
     */
    static void nested(Call<?> upTo) {
        Core core = upTo.core();
        Receiver me = core.enter();
        boolean interrupted = me.takeInterrupt();
        try {
            runEarlierOfCaller(core, me, upTo);
        } finally {
            try {
                exitNested(core, me);
            } finally {
                if (interrupted) {
                    me.thread.interrupt();
                }
            }
        }
    }

    private static void runEarlierOfCaller(Core core, Receiver me, Call<?> upTo) {
        if (core.isTooDeep(me)) {
            core.refuseTooDeep(upTo);
            return;
        }
        Call<?> call;
        do {
            call = core.claimEarlierOfCaller(me, upTo);
            if (call != null) {
                me.run(call);
            }
        } while (call != null && call != upTo);
    }

    private static void exitNested(Core core, Receiver me) {
        Receiver around = me.depth > 1 ? me : me.outer();
        boolean interrupted = around != null && me.takeInterrupt();
        try {
            core.exit(me);
        } finally {
            if (around != null && interrupted) {
                around.interruptLoop();
            }
        }
    }

    /** Runs, in a thread that has entered, what waits now. */
    static int runWaiting(Core core, Receiver me) {
        return runWaiting(core, me, Integer.MAX_VALUE, Nanos.FOREVER);
    }

    private static int runWaiting(Core core, Receiver me, int maxCalls, long budgetNanos) {
        return runWaiting(core, me, maxCalls, core.lastTicket(), budgetNanos);
    }

    private static int runWaiting(Core core, Receiver me, int maxCalls, long lastTicket, long budgetNanos) {
        long deadline = Nanos.deadline(budgetNanos);
        int count = 0;
        while (count < maxCalls
                && Nanos.left(budgetNanos, deadline) > 0
                && (runFromHand(core, me, core.isClosed() ? Long.MAX_VALUE : lastTicket)
                        || runIfAny(me, core.claimUpTo(me, lastTicket)))) {
            count++;
        }
        return count;
    }

    /** Runs the next call that comes, if this thread has it in hand or sees it come while it waits a little on the CPU. */
    static boolean runComing(Core core, Receiver me) {
        do {
            if (runFromHand(core, me, Long.MAX_VALUE)) {
                return true;
            }
        } while (core.comesToHand(me));
        return false;
    }

    /** Runs the next of the calls that the thread has in hand, if it is not in the middle of one. */
    static boolean runFromHand(Core core, Receiver me, long upToTicket) {
        if (me.isRunning() || !core.backlog().handful().runNext(me, upToTicket)) {
            return false;
        }
        me.throwRaised();
        return true;
    }

    /** Runs the claimed call and throws what it raises here. The caller keeps no reference to it, and so nobody does. */
    static boolean runIfAny(Receiver me, @Nullable Call<?> call) {
        if (call == null) {
            return false;
        }
        me.run(call);
        me.throwRaised();
        return true;
    }
}
