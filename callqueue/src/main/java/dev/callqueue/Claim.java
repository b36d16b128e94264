package dev.callqueue;

import org.jspecify.annotations.Nullable;

/**
 * What stands in a call instead of its op as soon as somebody has claimed it: who runs it – a {@link Receiver} or, of a call
 * that may be interrupted, an {@link Interruption} –, how it failed ({@link Failure}), that it never runs
 * ({@link Unrun}), or merely that it {@linkplain #OVER has run}.
 */
abstract class Claim {
    /** Of a call that has run. */
    static final Claim OVER = new Claim() {};

    /** The thread that runs the call now, if any. */
    @Nullable
    Thread runner() {
        return null;
    }

    /** Of a call that never runs: by whom it was claimed, and when it was queued, if the queue has a listener. */
    static class Unrun extends Claim {
        private static final Unrun WITHDRAWN = new Unrun(true, 0);
        private static final Unrun REFUSED = new Unrun(false, 0);

        final boolean withdrawn;
        final long queuedNanos;

        private Unrun(boolean withdrawn, long queuedNanos) {
            this.withdrawn = withdrawn;
            this.queuedNanos = queuedNanos;
        }

        /**
         * The claim for a call with that op.
         *
         * @param withdrawn whether on behalf of its maker, and not because nobody will run it
         */
        static Unrun of(Object op, boolean withdrawn) {
            if (op instanceof Timed timed) {
                return new Unrun(withdrawn, timed.queuedNanos());
            }
            return withdrawn ? WITHDRAWN : REFUSED;
        }
    }

    /** Of a call that was refused together with others, and is still to be ended: by who has refused them, or before that for who needs its end. */
    static final class Refused extends Unrun {
        final Refusal refusal;

        Refused(Refusal refusal, long queuedNanos) {
            super(false, queuedNanos);
            this.refusal = refusal;
        }

        /** The claim as soon as somebody has begun to end the call. */
        Unrun taken() {
            return queuedNanos == 0 ? Unrun.REFUSED : new Unrun(false, queuedNanos);
        }
    }

    /** An op of a queue with a listener, which is told how long it has waited. */
    record Timed(Object op, long queuedNanos) {
        /** The op, whether it is timed or not. */
        static Object opOf(Object claimed) {
            return claimed instanceof Timed timed ? timed.op : claimed;
        }
    }
}
