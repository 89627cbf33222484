package io.flashcall.engine.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last handler of a connection's pipeline: what it reads becomes messages, what fails becomes an end.
final class StreamInbound extends ChannelInboundHandlerAdapter implements StreamFramer.Sink {

    private static final Logger LOG = LoggerFactory.getLogger(StreamInbound.class);
    private static final int CHUNK = 8_192;

    private final StreamConnection connection;
    private final Optional<TlsSettings> tls;
    private final StreamHandler handler;
    private final StreamTally tally;
    private final StreamFramer framer = new StreamFramer(this);
    private final byte[] chunk = new byte[CHUNK];
    private boolean inCycle;
    private boolean pongDue;

    StreamInbound(StreamConnection connection, Optional<TlsSettings> tls, StreamHandler handler, StreamTally tally) {
        this.connection = connection;
        this.tls = tls;
        this.handler = handler;
        this.tally = tally;
    }

    void expectPong() {
        framer.expectPong();
    }

    void abandon() {
        framer.abandon();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (tls.isEmpty()) {
            connection.connected(context.channel());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                connection.connected(context.channel());
            } else {
                connection.failed(explained(context, StreamFaults.of(handshake.cause())));
            }
        }
    }

    private StreamClosed explained(ChannelHandlerContext context, StreamClosed end) {
        var ssl = context.pipeline().get(SslHandler.class);
        return tls.isPresent() && ssl != null ? tls.get().explain(ssl.engine(), end) : end;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var in = (ByteBuf) message;
        try {
            if (in.isReadable() && !connection.isEnded()) {
                read(in);
            }
        } finally {
            in.release();
        }
    }

    private void read(ByteBuf in) {
        if (!inCycle) {
            inCycle = true;
            handler.beforeRead();
        }
        tally.bytesIn(in.readableBytes());
        while (in.isReadable() && !connection.isEnded()) {
            int length = Math.min(in.readableBytes(), CHUNK);
            in.readBytes(chunk, 0, length);
            var verdict = framer.feed(chunk, 0, length);
            if (verdict != StreamFramer.Verdict.OK) {
                connection.failed(new StreamClosed(CloseReason.FRAMING_ERROR, verdict.name()));
            }
        }
    }

    @Override
    public void onMessage(byte[] bytes, int length) {
        tally.messageIn();
        try {
            handler.onMessage(bytes, length);
        } catch (RuntimeException e) {
            LOG.error("a message of {} bytes was not handled", length, e);
        }
    }

    @Override
    public void onPing() {
        tally.pingIn();
        pongDue = true;
    }

    @Override
    public void onPong() {
        tally.pongIn();
        handler.onPong();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (inCycle) {
            inCycle = false;
            handler.afterRead();
            if (pongDue) {
                pongDue = false;
                connection.pong();
            }
            connection.flush();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        int pending = framer.pendingBytes();
        connection.failed(new StreamClosed(
                CloseReason.CLOSED_BY_PEER, pending == 0 ? "in order" : "after " + pending + " bytes of a message"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!StreamFaults.isOfTheNetwork(cause)) {
            LOG.error("a connection's handler failed", cause);
            return;
        }
        connection.failed(explained(context, StreamFaults.of(cause)));
    }
}
