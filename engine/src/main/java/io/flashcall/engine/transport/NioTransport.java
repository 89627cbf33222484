package io.flashcall.engine.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;

/// Anywhere Java runs: [NioSocket]s in Netty's NIO loops, a system call and a few objects for each datagram.
final class NioTransport implements DatagramTransport {

    private static final int MAX_READS = 64;
    private static final int SEND_BUFFER_BYTES = 1 << 20;

    /// One byte more than we take, by which a longer datagram gives itself away.
    private static final int READ_BYTES = MAX_RECEIVED_BYTES + 1;

    @Override
    public String name() {
        return "nio";
    }

    @Override
    public EventLoopGroup newLoops(int count, String threadName) {
        return new MultiThreadIoEventLoopGroup(count, new LoopThreads(threadName), NioIoHandler.newFactory());
    }

    @Override
    public DatagramIo open(EventLoop loop, InetSocketAddress bind, Binding binding, DatagramHandler handler)
            throws IOException {
        if (loop.inEventLoop()) {
            throw new IllegalStateException("open blocks: not to be called on an event loop");
        }
        var io = new NioSocket(handler);
        var bootstrap = new Bootstrap();
        if (binding.shared()) {
            bootstrap.option(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true);
        }
        ChannelFuture bound = bootstrap
                .group(loop)
                .channelFactory(family(bind))
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(READ_BYTES).maxMessagesPerRead(MAX_READS))
                .option(ChannelOption.SO_RCVBUF, binding.receiveBufferBytes())
                .option(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, NioSocket.ROOM)
                .handler(io.inbound())
                .bind(bind)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("UDP " + bind + ": " + bound.cause().getMessage(), bound.cause());
        }
        var channel = (NioDatagramChannel) bound.channel();
        ReceiveBuffer.check(
                channel.localAddress(),
                binding.receiveBufferBytes(),
                channel.config().getReceiveBufferSize());
        return io;
    }

    private static ChannelFactory<NioDatagramChannel> family(InetSocketAddress bind) {
        return bind.getAddress() instanceof Inet4Address
                ? () -> new NioDatagramChannel(SocketProtocolFamily.INET)
                : NioDatagramChannel::new;
    }
}
