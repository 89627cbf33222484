package io.flashcall.testbed;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;

/// Equally long datagrams to one target, which leave in one send (UDP GSO). One that does not fit in sends the others
/// on their way. Confined to an event loop.
public final class Train {

    /// What Linux takes in one send: 64 segments, less than 64 KiB.
    private static final int MOST_SEGMENTS = 64;

    private static final int MOST_BYTES = 65_000;

    /// A longer one may not fit a packet, and a segment must.
    private static final int LONGEST_SEGMENT = 1_232;

    private static final InetSocketAddress NOWHERE = InetSocketAddress.createUnresolved("nowhere", 0);

    private int segment;
    private InetSocketAddress target = NOWHERE;
    private ByteBuf cars = Unpooled.EMPTY_BUFFER;

    public Train() {}

    /// Adds a copy.
    public void add(Channel channel, byte[] bytes, int length, InetSocketAddress to) {
        boolean fits = length == segment
                && length <= LONGEST_SEGMENT
                && cars.readableBytes() < MOST_SEGMENTS * segment
                && cars.readableBytes() + length <= MOST_BYTES
                && to.equals(target);
        if (!fits) {
            leave(channel);
        }
        if (!cars.isReadable()) {
            segment = length;
            target = to;
            cars = channel.alloc().directBuffer(MOST_BYTES);
        }
        cars.writeBytes(bytes, 0, length);
    }

    /// To be flushed afterwards.
    public void leave(Channel channel) {
        if (cars.isReadable()) {
            var packet = cars.readableBytes() == segment
                    ? new DatagramPacket(cars, target)
                    : new SegmentedDatagramPacket(cars, segment, target);
            var _ = channel.write(packet, channel.voidPromise());
            cars = Unpooled.EMPTY_BUFFER;
        }
    }
}
