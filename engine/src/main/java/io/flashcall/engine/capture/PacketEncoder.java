package io.flashcall.engine.capture;

import io.flashcall.engine.SipTransport;
import io.flashcall.engine.transport.Endpoint;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Writes the IP packet that a message, or a part of it, may have travelled in: IPv4 (RFC 791) or IPv6 (RFC 8200),
/// then UDP (RFC 768) or TCP (RFC 9293), with right lengths and checksums. Only addresses, ports and the message are
/// true.
///
/// Not thread-safe.
final class PacketEncoder {

    /// The longest packet.
    static final int LONGEST = 65_575;

    private static final int V4_HEADER = 20;
    private static final int V6_HEADER = 40;
    private static final int UDP_HEADER = 8;
    private static final int TCP_HEADER = 20;
    private static final int MOST_AFTER_LENGTH = 65_535;

    private static final int V4_CHECKSUM_AT = 10;
    private static final int UDP_CHECKSUM_AT = 6;
    private static final int TCP_CHECKSUM_AT = 16;

    /// Version 4, a header of five words.
    private static final short V4_START = 0x4500;

    private static final int V6_START = 0x6000_0000;
    private static final short DO_NOT_FRAGMENT = 0x4000;
    private static final byte HOPS = 64;
    private static final byte TCP = 6;
    private static final byte UDP = 17;

    /// A header of five words, PSH and ACK.
    private static final short PUSH_AND_ACK = 0x5018;

    private static final int BITS_16 = 0xffff;
    private static final long BITS_32 = 0xffff_ffffL;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes = new byte[LONGEST];
    private final ByteBuffer out = ByteBuffer.wrap(bytes);
    private short identification;

    /// How many bytes of a message one packet holds.
    static int room(WireMessage message) {
        int ahead = (message.isV4() ? V4_HEADER : 0) + transportHeader(message);
        return MOST_AFTER_LENGTH - ahead;
    }

    private static int transportHeader(WireMessage message) {
        return message.transport() == SipTransport.UDP ? UDP_HEADER : TCP_HEADER;
    }

    /// Encodes a part of a message.
    ///
    /// @param length  1 to [#room]
    /// @param stream  where TCP has got to; not looked at for UDP
    /// @return the packet, from its position to its limit, good until the next call
    ByteBuffer encode(WireMessage message, int offset, int length, TcpStreams.Position stream) {
        boolean v4 = message.isV4();
        boolean udp = message.transport() == SipTransport.UDP;
        int segment = transportHeader(message) + length;
        out.clear();
        if (v4) {
            v4Header(message, segment, udp ? UDP : TCP);
        } else {
            v6Header(message, segment, udp ? UDP : TCP);
        }
        int at = out.position();
        ports(message);
        if (udp) {
            out.putShort((short) segment).putShort((short) 0);
        } else {
            out.putInt(stream.sequence()).putInt(stream.acknowledged());
            out.putShort(PUSH_AND_ACK)
                    .putShort((short) BITS_16)
                    .putShort((short) 0)
                    .putShort((short) 0);
        }
        out.put(message.bytes(), offset, length);
        int checksum = fold(pseudoHeader(message, segment, udp ? UDP : TCP) + sum(at, out.position()));
        if (udp) {
            // None is written as 0, so that what comes out as 0 is written as its other form (RFC 768).
            out.putShort(at + UDP_CHECKSUM_AT, (short) (checksum == 0 ? BITS_16 : checksum));
        } else {
            out.putShort(at + TCP_CHECKSUM_AT, (short) checksum);
        }
        return out.flip();
    }

    private void ports(WireMessage message) {
        out.putShort((short) message.source().port());
        out.putShort((short) message.destination().port());
    }

    private void v4Header(WireMessage message, int segment, byte protocol) {
        out.putShort(V4_START).putShort((short) (V4_HEADER + segment));
        out.putShort(identification++).putShort(DO_NOT_FRAGMENT);
        out.put(HOPS).put(protocol).putShort((short) 0);
        out.putInt((int) message.source().lo())
                .putInt((int) message.destination().lo());
        out.putShort(V4_CHECKSUM_AT, (short) fold(sum(0, V4_HEADER)));
    }

    private void v6Header(WireMessage message, int segment, byte protocol) {
        out.putInt(V6_START).putShort((short) segment).put(protocol).put(HOPS);
        v6Address(message.source());
        v6Address(message.destination());
    }

    private void v6Address(Endpoint address) {
        out.putLong(address.hi()).putLong(address.lo());
    }

    /// What RFC 768 and RFC 8200 §8.1 put ahead of the segment for its checksum: addresses, protocol, length.
    private long pseudoHeader(WireMessage message, int segment, byte protocol) {
        long addresses =
                message.isV4() ? sum(V4_HEADER - 2 * Integer.BYTES, V4_HEADER) : sum(2 * Integer.BYTES, V6_HEADER);
        return addresses + segment + protocol;
    }

    /// Words of 16 bits of what has been written, four at a time, which folds to the same; an odd byte counts as if a
    /// zero followed.
    private long sum(int from, int to) {
        long sum = 0;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long words = (long) WORDS.get(bytes, at);
            sum += (words >>> Integer.SIZE) + (words & BITS_32);
        }
        for (; at + Short.BYTES <= to; at += Short.BYTES) {
            sum += out.getShort(at) & BITS_16;
        }
        return at < to ? sum + ((out.get(at) & 0xff) << Byte.SIZE) : sum;
    }

    /// One's complement of the one's complement sum (RFC 1071).
    private static int fold(long sum) {
        long folded = sum;
        while (folded > BITS_16) {
            folded = (folded & BITS_16) + (folded >>> Short.SIZE);
        }
        return (int) ~folded & BITS_16;
    }
}
