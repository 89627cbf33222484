package io.flashcall.testbed;

import io.flashcall.testbed.behaviour.Behaviour;
import io.flashcall.testbed.behaviour.Dialplan;
import io.flashcall.testbed.wire.Reflector;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/// A far end that keeps up with any caller: it answers like the behaviour `reflect`, and does nothing else. What a
/// caller sends as one send of several datagrams is received as one (UDP GRO), and equally long responses leave so
/// (GSO). One event loop does everything; methods may be called from any thread.
public final class BatchReflector implements AutoCloseable {

    private static final int LONGEST_TRAIN = 65_535;
    private static final int READS_A_CYCLE = 32;
    private static final int BUFFER_BYTES = 4 << 20;
    private static final long LOOP_SECONDS = 2;

    private final Counts counts;
    private final MultiThreadIoEventLoopGroup group;
    private final Channel channel;

    private BatchReflector(Counts counts, MultiThreadIoEventLoopGroup group, Channel channel) {
        this.counts = counts;
        this.group = group;
        this.channel = channel;
    }

    /// Whether it can do what a carrier is to be, on this machine: nothing but reflect, over UDP, unseen.
    public static boolean suits(CarrierConfig config) {
        return config.dialplan() instanceof Dialplan.Always(Behaviour behaviour)
                && behaviour.stateless()
                && config.terms().equals(CarrierTerms.NONE)
                && config.listeners().equals(CarrierConfig.Listeners.NONE)
                && Epoll.isAvailable();
    }

    /// Binds the address and begins to answer.
    ///
    /// @throws UncheckedIOException naming the address, if it cannot be bound
    public static BatchReflector start(InetSocketAddress listen) {
        var counts = new Counts();
        ThreadFactory threads =
                Thread.ofPlatform().daemon().name("carrier-reflect").factory();
        var group = new MultiThreadIoEventLoopGroup(1, threads, EpollIoHandler.newFactory());
        var bound = new Bootstrap()
                .group(group)
                .channel(EpollDatagramChannel.class)
                .option(EpollChannelOption.UDP_GRO, true)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(LONGEST_TRAIN).maxMessagesPerRead(READS_A_CYCLE))
                .option(ChannelOption.SO_RCVBUF, BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, BUFFER_BYTES)
                .handler(new Handler(counts))
                .bind(listen)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            var _ = group.shutdownGracefully(0, LOOP_SECONDS, TimeUnit.SECONDS);
            throw new UncheckedIOException(
                    "cannot listen on " + listen,
                    new IOException(String.valueOf(bound.cause().getMessage()), bound.cause()));
        }
        return new BatchReflector(counts, group, bound.channel());
    }

    /// The address it listens on, with the port it was given.
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /// What it has seen and done so far.
    public CarrierCounters counters() {
        return counts.snapshot();
    }

    /// Stops answering and frees the port. Idempotent.
    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
        group.shutdownGracefully(0, LOOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static final class Handler extends ChannelInboundHandlerAdapter {

        /// A response of a kind leaves after all those that precede it in a call: 100, 180 and 200, 487.
        private static final int KINDS = 2;

        private final Counts counts;
        private final Reflector reflector = new Reflector();
        private final byte[] request = new byte[LONGEST_TRAIN];
        private final Train[][] trains = new Train[2][KINDS];

        Handler(Counts counts) {
            this.counts = counts;
            for (var ofRequest : trains) {
                for (int kind = 0; kind < KINDS; kind++) {
                    ofRequest[kind] = new Train();
                }
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            var packet = (DatagramPacket) message;
            ByteBuf content = packet.content();
            int length = Math.min(content.readableBytes(), request.length);
            content.getBytes(content.readerIndex(), request, 0, length);
            var sender = packet.sender();
            packet.release();
            var verdict = reflector.reflect(request, length);
            counts.add(
                    switch (verdict) {
                        case INVITE -> Counts.Kind.INVITES;
                        case CANCEL -> Counts.Kind.CANCELS;
                        case ACK -> Counts.Kind.ACKS;
                        case OTHER -> Counts.Kind.OPTIONS;
                        case UNREADABLE -> Counts.Kind.MALFORMED;
                    });
            var ofRequest = trains[verdict == Reflector.Verdict.INVITE ? 0 : 1];
            for (int i = 0; i < reflector.responses(); i++) {
                ofRequest[i].add(context.channel(), reflector.bytes(i), reflector.length(i), sender);
                counts.add(Counts.Kind.RESPONSES);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            for (var ofRequest : trains) {
                for (var train : ofRequest) {
                    train.leave(context.channel());
                }
            }
            context.flush();
        }
    }
}
