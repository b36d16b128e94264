package dev.callqueue.benchmarks.contender;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Netty: a group of one NIO event loop. */
final class NettyContender implements Contender {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();

    @Override
    public Object call(Op op) throws Exception {
        return loop.submit((Callable<Object>) op).get();
    }

    @Override
    public Future<?> submit(Op op) {
        return loop.submit((Callable<Object>) op);
    }

    @Override
    public void execute(Op op) {
        loop.execute(op);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
