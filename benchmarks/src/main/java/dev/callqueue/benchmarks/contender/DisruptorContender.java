package dev.callqueue.benchmarks.contender;

import com.lmax.disruptor.EventTranslatorOneArg;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import com.lmax.disruptor.util.DaemonThreadFactory;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Disruptor: a ring of events for many producers and one handler, which runs what it finds there. */
final class DisruptorContender implements Contender {
    private static final int CAPACITY = 1 << 16;
    private static final EventTranslatorOneArg<Event, Runnable> FILL = (event, sequence, task) -> event.task = task;

    private final Disruptor<Event> disruptor;
    private final RingBuffer<Event> ring;

    DisruptorContender(WaitStrategy waitStrategy) {
        disruptor =
                new Disruptor<>(Event::new, CAPACITY, DaemonThreadFactory.INSTANCE, ProducerType.MULTI, waitStrategy);
        disruptor.handleEventsWith((event, sequence, endOfBatch) -> event.run());
        ring = disruptor.start();
    }

    @Override
    public Object call(Op op) throws Exception {
        return submit(op).get();
    }

    @Override
    public Future<?> submit(Op op) {
        FutureOp future = new FutureOp(op);
        ring.publishEvent(FILL, future);
        return future;
    }

    @Override
    public void execute(Op op) {
        ring.publishEvent(FILL, op);
    }

    @Override
    public void close() {
        disruptor.shutdown();
    }

    /** A slot of the ring. */
    private static final class Event {
        private @Nullable Runnable task;

        void run() {
            Runnable mine = task;
            task = null;
            if (mine != null) {
                mine.run();
            }
        }
    }
}
