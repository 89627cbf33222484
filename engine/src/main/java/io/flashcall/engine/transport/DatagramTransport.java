package io.flashcall.engine.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;

/// A way to do datagram I/O on Netty event loops; the best one that works here is chosen once.
public interface DatagramTransport {

    /// The longest datagram that is received whole, in bytes; a longer one is dropped and counted as truncated.
    int MAX_RECEIVED_BYTES = 16 * 1024;

    /// The longest datagram that UDP over IPv4 can carry, in bytes.
    int MAX_SENT_BYTES = 65_507;

    /// The best way that works on this machine, chosen and logged once for the process; or another where the
    /// system property `flashcall.transport` says so: `nio`, or `plain`, which does without segmentation offload.
    ///
    /// @throws IllegalArgumentException when that property is none of `nio`, `plain` and `best`
    static DatagramTransport best() {
        return TransportChoice.wanted();
    }

    /// For logs and `--help`: which way was chosen.
    String name();

    /// Event loops on which [#open] can be called, with one named thread each.
    ///
    /// Close the sockets before the loops: Netty closes what is left, but may forget it when the shutdown has a
    /// quiet period of 0.
    EventLoopGroup newLoops(int count, String threadName);

    /// Binds a socket and starts to read. May be called from any thread but an event loop's; blocks until bound. The
    /// first datagrams may reach the handler before this returns.
    ///
    /// An IPv6 wildcard address takes IPv4 too.
    ///
    /// @param bind              local address; port 0 lets the system choose
    /// @param receiveBufferBytes what to ask for; the system may grant less, which is logged with what raises it
    /// @throws IOException naming the address, when it cannot be bound
    default DatagramIo open(EventLoop loop, InetSocketAddress bind, int receiveBufferBytes, DatagramHandler handler)
            throws IOException {
        return open(loop, bind, new Binding(receiveBufferBytes, false), handler);
    }

    /// The same, where several sockets may have the address, one on each loop.
    DatagramIo open(EventLoop loop, InetSocketAddress bind, Binding binding, DatagramHandler handler)
            throws IOException;

    /// How a socket is bound.
    ///
    /// @param receiveBufferBytes what to ask for
    /// @param shared             whether others of this user that are bound so may have the same address
    /// (`SO_REUSEPORT`): the system then chooses, by its source, which of them gets a datagram, or the ICMP error
    /// of one that any of them sent. It does not complain of another process that does the same
    record Binding(int receiveBufferBytes, boolean shared) {}
}
