package io.flashcall.engine.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;

/// A way to do datagram I/O on Netty event loops; the best one that works here is chosen once.
public interface DatagramTransport {

    /// For logs and `--help`: which way was chosen.
    String name();

    /// Event loops on which [#open] can be called, with one named thread each.
    EventLoopGroup newLoops(int count, String threadName);

    /// Binds a socket and starts to read. May be called from any thread; blocks until bound.
    ///
    /// @param bind              local address; port 0 lets the system choose
    /// @param receiveBufferBytes what to ask for; the system may grant less, which is logged with what raises it
    /// @throws IOException naming the address, when it cannot be bound
    DatagramIo open(EventLoop loop, InetSocketAddress bind, int receiveBufferBytes, DatagramHandler handler)
            throws IOException;
}
