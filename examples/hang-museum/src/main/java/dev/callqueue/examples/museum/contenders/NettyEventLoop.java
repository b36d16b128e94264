package dev.callqueue.examples.museum.contenders;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.callqueue.examples.museum.Contender;
import dev.callqueue.examples.museum.NoCounterpart;
import dev.callqueue.examples.museum.Retreat;
import dev.callqueue.examples.museum.Target;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.Callable;

/** An event loop of Netty. */
public final class NettyEventLoop implements Contender {
    @Override
    public String name() {
        return "Netty";
    }

    @Override
    public String version() {
        return Versions.of("netty");
    }

    @Override
    public String usage() {
        return "`eventLoop.submit(op).sync().getNow()`";
    }

    @Override
    public Target owner(String name) {
        var group = new MultiThreadIoEventLoopGroup(1, DaemonThreads.named(name), NioIoHandler.newFactory());
        return new Loop(group.next());
    }

    @Override
    public Target pool(int threads) {
        throw new NoCounterpart(
                "a group of event loops is no pool: it gives each task to one loop, whether that is free or not");
    }

    private record Loop(EventLoop loop) implements Target {
        @Override
        public <T> T call(Callable<T> op) throws Exception {
            return loop.submit(op).sync().getNow();
        }

        @Override
        public <T> T callWithin(Duration limit, Callable<T> op) throws Exception {
            return loop.submit(op).get(limit.toNanos(), NANOSECONDS);
        }

        @Override
        public Retreat start(Callable<?> op) {
            Future<?> future = loop.submit(op);
            return new Retreat("`future.cancel(true)`", () -> future.cancel(true));
        }

        @Override
        public void doOwnWork(Runnable work) {
            loop.execute(work);
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // it is the callers that are watched
        public void stopNow() {
            loop.parent().shutdownGracefully(0, 0, MILLISECONDS);
        }

        @Override
        public void close() {
            stopNow();
        }
    }
}
