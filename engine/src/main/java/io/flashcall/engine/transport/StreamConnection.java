package io.flashcall.engine.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// One TCP or TLS connection that we opened. For its event loop's thread only.
///
/// Messages are copied into one buffer that leaves with [#flush], so a batch is one write, and over TLS one
/// record. What is sent before the connection is there waits for it.
public final class StreamConnection implements AutoCloseable {

    private static final byte[] PING = {'\r', '\n', '\r', '\n'};
    private static final byte[] PONG = {'\r', '\n'};
    private static final int LEAST_BUFFER = 2_048;

    private final EventLoop loop;
    private final StreamHandler handler;
    private final StreamTally tally;
    private final int highWaterBytes;
    private final StreamInbound inbound;

    private @Nullable Channel channel;
    private @Nullable ByteBuf waiting;
    private boolean up;
    private boolean ended;

    /// Whether a call of ours into the channel is under way: what fails meanwhile is told after it.
    private boolean calling;

    StreamConnection(
            EventLoop loop, Optional<TlsSettings> tls, StreamHandler handler, StreamTally tally, int highWaterBytes) {
        this.loop = loop;
        this.handler = handler;
        this.tally = tally;
        this.highWaterBytes = highWaterBytes;
        inbound = new StreamInbound(this, tls, handler, tally);
    }

    /// Queues a copy of a message; [#flush] sends it. Never blocks, and calls no handler.
    ///
    /// @return false when it is not queued: the connection is gone, or too much waits already
    public boolean send(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (!queue(bytes, offset, length)) {
            tally.refused();
            return false;
        }
        tally.messageOut(length);
        return true;
    }

    /// Sends what is queued; within a read cycle it happens by itself at the end. Calls no handler.
    public void flush() {
        var batch = waiting;
        var open = channel;
        if (!up || ended || batch == null || open == null) {
            return;
        }
        waiting = null;
        calling = true;
        var _ = open.writeAndFlush(batch, open.voidPromise());
        calling = false;
    }

    /// Asks the peer whether it lives (RFC 5626 §3.5.1): [StreamHandler#onPong] tells the answer. Nothing
    /// happens while the connection is not up.
    public void ping() {
        if (up && queue(PING, 0, PING.length)) {
            tally.pingOut();
            inbound.expectPong();
            flush();
        }
    }

    /// Whether [StreamHandler#onConnected] was told and the end was not.
    public boolean isUp() {
        return up && !ended;
    }

    /// Sends what is queued, as far as the kernel takes it at once, and closes. Idempotent; the handler is
    /// told from within.
    @Override
    public void close() {
        close(new StreamClosed(CloseReason.BY_US, "not needed any more"));
    }

    /// Closes for another reason.
    void close(StreamClosed why) {
        flush();
        end(why);
    }

    /// What passed through; any thread.
    public StreamCounters counters() {
        return tally.snapshot();
    }

    ChannelHandler inbound() {
        return inbound;
    }

    void connecting(ChannelFuture connected) {
        channel = connected.channel();
        connected.addListener(done -> {
            if (done.cause() != null) {
                endLater(StreamFaults.of(done.cause()));
            }
        });
    }

    /// The way is open, over TLS after the handshake.
    void connected(Channel open) {
        if (ended) {
            return;
        }
        channel = open;
        up = true;
        tally.connected();
        handler.onConnected(new StreamInfo((InetSocketAddress) open.localAddress(), tls(open)));
        flush();
    }

    void pong() {
        queue(PONG, 0, PONG.length);
    }

    /// Something failed beneath us. Told at once, unless we are within a call of the owner's.
    void failed(StreamClosed why) {
        if (calling) {
            endLater(why);
        } else {
            end(why);
        }
    }

    boolean isEnded() {
        return ended;
    }

    private void endLater(StreamClosed why) {
        if (!loop.isShutdown()) {
            loop.execute(() -> end(why));
        }
    }

    private void end(StreamClosed why) {
        if (ended) {
            return;
        }
        ended = true;
        inbound.abandon();
        if (waiting != null) {
            waiting.release();
            waiting = null;
        }
        if (channel != null) {
            var _ = channel.close();
        }
        tally.closed(why.reason());
        handler.onClosed(why);
    }

    private boolean queue(byte[] bytes, int offset, int length) {
        if (ended || length > room()) {
            return false;
        }
        if (waiting == null) {
            waiting = ByteBufAllocator.DEFAULT.directBuffer(Math.max(length, LEAST_BUFFER));
        }
        waiting.writeBytes(bytes, offset, length);
        return true;
    }

    private long room() {
        int queued = waiting == null ? 0 : waiting.readableBytes();
        long room = up && channel != null ? channel.bytesBeforeUnwritable() : highWaterBytes;
        return room - queued;
    }

    private static Optional<StreamInfo.Tls> tls(Channel channel) {
        var handler = channel.pipeline().get(SslHandler.class);
        if (handler == null) {
            return Optional.empty();
        }
        var session = handler.engine().getSession();
        return Optional.of(new StreamInfo.Tls(session.getProtocol(), session.getCipherSuite(), peerExpires(handler)));
    }

    private static Instant peerExpires(SslHandler handler) {
        try {
            var first = handler.engine().getSession().getPeerCertificates()[0];
            return first instanceof X509Certificate certificate
                    ? certificate.getNotAfter().toInstant()
                    : Instant.MAX;
        } catch (SSLPeerUnverifiedException e) {
            throw new IllegalStateException("a handshake without the peer's certificate", e);
        }
    }
}
