package io.flashcall.engine.transport;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// [Endpoint] to and from `sockaddr_in` and `sockaddr_in6`. The scope of a link-local IPv6 address is not kept.
final class SocketAddressCodec {

    /// Room for either form, in bytes.
    static final int BYTES = 32;

    static final int V4_BYTES = 16;
    static final int V6_BYTES = 28;

    private static final ValueLayout.OfShort PORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt ADDRESS_V4 = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong ADDRESS_V6 =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private SocketAddressCodec() {}

    /// An `AF_INET` socket wants IPv4 addresses in their own form, an `AF_INET6` one wants them v4-mapped. An IPv6
    /// address through an `AF_INET` socket is the kernel's to refuse.
    ///
    /// @param v4Socket whether the socket is of family `AF_INET`
    /// @return bytes written
    static int write(Endpoint from, MemorySegment to, long at, boolean v4Socket) {
        to.set(PORT, at + 2, (short) from.port());
        if (v4Socket && from.isV4()) {
            to.set(JAVA_SHORT, at, (short) LinuxUdp.AF_INET);
            to.set(ADDRESS_V4, at + 4, (int) from.lo());
            return V4_BYTES;
        }
        to.set(JAVA_SHORT, at, (short) LinuxUdp.AF_INET6);
        to.set(JAVA_INT, at + 4, 0);
        to.set(ADDRESS_V6, at + 8, from.hi());
        to.set(ADDRESS_V6, at + 16, from.lo());
        to.set(JAVA_INT, at + 24, 0);
        return V6_BYTES;
    }

    static void read(MemorySegment from, long at, Endpoint to) {
        int port = Short.toUnsignedInt(from.get(PORT, at + 2));
        if (from.get(JAVA_SHORT, at) == LinuxUdp.AF_INET) {
            to.setV4(from.get(ADDRESS_V4, at + 4), port);
        } else {
            to.set(from.get(ADDRESS_V6, at + 8), from.get(ADDRESS_V6, at + 16), port);
        }
    }
}
