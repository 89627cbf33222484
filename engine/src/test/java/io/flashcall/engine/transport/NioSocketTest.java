package io.flashcall.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.transport.RecordingHandler.SendError;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// A [NioSocket] on a channel whose kernel is the test.
@DisplayNameGeneration(ReplaceUnderscores.class)
class NioSocketTest {

    private static final Endpoint PEER = Endpoint.of(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9));

    private final RecordingHandler handler = new RecordingHandler();
    private final NioSocket socket = new NioSocket(handler);
    private final Kernel kernel = new Kernel();

    NioSocketTest() {
        var _ = new EmbeddedChannel(kernel, socket.inbound());
    }

    @Test
    void what_fails_when_the_kernel_comes_back_to_it_is_reported_in_a_cycle() {
        socket.send(new byte[1], 0, 1, PEER, 5);
        socket.flush();
        assertThat(handler.sendErrors).isEmpty();
        kernel.answer(new ConnectException("refused"));
        assertThat(handler.sendErrors).containsExactly(new SendError(5, -1));
        assertThat(handler.errorsOutside).as("errors outside of a cycle").isZero();
        assertThat(handler.cyclesEnded).isEqualTo(handler.cyclesBegun).isOne();
    }

    @Test
    void what_fails_at_once_waits_for_the_flush() {
        kernel.failure = new ConnectException("refused");
        socket.send(new byte[1], 0, 1, PEER, 5);
        assertThat(handler.sendErrors).as("never from within send").isEmpty();
        socket.flush();
        assertThat(handler.sendErrors).containsExactly(new SendError(5, -1));
    }

    private static final class Kernel extends ChannelOutboundHandlerAdapter {

        private final ArrayDeque<ChannelPromise> waiting = new ArrayDeque<>();
        private @Nullable Throwable failure;

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            ((DatagramPacket) message).release();
            if (failure != null) {
                promise.setFailure(failure);
            } else {
                waiting.add(promise);
            }
        }

        void answer(Throwable cause) {
            waiting.remove().setFailure(cause);
        }
    }
}
