package io.flashcall.engine.transport;

import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.LinuxSocket;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Linux on x86_64 and aarch64: [EpollFfmSocket]s in Netty's epoll loops.
final class EpollFfmTransport implements DatagramTransport {

    private static final Set<String> ARCHITECTURES = Set.of("amd64", "x86_64", "aarch64");
    private static final Logger LOG = LoggerFactory.getLogger(EpollFfmTransport.class);
    private static final int SEND_BUFFER_BYTES = 1 << 20;

    private final boolean offloading;

    /// @param offloading whether the kernel segments and coalesces where it can
    EpollFfmTransport(boolean offloading) {
        this.offloading = offloading;
    }

    /// Why this transport cannot work here; empty when it can.
    static Optional<String> obstacle() {
        String architecture = System.getProperty("os.arch", "");
        if (!ARCHITECTURES.contains(architecture)) {
            return Optional.of("os.arch: " + architecture + " (expected: one of " + ARCHITECTURES + ")");
        }
        if (!Epoll.isAvailable()) {
            return Optional.of("epoll: " + Epoll.unavailabilityCause());
        }
        try {
            LinuxUdp.link();
            return Optional.empty();
        } catch (LinkageError | RuntimeException e) {
            return Optional.of("native access: " + e);
        }
    }

    @Override
    public String name() {
        return offloading ? "epoll+recvmmsg+gso (ffm)" : "epoll+recvmmsg (ffm)";
    }

    @Override
    public EventLoopGroup newLoops(int count, String threadName) {
        return new MultiThreadIoEventLoopGroup(count, new LoopThreads(threadName), EpollIoHandler.newFactory());
    }

    @Override
    public DatagramIo open(EventLoop loop, InetSocketAddress bind, Binding binding, DatagramHandler handler)
            throws IOException {
        if (!(loop instanceof IoEventLoop ioLoop)) {
            throw new IllegalArgumentException("loop: " + loop + " (expected: one from newLoops)");
        }
        return LoopThreads.call(loop, bind, () -> openOnLoop(ioLoop, bind, binding, handler));
    }

    private DatagramIo openOnLoop(IoEventLoop loop, InetSocketAddress bind, Binding binding, DatagramHandler handler)
            throws IOException {
        boolean v4 = bind.getAddress() instanceof Inet4Address;
        LinuxSocket socket = LinuxSocket.newSocketDgram(!v4);
        boolean started = false;
        try {
            socket.setReusePort(binding.shared());
            socket.bind(bind);
            socket.setSendBufferSize(SEND_BUFFER_BYTES);
            int wanted = binding.receiveBufferBytes();
            ReceiveBuffer.check(socket.localAddress(), wanted, growReceiveBuffer(socket, wanted));
            tellErrors(socket, v4);
            var offload = offloading ? Offload.of(socket) : Offload.NONE;
            var io = new EpollFfmSocket(socket, v4, offload, handler, kernel -> kernel);
            io.start(loop);
            started = true;
            return io;
        } finally {
            if (!started) {
                socket.close();
            }
        }
    }

    /// Has the kernel queue the ICMP errors that concern this socket's datagrams; an IPv6 one may send IPv4 too.
    private static void tellErrors(LinuxSocket socket, boolean v4) {
        try {
            socket.setIntOpt(LinuxUdp.SOL_IP, LinuxUdp.IP_RECVERR, 1);
            if (!v4) {
                socket.setIntOpt(LinuxUdp.SOL_IPV6, LinuxUdp.IPV6_RECVERR, 1);
            }
        } catch (IOException | ChannelException e) {
            LOG.info("UDP: the system does not tell ICMP errors: {}", e.getMessage());
        }
    }

    /// Past `net.core.rmem_max` where the process may (CAP_NET_ADMIN), else up to it.
    ///
    /// @return bytes granted, without the doubling that Linux adds
    private static int growReceiveBuffer(LinuxSocket socket, int bytes) throws IOException {
        try {
            socket.setIntOpt(LinuxUdp.SOL_SOCKET, LinuxUdp.SO_RCVBUFFORCE, bytes);
        } catch (IOException | ChannelException _) {
            // Netty's native code throws the latter, whatever the method declares.
            socket.setReceiveBufferSize(bytes);
        }
        return socket.getReceiveBufferSize() / 2;
    }
}
