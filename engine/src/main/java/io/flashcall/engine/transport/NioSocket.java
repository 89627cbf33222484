package io.flashcall.engine.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A UDP socket behind Netty's `NioDatagramChannel`. Java does not tell error numbers, kernel drops or system calls,
/// so these are reported as unknown. ICMP errors it tells to connected sockets alone: a port where nobody listens
/// shows as silence.
final class NioSocket implements DatagramIo {

    private static final Logger LOG = LoggerFactory.getLogger(NioSocket.class);
    private static final int UNKNOWN = -1;

    private static final int MAX_WAITING_BYTES = 1 << 20;

    /// What may wait for the kernel, in bytes; more is dropped, until half of it has left. Netty asks for less than
    /// the low mark: with 0 there, a socket that was full once would stay so.
    static final WriteBufferWaterMark ROOM = new WriteBufferWaterMark(MAX_WAITING_BYTES / 2, MAX_WAITING_BYTES);

    private final DatagramHandler handler;
    private final SendFailures failures = new SendFailures();
    private final IoTally tally = new IoTally();
    private volatile @Nullable Channel opened;

    /// Whether a call of ours into the channel is under way: what fails meanwhile is told after it, or by the next
    /// flush.
    private boolean calling;

    NioSocket(DatagramHandler handler) {
        this.handler = handler;
    }

    ChannelHandler inbound() {
        return new Inbound();
    }

    @Override
    public void send(byte[] bytes, int offset, int length, Endpoint to, long token, int lane) {
        DatagramLength.check(length);
        Channel channel = channel();
        calling = true;
        if (!channel.isWritable()) {
            channel.flush();
        }
        if (channel.isOpen() && channel.isWritable()) {
            ByteBuf content = channel.alloc().directBuffer(length).writeBytes(bytes, offset, length);
            ChannelFuture written = channel.write(new DatagramPacket(content, to.toSocketAddress()));
            written.addListener(future -> onWritten(channel, token, future.cause()));
        } else {
            drop(token);
        }
        calling = false;
    }

    @Override
    public void flush() {
        calling = true;
        channel().flush();
        calling = false;
        failures.report(handler);
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) channel().localAddress();
    }

    @Override
    public IoCounters counters() {
        return tally.snapshot(UNKNOWN, false);
    }

    @Override
    public void close() {
        flush();
        calling = true;
        var _ = channel().close();
        calling = false;
        failures.report(handler);
    }

    private void onWritten(Channel channel, long token, @Nullable Throwable cause) {
        if (cause == null) {
            tally.sent(1, 0);
        } else if (channel.isOpen()) {
            LOG.debug("UDP {}: sending failed: {}", channel.localAddress(), cause.toString());
            tally.sendError();
            failures.add(token, UNKNOWN);
        } else {
            drop(token);
        }
        if (!calling) {
            failures.reportInCycle(handler);
        }
    }

    private void drop(long token) {
        tally.sendDrop();
        failures.add(token, LinuxUdp.EAGAIN);
    }

    private Channel channel() {
        return Objects.requireNonNull(opened, "opened");
    }

    private final class Inbound extends ChannelInboundHandlerAdapter {

        private final byte[] bytes = new byte[DatagramTransport.MAX_RECEIVED_BYTES];
        private boolean reading;
        private int received;
        private int truncated;

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            opened = context.channel();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            var packet = (DatagramPacket) message;
            try {
                if (!reading) {
                    reading = true;
                    handler.beforeRead();
                }
                onPacket(packet);
            } finally {
                packet.release();
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (reading) {
                reading = false;
                tally.readCycle(received, truncated);
                received = 0;
                truncated = 0;
                handler.afterRead();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.error("UDP {}: reading failed", context.channel().localAddress(), cause);
        }

        private void onPacket(DatagramPacket packet) {
            ByteBuf content = packet.content();
            int length = content.readableBytes();
            if (length > bytes.length) {
                truncated++;
                return;
            }
            received++;
            content.getBytes(content.readerIndex(), bytes, 0, length);
            handler.onDatagram(bytes, length, Endpoint.of(packet.sender()));
        }
    }
}
