package dev.callqueue.benchmarks.contender;

import com.google.common.util.concurrent.Uninterruptibles;
import com.softwaremill.jox.Channel;
import com.softwaremill.jox.ChannelDoneException;
import com.softwaremill.jox.structured.ActorRef;
import com.softwaremill.jox.structured.ThrowingConsumer;
import java.util.concurrent.Future;

/**
 * jox: {@code ask} and {@code tell} of an actor. The actor's loop is written here, on a virtual thread as in jox, because
 * the scope that would run it is a preview feature of the JDK.
 */
final class JoxContender implements Contender {
    private final Channel<ThrowingConsumer<JoxContender>> mailbox = Channel.newBufferedDefaultChannel();
    private final ActorRef<JoxContender> actor = new ActorRef<>(mailbox);
    private final Thread thread = Thread.ofVirtual().name("jox").start(this::work);

    private void work() {
        try {
            while (true) {
                mailbox.receive().accept(this);
            }
        } catch (ChannelDoneException end) {
            return;
        } catch (Exception failure) {
            mailbox.error(failure);
        }
    }

    @Override
    public Object call(Op op) throws Exception {
        return actor.ask(self -> op.call());
    }

    @Override
    public Future<?> submit(Op op) throws Exception {
        FutureOp future = new FutureOp(op);
        actor.tell(self -> future.run());
        return future;
    }

    @Override
    public void execute(Op op) throws Exception {
        actor.tell(self -> op.run());
    }

    @Override
    public void close() {
        mailbox.doneOrClosed();
        Uninterruptibles.joinUninterruptibly(thread);
    }
}
