package io.flashcall.engine.transport;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// `recvmmsg` and `sendmmsg` of the C library, and the numbers of Linux that go with them (x86_64 and aarch64 agree
/// on all of these). One per socket, for the thread that made it.
///
/// Each function is linked twice. To capture errno the JDK makes a slice of a segment for each call, which the
/// compiler removes in some runs and not in others; so the first call goes without, and one that failed, and thereby
/// did nothing, is made again to learn why. If that one succeeds, what failed was a pending ICMP error, which the
/// kernel tells once.
///
/// The calls are not linked as `critical`: on loopback `sendmmsg` runs the whole way into the receiver's queue, and
/// a thread in a critical call holds up every safepoint; it measured no cheaper.
final class LinuxUdp {

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int SOL_SOCKET = 1;
    static final int SO_RCVBUFFORCE = 33;
    static final int SO_MEMINFO = 55;
    static final int SOL_IP = 0;
    static final int IP_RECVERR = 11;
    static final int SOL_IPV6 = 41;
    static final int IPV6_RECVERR = 25;
    static final int MSG_TRUNC = 0x20;
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_ERRQUEUE = 0x2000;
    static final int SOL_UDP = 17;
    static final int UDP_SEGMENT = 103;
    static final int UDP_GRO = 104;
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int EAGAIN = 11;
    static final int EINVAL = 22;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final FunctionDescriptor RECEIVE =
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final FunctionDescriptor SEND =
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
    private static final MethodHandle RECVMMSG = link("recvmmsg", RECEIVE);
    private static final MethodHandle RECVMMSG_WITH_ERRNO = link("recvmmsg", RECEIVE, ERRNO);
    private static final MethodHandle SENDMMSG = link("sendmmsg", SEND);
    private static final MethodHandle SENDMMSG_WITH_ERRNO = link("sendmmsg", SEND, ERRNO);

    private final int fd;
    private final MemorySegment callState;

    LinuxUdp(int fd, Arena arena) {
        this.fd = fd;
        this.callState = arena.allocate(Linker.Option.captureStateLayout());
    }

    /// Whether a call may fail with this for what ICMP said of an earlier datagram (`icmp_err_convert` and
    /// `icmpv6_err_convert` of Linux): EACCES, ENONET, EPROTO, EMSGSIZE, ENOPROTOOPT, EOPNOTSUPP, ENETUNREACH,
    /// ECONNREFUSED, EHOSTDOWN, EHOSTUNREACH.
    static boolean isOfIcmp(int errno) {
        return switch (errno) {
            case 13, 64, 71, 90, 92, 95, 101, 111, 112, 113 -> true;
            default -> false;
        };
    }

    /// Does nothing but fail, with what the linker says, where these functions cannot be called.
    static void link() {}

    /// Receives what is there, without waiting.
    ///
    /// @param headers address of `count` `mmsghdr`
    /// @return datagrams received, or a negative errno
    int receive(long headers, int count) {
        return receive(headers, count, MSG_DONTWAIT);
    }

    /// The same from the socket's error queue.
    ///
    /// @return errors received, or a negative errno
    int receiveErrors(long headers, int count) {
        return receive(headers, count, MSG_DONTWAIT | MSG_ERRQUEUE);
    }

    private int receive(long headers, int count, int flags) {
        try {
            int received = (int) RECVMMSG.invokeExact(fd, headers, count, flags, 0L);
            if (received < 0) {
                received = (int) RECVMMSG_WITH_ERRNO.invokeExact(callState, fd, headers, count, flags, 0L);
            }
            return received >= 0 ? received : -errno();
        } catch (Throwable e) {
            throw new IllegalStateException("recvmmsg cannot be called", e);
        }
    }

    /// Sends as many as the kernel takes, without waiting.
    ///
    /// @param headers address of `count` `mmsghdr`
    /// @return datagrams sent, or a negative errno that belongs to the first of them
    int send(long headers, int count) {
        try {
            int sent = (int) SENDMMSG.invokeExact(fd, headers, count, MSG_DONTWAIT);
            if (sent < 0) {
                sent = (int) SENDMMSG_WITH_ERRNO.invokeExact(callState, fd, headers, count, MSG_DONTWAIT);
            }
            return sent >= 0 ? sent : -errno();
        } catch (Throwable e) {
            throw new IllegalStateException("sendmmsg cannot be called", e);
        }
    }

    private int errno() {
        return callState.get(JAVA_INT, 0);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle link(String function, FunctionDescriptor descriptor, Linker.Option... options) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(function), descriptor, options);
    }
}
