package dev.callqueue.benchmarks.contender;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The limit for threads that are suspended while they wait: two of them park, and unpark each other. */
final class ParkPingPong implements Contender {
    private final Thread partner = new Thread(this::play, "park-ping-pong");

    /** Who has to be woken by the partner; null when it is the caller's turn. */
    private volatile @Nullable Thread caller;

    private volatile boolean closed;

    ParkPingPong() {
        partner.setDaemon(true);
        partner.start();
    }

    private void play() {
        while (!closed) {
            Thread waiting = caller;
            if (waiting == null) {
                LockSupport.park(this);
            } else {
                caller = null;
                LockSupport.unpark(waiting);
            }
        }
    }

    @Override
    public Object call(Op op) {
        caller = Thread.currentThread();
        LockSupport.unpark(partner);
        while (caller != null) {
            LockSupport.park(this);
        }
        return op;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(partner);
        Uninterruptibles.joinUninterruptibly(partner);
    }
}
