package dev.callqueue.benchmarks.contender;

import com.google.common.util.concurrent.Uninterruptibles;
import org.jspecify.annotations.Nullable;

/**
 * The limit for threads that stay on their CPUs: two of them hand a volatile field to and fro, and nothing else. What takes
 * longer than a microsecond here was not measured on an idle machine.
 */
final class VolatilePingPong implements Contender {
    private static final int PING = 0;
    private static final int PONG = 1;
    private static final int TASK = 2;
    private static final int END = 3;

    private final Thread partner = new Thread(this::play, "volatile-ping-pong");
    private volatile int turn = PING;

    /** What to run when the turn is TASK; published by the turn. */
    private @Nullable Op task;

    VolatilePingPong() {
        partner.setDaemon(true);
        partner.start();
    }

    private void play() {
        while (true) {
            int now = turn;
            if (now == PONG) {
                turn = PING;
            } else if (now == PING) {
                Thread.onSpinWait();
            } else if (now == END) {
                return;
            } else {
                runTask();
            }
        }
    }

    private void runTask() {
        Op mine = task;
        turn = PING;
        if (mine != null) {
            mine.run();
        }
    }

    @Override
    public Object call(Op op) {
        turn = PONG;
        while (turn != PING) {
            Thread.onSpinWait();
        }
        return op;
    }

    @Override
    public void execute(Op op) {
        task = op;
        turn = TASK;
        while (turn != PING) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        turn = END;
        Uninterruptibles.joinUninterruptibly(partner);
    }
}
