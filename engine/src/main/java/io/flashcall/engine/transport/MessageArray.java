package io.flashcall.engine.transport;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A native array of `struct mmsghdr`, each with one `struct iovec` and room for one socket address, laid out once:
///
/// ```text
/// mmsghdr 64:  0 name*  8 namelen  16 iov*  24 iovlen  32 control*  40 controllen  48 flags  56 length of datagram
/// iovec   16:  0 base*  8 length
/// ```
///
/// The offsets are those of 64-bit Linux with little-endian words. For the thread of its arena.
final class MessageArray {

    private static final int HEADER_BYTES = 64;
    private static final int VECTOR_BYTES = 16;

    private final MemorySegment headers;
    private final MemorySegment vectors;
    private final MemorySegment names;

    MessageArray(int size, Arena arena) {
        headers = arena.allocate((long) size * HEADER_BYTES, 8);
        vectors = arena.allocate((long) size * VECTOR_BYTES, 8);
        names = arena.allocate((long) size * SocketAddressCodec.BYTES, 8);
        for (int i = 0; i < size; i++) {
            headers.set(JAVA_LONG, header(i), names.address() + name(i));
            headers.set(JAVA_LONG, header(i) + 16, vectors.address() + vector(i));
            headers.set(JAVA_LONG, header(i) + 24, 1);
        }
    }

    /// Address of the header with this index, for the system call.
    long address(int index) {
        return headers.address() + header(index);
    }

    /// Points a message at its bytes.
    void payload(int index, long address, int length) {
        vectors.set(JAVA_LONG, vector(index), address);
        vectors.set(JAVA_LONG, vector(index) + 8, length);
    }

    /// Gives the kernel the whole room for the source address again.
    void expectName(int index) {
        headers.set(JAVA_INT, header(index) + 8, SocketAddressCodec.BYTES);
    }

    /// Gives the kernel room for control messages.
    void expectControl(int index, long address, int length) {
        headers.set(JAVA_LONG, header(index) + 32, address);
        headers.set(JAVA_LONG, header(index) + 40, length);
    }

    /// Bytes of control messages that came.
    long controlLength(int index) {
        return headers.get(JAVA_LONG, header(index) + 40);
    }

    void readName(int index, Endpoint into) {
        SocketAddressCodec.read(names, name(index), into);
    }

    /// Bytes of the received datagram that were stored.
    int receivedLength(int index) {
        return headers.get(JAVA_INT, header(index) + 56);
    }

    boolean truncated(int index) {
        return (headers.get(JAVA_INT, header(index) + 48) & LinuxUdp.MSG_TRUNC) != 0;
    }

    private static long header(int index) {
        return (long) index * HEADER_BYTES;
    }

    private static long vector(int index) {
        return (long) index * VECTOR_BYTES;
    }

    private static long name(int index) {
        return (long) index * SocketAddressCodec.BYTES;
    }
}
