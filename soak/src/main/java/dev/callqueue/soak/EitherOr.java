package dev.callqueue.soak;

import dev.callqueue.CallQueue;

/** Counts, of calls that are taken back when they are to be run, which it was: never both, and never neither. */
final class EitherOr {
    private final Seen both = new Seen();
    private final Seen neither = new Seen();
    private final Seen left = new Seen();
    private long ran;
    private long withdrawn;

    /** A call whose caller was told, or not, that it was withdrawn, and whose queue has nothing else to run. */
    void note(Tally op, boolean toldWithdrawn, CallQueue queue) {
        both.unless(!toldWithdrawn || op.runs() == 0, op.runs() + " runs");
        neither.unless(toldWithdrawn || op.runs() == 1, op.runs() + " runs");
        left.unless(queue.size() == 0, queue.size() + " in the line");
        if (toldWithdrawn) {
            withdrawn++;
        } else {
            ran++;
        }
    }

    void addTo(Figures figures, int rounds) {
        figures.say("%,d aimed rounds: %,d ran, %,d withdrawn", rounds, ran, withdrawn);
        figures.none("withdrawn and run", both);
        figures.none("neither", neither);
        figures.none("left in the line", left);
    }
}
