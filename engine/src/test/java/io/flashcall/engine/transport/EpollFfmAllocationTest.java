package io.flashcall.engine.transport;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.channel.EventLoop;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// A socket sends datagrams to itself, each of which it answers with the next; its loop reads its own meter of
/// allocation. Interpreted code allocates, compiled code must not: rounds go on until one allocates nothing.
@DisplayNameGeneration(ReplaceUnderscores.class)
@EnabledOnOs(
        value = OS.LINUX,
        architectures = {"amd64", "aarch64"})
@Timeout(60)
class EpollFfmAllocationTest {

    private static final int IN_FLIGHT = 32;
    private static final int ROUND = 10_000;
    private static final int MOST_ROUNDS = 200;

    @Test
    void once_warm_the_loop_allocates_nothing_for_a_datagram() throws Exception {
        var transport = new EpollFfmTransport(true);
        var loops = transport.newLoops(1, "allocation");
        try {
            EventLoop loop = loops.next();
            var echo = new Echo();
            DatagramIo io =
                    transport.open(loop, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 1 << 20, echo);
            loop.submit(() -> echo.start(io)).get(10, SECONDS);
            assertThat(echo.leastBytes.get(50, SECONDS))
                    .as("least bytes allocated in a round of %s datagrams received and sent", ROUND)
                    .isZero();
        } finally {
            loops.shutdownGracefully(1, 5_000, MILLISECONDS).awaitUninterruptibly(5, SECONDS);
        }
    }

    private static final class Echo implements DatagramHandler {

        final CompletableFuture<Long> leastBytes = new CompletableFuture<>();
        private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private @Nullable DatagramIo io;
        private int received;
        private int rounds;
        private long before;
        private long least = Long.MAX_VALUE;

        void start(DatagramIo io) {
            this.io = io;
            Endpoint self = Endpoint.of(io.localAddress());
            for (int i = 0; i < IN_FLIGHT; i++) {
                io.send(new byte[600 + i], 0, 600 + i, self, i);
            }
            before = threads.getCurrentThreadAllocatedBytes();
            io.flush();
        }

        @Override
        public void beforeRead() {}

        @Override
        public void onDatagram(byte[] bytes, int length, Endpoint source) {
            if (rounds < MOST_ROUNDS && least > 0 && io != null) {
                io.send(bytes, 0, length, source, received);
                received++;
            }
        }

        @Override
        public void afterRead() {
            if (io != null) {
                io.flush();
            }
            if (received < ROUND) {
                return;
            }
            long now = threads.getCurrentThreadAllocatedBytes();
            least = Math.min(least, now - before);
            received = 0;
            rounds++;
            if (rounds == MOST_ROUNDS || least == 0) {

                leastBytes.complete(least);
            }
            before = threads.getCurrentThreadAllocatedBytes();
        }

        @Override
        public void onSendError(long token, int errno) {
            leastBytes.completeExceptionally(new AssertionError("send failed with errno " + errno));
        }
    }
}
