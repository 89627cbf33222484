package io.flashcall.engine.transport;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What one `recvmmsg` brings from a socket's error queue (`IP_RECVERR`, `IPV6_RECVERR`): ICMP errors, each with
/// where the datagram went that it is about, and the beginning of that datagram. For the thread of its arena.
///
/// ```text
/// cmsghdr            16:  0 length  8 level  12 type
/// sock_extended_err  16:  0 errno  4 origin  5 type  6 code  8 info  12 data
/// ```
final class ErrorBatch {

    static final int SIZE = 16;

    /// Routers quote up to 576 bytes over IPv4 (RFC 1812 §4.3.2.3), 1,280 over IPv6 (RFC 4443 §2.4), headers
    /// included.
    private static final int QUOTE_BYTES = 1_280;

    private static final int CONTROL_BYTES = 128;
    private static final int HEADER_BYTES = 16;
    private static final int LEAST_CONTROL_BYTES = HEADER_BYTES + 16;

    private static final int ORIGIN_ICMP = 2;
    private static final int ORIGIN_ICMP6 = 3;
    private static final int V4_UNREACHABLE = 3;
    private static final int V4_TOO_LONG = 4;
    private static final int V4_PARAMETER = 12;
    private static final int V6_UNREACHABLE = 1;
    private static final int V6_PARAMETER = 4;

    private final LinuxUdp socket;
    private final MessageArray messages;
    private final MemorySegment quotes;
    private final MemorySegment controls;

    ErrorBatch(LinuxUdp socket, Arena arena) {
        this.socket = socket;
        messages = new MessageArray(SIZE, arena);
        quotes = arena.allocate((long) SIZE * QUOTE_BYTES, 8);
        controls = arena.allocate((long) SIZE * CONTROL_BYTES, 8);
        for (int i = 0; i < SIZE; i++) {
            messages.payload(i, quotes.address() + quote(i), QUOTE_BYTES);
        }
    }

    /// Reads what is there, without waiting.
    ///
    /// @return errors read, or a negative errno
    int receive() {
        for (int i = 0; i < SIZE; i++) {
            messages.expectName(i);
            messages.expectControl(i, controls.address() + control(i), CONTROL_BYTES);
        }
        return socket.receiveErrors(messages.address(0), SIZE);
    }

    /// Whether the error says that its datagram cannot arrive: host, network, port or protocol unreachable, or
    /// a parameter problem (RFC 3261 §18.4). Not of that kind are: time exceeded, source quench, a packet too long
    /// for its path, whose next one the kernel sends in fragments, and errors of this machine's own.
    boolean isUnreachable(int index) {
        if (messages.controlLength(index) < LEAST_CONTROL_BYTES) {
            return false;
        }
        long error = control(index) + HEADER_BYTES;
        int type = controls.get(JAVA_BYTE, error + 5);
        int code = controls.get(JAVA_BYTE, error + 6);
        return isErrorMessage(index)
                && switch (controls.get(JAVA_BYTE, error + 4)) {
                    case ORIGIN_ICMP -> type == V4_UNREACHABLE ? code != V4_TOO_LONG : type == V4_PARAMETER;
                    case ORIGIN_ICMP6 -> type == V6_UNREACHABLE || type == V6_PARAMETER;
                    default -> false;
                };
    }

    /// An IPv6 socket tells errors of IPv4 in the form of its own.
    private boolean isErrorMessage(int index) {
        int level = controls.get(JAVA_INT, control(index) + 8);
        int type = controls.get(JAVA_INT, control(index) + 12);
        return controls.get(JAVA_LONG, control(index)) >= LEAST_CONTROL_BYTES
                && ((level == LinuxUdp.SOL_IP && type == LinuxUdp.IP_RECVERR)
                        || (level == LinuxUdp.SOL_IPV6 && type == LinuxUdp.IPV6_RECVERR));
    }

    /// Copies the beginning of the datagram, and where it went.
    ///
    /// @return bytes copied
    int take(int index, byte[] into, Endpoint destination) {
        int length = Math.min(messages.receivedLength(index), into.length);
        MemorySegment.copy(quotes, JAVA_BYTE, quote(index), into, 0, length);
        messages.readName(index, destination);
        return length;
    }

    private static long quote(int index) {
        return (long) index * QUOTE_BYTES;
    }

    private static long control(int index) {
        return (long) index * CONTROL_BYTES;
    }
}
