package io.flashcall.engine.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// A peer sends back all it gets; the loop answers each message with the next and reads its own meter of
/// allocation. What Netty makes for a read or a write is pooled, and shared by the messages of a batch.
@DisplayNameGeneration(ReplaceUnderscores.class)
@EnabledOnOs(
        value = OS.LINUX,
        architectures = {"amd64", "aarch64"})
@Timeout(60)
class StreamAllocationTest extends StreamFixture {

    private static final int IN_FLIGHT = 32;
    private static final int ROUND = 10_000;
    private static final int MOST_ROUNDS = 40;
    private static final long FEW_BYTES = 8;

    @Override
    DatagramTransport transport() {
        return new EpollFfmTransport(true);
    }

    @Test
    void once_warm_the_loop_allocates_few_bytes_for_a_message() throws Exception {
        try (var far = FarListener.tcp(V4)) {
            var local = new InetSocketAddress(InetAddress.ofLiteral(V4), 0);
            var meter = new Meter();
            onLoop(() -> {
                meter.start(new StreamTransport(StreamOptions.DEFAULT)
                        .open(loop, far.endpoint(), local, Optional.empty(), meter));
                return true;
            });
            var line = far.accept();
            Thread.ofVirtual().start(() -> echo(line));
            assertThat(meter.least.get(50, TimeUnit.SECONDS) / ROUND)
                    .as("least bytes a message in a round of %s", ROUND)
                    .isLessThan(FEW_BYTES);
        }
    }

    private static void echo(FarListener.Line line) {
        try {
            line.socket().getInputStream().transferTo(line.socket().getOutputStream());
        } catch (IOException e) {
            // The test is over.
        }
    }

    private static final class Meter implements StreamHandler {

        final CompletableFuture<Long> least = new CompletableFuture<>();
        private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private @Nullable StreamConnection connection;
        private int received;
        private int rounds;
        private long before;
        private long leastSoFar = Long.MAX_VALUE;

        void start(StreamConnection opened) {
            connection = opened;
            byte[] message =
                    ("INVITE sip:a SIP/2.0\r\nX: " + "x".repeat(600) + "\r\nl: 0\r\n\r\n").getBytes(ISO_8859_1);
            for (int i = 0; i < IN_FLIGHT; i++) {
                opened.send(message, 0, message.length);
            }
        }

        @Override
        public void onConnected(StreamInfo info) {}

        @Override
        public void beforeRead() {}

        @Override
        public void onMessage(byte[] bytes, int length) {
            if (connection != null && rounds < MOST_ROUNDS) {
                connection.send(bytes, 0, length);
                received++;
            }
        }

        @Override
        public void onPong() {}

        @Override
        public void afterRead() {
            if (received < ROUND) {
                return;
            }
            long now = threads.getCurrentThreadAllocatedBytes();
            leastSoFar = Math.min(leastSoFar, now - before);
            received = 0;
            rounds++;
            if (rounds == MOST_ROUNDS) {
                least.complete(leastSoFar);
            }
            before = threads.getCurrentThreadAllocatedBytes();
        }

        @Override
        public void onClosed(StreamClosed end) {
            least.completeExceptionally(new AssertionError("closed: " + end));
        }
    }
}
