package io.flashcall.engine.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// One event loop, and what a test does on it.
abstract class StreamFixture {

    static final String OPTIONS = "OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 0\r\n\r\n";
    static final String OK = "SIP/2.0 200 OK\r\nContent-Length: 4\r\n\r\nbody";
    static final String V4 = "127.0.0.1";
    static final String V6 = "::1";

    final RecordingStream handler = new RecordingStream();
    EventLoopGroup loops;
    EventLoop loop;

    abstract DatagramTransport transport();

    @BeforeEach
    void startLoop() {
        loops = transport().newLoops(1, "stream");
        loop = loops.next();
    }

    @AfterEach
    void stopLoop() {
        loops.shutdownGracefully(0, 5_000, TimeUnit.MILLISECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    StreamConnection open(Endpoint remote, Optional<TlsSettings> tls) throws Exception {
        return open(remote, tls, StreamOptions.DEFAULT);
    }

    StreamConnection open(Endpoint remote, Optional<TlsSettings> tls, StreamOptions options) throws Exception {
        var local = new InetSocketAddress(InetAddress.ofLiteral(remote.isV4() ? V4 : V6), 0);
        return onLoop(() -> new StreamTransport(options).open(loop, remote, local, tls, handler));
    }

    static StreamOptions within(Duration timeout) {
        return new StreamOptions(timeout, timeout, 1 << 20, Duration.ofSeconds(20));
    }

    <T> T onLoop(Callable<T> step) throws Exception {
        return loop.submit(step).get(10, TimeUnit.SECONDS);
    }

    void send(StreamConnection connection, String text) throws Exception {
        boolean queued = onLoop(() -> {
            boolean taken = offer(connection, text);
            connection.flush();
            return taken;
        });
        assertThat(queued).as("queued").isTrue();
    }

    static boolean offer(StreamConnection connection, String text) {
        byte[] bytes = ("##" + text).getBytes(ISO_8859_1);
        return connection.send(bytes, 2, bytes.length - 2);
    }

    StreamInfo awaitConnected() {
        await().untilAsserted(() -> assertThat(handler.connected)
                .as("connected; closed: %s", handler.closed)
                .hasSize(1));
        return handler.connected.getFirst();
    }

    void awaitMessages(String... texts) {
        await().untilAsserted(() -> assertThat(handler.messages).containsExactly(texts));
    }

    StreamClosed awaitClosed(CloseReason reason) {
        await().untilAsserted(() -> assertThat(handler.closed).hasSize(1));
        var end = handler.closed.getFirst();
        assertThat(end.reason()).as("%s", end).isEqualTo(reason);
        return end;
    }
}
