package io.flashcall.engine.transport;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/// Names the threads of event loops `name-0`, `name-1`, ...
final class LoopThreads implements ThreadFactory {

    private final String name;
    private final AtomicInteger next = new AtomicInteger();

    LoopThreads(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable task) {
        return new FastThreadLocalThread(task, name + "-" + next.getAndIncrement());
    }

    /// Opens a socket on its loop and waits for it.
    ///
    /// @throws IOException naming the address
    static DatagramIo call(EventLoop loop, InetSocketAddress bind, Callable<DatagramIo> open) throws IOException {
        if (loop.inEventLoop()) {
            throw new IllegalStateException("open blocks: not to be called on an event loop");
        }
        var opened = loop.submit(open).awaitUninterruptibly();
        if (opened.isSuccess()) {
            return opened.getNow();
        }
        throw new IOException("UDP " + bind + ": " + opened.cause().getMessage(), opened.cause());
    }
}
