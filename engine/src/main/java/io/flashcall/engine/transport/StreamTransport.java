package io.flashcall.engine.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Opens TCP and TLS connections on the loops that a [DatagramTransport] made. Immutable.
public final class StreamTransport {

    private final StreamOptions options;

    public StreamTransport(StreamOptions options) {
        this.options = options;
    }

    /// Begins to connect; the handler is told how it went, never from within this method. To be called on the
    /// loop.
    ///
    /// @param local address to send from, port 0; a wildcard leaves it to the system
    /// @param tls   empty for plain TCP
    public StreamConnection open(
            EventLoop loop,
            Endpoint remote,
            InetSocketAddress local,
            Optional<TlsSettings> tls,
            StreamHandler handler) {
        return open(loop, new StreamRoute(remote, local), tls, handler, new StreamTally());
    }

    StreamConnection open(
            EventLoop loop, StreamRoute route, Optional<TlsSettings> tls, StreamHandler handler, StreamTally tally) {
        if (!loop.inEventLoop()) {
            throw new IllegalStateException("a connection is opened on its own event loop");
        }
        var connection = new StreamConnection(loop, tls, handler, tally, options.highWaterBytes());
        var bootstrap = new Bootstrap()
                .group(loop)
                .disableResolver()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        options.connectTimeout().toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(options.highWaterBytes() / 2, options.highWaterBytes()))
                .handler(pipeline(connection, route.remote().port(), tls));
        if (isEpoll(loop)) {
            bootstrap.option(EpollChannelOption.TCP_USER_TIMEOUT, (int)
                    options.unacknowledged().toMillis());
        }
        bootstrap.channelFactory(sockets(loop));
        connection.connecting(bootstrap.connect(route.remote().toSocketAddress(), source(route.local())));
        return connection;
    }

    private ChannelInitializer<Channel> pipeline(StreamConnection connection, int port, Optional<TlsSettings> tls) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                if (tls.isPresent()) {
                    long timeout = options.handshakeTimeout().toMillis();
                    channel.pipeline().addLast(tls.get().newHandler(channel.alloc(), port, timeout));
                }
                channel.pipeline().addLast(connection.inbound());
            }
        };
    }

    private static boolean isEpoll(EventLoop loop) {
        return loop instanceof IoEventLoop io && io.isCompatible(EpollIoHandle.class);
    }

    private static ChannelFactory<Channel> sockets(EventLoop loop) {
        return isEpoll(loop) ? EpollSocketChannel::new : NioSocketChannel::new;
    }

    private static @Nullable InetSocketAddress source(InetSocketAddress local) {
        return local.getAddress().isAnyLocalAddress() && local.getPort() == 0 ? null : local;
    }
}
