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

/// Linux on x86_64 and aarch64: [EpollFfmSocket]s in Netty's epoll loops.
final class EpollFfmTransport implements DatagramTransport {

    private static final Set<String> ARCHITECTURES = Set.of("amd64", "x86_64", "aarch64");
    private static final int SEND_BUFFER_BYTES = 1 << 20;

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
        return "epoll+recvmmsg (ffm)";
    }

    @Override
    public EventLoopGroup newLoops(int count, String threadName) {
        return new MultiThreadIoEventLoopGroup(count, new LoopThreads(threadName), EpollIoHandler.newFactory());
    }

    @Override
    public DatagramIo open(EventLoop loop, InetSocketAddress bind, int receiveBufferBytes, DatagramHandler handler)
            throws IOException {
        if (!(loop instanceof IoEventLoop ioLoop)) {
            throw new IllegalArgumentException("loop: " + loop + " (expected: one from newLoops)");
        }
        return LoopThreads.call(loop, bind, () -> openOnLoop(ioLoop, bind, receiveBufferBytes, handler));
    }

    private static DatagramIo openOnLoop(
            IoEventLoop loop, InetSocketAddress bind, int receiveBufferBytes, DatagramHandler handler)
            throws IOException {
        boolean v4 = bind.getAddress() instanceof Inet4Address;
        LinuxSocket socket = LinuxSocket.newSocketDgram(!v4);
        boolean started = false;
        try {
            socket.bind(bind);
            socket.setSendBufferSize(SEND_BUFFER_BYTES);
            ReceiveBuffer.check(
                    socket.localAddress(), receiveBufferBytes, growReceiveBuffer(socket, receiveBufferBytes));
            var io = new EpollFfmSocket(socket, v4, handler, kernel -> kernel);
            io.start(loop);
            started = true;
            return io;
        } finally {
            if (!started) {
                socket.close();
            }
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
