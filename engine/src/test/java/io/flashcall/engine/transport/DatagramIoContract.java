package io.flashcall.engine.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flashcall.engine.transport.RecordingHandler.SendError;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [DatagramTransport] promises, over loopback.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
abstract class DatagramIoContract {

    private static final String V4 = "127.0.0.1";
    private static final int RECEIVE_BUFFER_BYTES = 1 << 20;

    /// More than any implementation reads or writes in one system call.
    private static final int MANY = 1_500;

    /// Of [#BURST_BYTES] each they are more than any implementation queues.
    private static final int BURST = 400;

    private static final int BURST_BYTES = 8_000;

    final RecordingHandler handler = new RecordingHandler();
    final DatagramTransport transport = transport();
    EventLoopGroup loops;
    EventLoop loop;

    abstract DatagramTransport transport();

    @BeforeEach
    void startLoop() {
        loops = transport.newLoops(1, "io");
        loop = loops.next();
    }

    @AfterEach
    void stopLoop() {
        stopLoop(0);
    }

    private void stopLoop(long quietMillis) {
        loops.shutdownGracefully(quietMillis, 5_000, TimeUnit.MILLISECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void a_datagram_goes_out_and_its_answer_comes_in(String host) throws Exception {
        try (var far = new FarEnd(host)) {
            DatagramIo io = open(host);
            sendAll(io, far.endpoint(), "INVITE");
            assertThat(far.receiveTexts(1)).containsExactly("INVITE");
            far.send("180", io.localAddress());
            awaitReceived(1);
            assertThat(handler.texts()).containsExactly("180");
            assertThat(io.counters().out().datagrams()).isOne();
            assertThat(io.counters().in().datagrams()).isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void the_source_of_a_datagram_is_exactly_the_peer(String host) throws Exception {
        try (var far = new FarEnd(host)) {
            DatagramIo io = open(host);
            far.send("hello", io.localAddress());
            awaitReceived(1);
            Endpoint source = handler.datagrams.element().source();
            assertThat(source.toSocketAddress()).isEqualTo(far.endpoint().toSocketAddress());
            assertThat(source.same(far.endpoint())).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void an_ipv6_wildcard_socket_speaks_to_both_families_and_names_each_as_its_own(String host) throws Exception {
        try (var far = new FarEnd(host)) {
            DatagramIo io = open("::");
            far.send("in", address(host, io.localAddress().getPort()));
            awaitReceived(1);
            Endpoint source = handler.datagrams.element().source();
            assertThat(source.same(far.endpoint())).isTrue();
            assertThat(source.isV4()).isEqualTo(host.equals(V4));
            sendAll(io, source, "out");
            assertThat(far.receiveTexts(1)).containsExactly("out");
        }
    }

    @Test
    void more_datagrams_than_a_batch_leave_complete_and_in_order() throws Exception {
        try (var far = new FarEnd(V4)) {
            DatagramIo io = open(V4);
            String[] numbered = numbered(MANY);
            sendAll(io, far.endpoint(), numbered);
            assertThat(far.receiveTexts(MANY)).containsExactly(numbered);
            await().untilAsserted(
                            () -> assertThat(io.counters().out().datagrams()).isEqualTo(MANY));
        }
    }

    @Test
    void after_a_burst_beyond_the_queue_the_next_datagram_arrives() throws Exception {
        try (var sink = new FarEnd(V4);
                var far = new FarEnd(V4)) {
            DatagramIo io = open(V4);
            onLoop(() -> queueBurst(io, sink.endpoint()));
            sendAll(io, far.endpoint(), "after");
            assertThat(far.receiveTexts(1)).containsExactly("after");
            await().untilAsserted(() -> assertThat(io.counters().out().datagrams()
                            + io.counters().out().drops())
                    .isEqualTo(BURST + 1));
        }
    }

    @Test
    void what_is_refused_while_a_burst_is_queued_is_reported_by_the_flush() throws Exception {
        try (var sink = new FarEnd(V4)) {
            DatagramIo io = open(V4);
            onLoop(() -> {
                io.send(new byte[1], 0, 1, Endpoint.of(address(V4, 0)), 7);
                queueBurst(io, sink.endpoint());
                assertThat(io.counters().out().errors()).as("refused by now").isOne();
                assertThat(handler.sendErrors).as("never from within send").isEmpty();
                io.flush();
                assertThat(handler.sendErrors).extracting(SendError::token).contains(7L);
            });
        }
    }

    @Test
    void more_datagrams_than_a_batch_arrive_complete_and_in_order() throws Exception {
        try (var far = new FarEnd(V4)) {
            DatagramIo io = open(V4);
            for (String text : numbered(MANY)) {
                far.send(text, io.localAddress());
            }
            awaitReceived(MANY);
            assertThat(handler.texts()).containsExactly(numbered(MANY));
            await().untilAsserted(() -> assertThat(handler.cyclesEnded)
                    .isEqualTo(handler.cyclesBegun)
                    .isPositive());
            await().untilAsserted(() -> assertThat(io.counters().in().cycles()).isEqualTo(handler.cyclesBegun));
        }
    }

    @Test
    void an_empty_datagram_comes_in_like_any_other() throws Exception {
        try (var far = new FarEnd(V4)) {
            DatagramIo io = open(V4);
            far.send("", io.localAddress());
            far.send("after", io.localAddress());
            awaitReceived(2);
            assertThat(handler.texts()).containsExactly("", "after");
        }
    }

    @Test
    void the_longest_datagram_of_udp_leaves_whole() throws Exception {
        try (var far = new FarEnd(V4)) {
            DatagramIo io = open(V4);
            byte[] longest = noise(DatagramTransport.MAX_SENT_BYTES);
            onLoop(() -> {
                io.send(longest, 0, longest.length, far.endpoint(), 1);
                io.flush();
            });
            assertThat(far.receive()).isEqualTo(longest);
        }
    }

    @Test
    void the_longest_received_datagram_is_whole_and_a_longer_one_is_dropped_and_counted() throws Exception {
        try (var far = new FarEnd(V4)) {
            DatagramIo io = open(V4);
            byte[] longest = noise(DatagramTransport.MAX_RECEIVED_BYTES);
            far.send(longest, io.localAddress());
            far.send(noise(DatagramTransport.MAX_RECEIVED_BYTES + 1), io.localAddress());
            far.send("after", io.localAddress());
            awaitReceived(2);
            assertThat(handler.datagrams.remove().text()).isEqualTo(new String(longest, ISO_8859_1));
            assertThat(handler.texts()).containsExactly("after");
            await().untilAsserted(
                            () -> assertThat(io.counters().in().truncated()).isOne());
            assertThat(io.counters().in().datagrams()).isEqualTo(2);
        }
    }

    @Test
    void bytes_are_taken_from_their_offset_and_copied_at_once() throws Exception {
        try (var far = new FarEnd(V4)) {
            DatagramIo io = open(V4);
            byte[] reused = "..CANCEL..".getBytes(US_ASCII);
            Endpoint to = far.endpoint();
            onLoop(() -> {
                io.send(reused, 2, 6, to, 1);
                Arrays.fill(reused, (byte) 'x');
                to.set(0, 0, 1);
                io.flush();
            });
            assertThat(far.receiveTexts(1)).containsExactly("CANCEL");
        }
    }

    @Test
    void a_refused_datagram_is_reported_by_its_token_and_the_others_leave() throws Exception {
        try (var far = new FarEnd(V4)) {
            DatagramIo io = open(V4);
            Endpoint nowhere = Endpoint.of(address(V4, 0));
            onLoop(() -> {
                for (int i = 0; i < 300; i++) {
                    byte[] text = String.valueOf(i).getBytes(US_ASCII);
                    io.send(text, 0, text.length, i % 100 == 50 ? nowhere : far.endpoint(), i);
                }
                assertThat(handler.sendErrors).as("never from within send").isEmpty();
                io.flush();
            });
            assertThat(far.receiveTexts(297))
                    .hasSize(297)
                    .doesNotContain("50", "150", "250")
                    .isSortedAccordingTo((a, b) -> Integer.compare(Integer.parseInt(a), Integer.parseInt(b)));
            await().untilAsserted(() ->
                    assertThat(handler.sendErrors).extracting(SendError::token).containsExactly(50L, 150L, 250L));
            assertThat(io.counters().out().errors()).isEqualTo(3);
            assertThat(io.counters().out().datagrams()).isEqualTo(297);
        }
    }

    @Test
    void closing_sends_what_is_queued() throws Exception {
        try (var far = new FarEnd(V4)) {
            DatagramIo io = open(V4);
            String[] numbered = numbered(100);
            onLoop(() -> {
                queueAll(io, far.endpoint(), numbered);
                io.close();
                io.close();
            });
            assertThat(far.receiveTexts(100)).containsExactly(numbered);
            await().untilAsserted(
                            () -> assertThat(io.counters().out().datagrams()).isEqualTo(100));
        }
    }

    @Test
    void a_closed_socket_frees_its_port_and_drops_what_it_is_given() throws Exception {
        DatagramIo io = open(V4);
        onLoop(io::close);
        onLoop(() -> {
            io.send(new byte[4], 0, 4, Endpoint.of(address(V4, 9)), 7);
            io.flush();
        });
        await().untilAsserted(() ->
                assertThat(handler.sendErrors).extracting(SendError::token).containsExactly(7L));
        assertThat(io.counters().out().drops()).isOne();
        DatagramIo again = transport.open(loop, io.localAddress(), RECEIVE_BUFFER_BYTES, handler);
        assertThat(again.localAddress()).isEqualTo(io.localAddress());
    }

    @Test
    void a_handler_may_close_the_socket_while_it_reads() throws Exception {
        try (var far = new FarEnd(V4)) {
            DatagramIo io = open(V4);
            handler.onEach = _ -> io.close();
            onLoop(() -> {
                for (String text : numbered(10)) {
                    far.send(text, io.localAddress());
                }
            });
            awaitReceived(1);
            handler.onEach = _ -> {};
            DatagramIo again = transport.open(loop, io.localAddress(), RECEIVE_BUFFER_BYTES, handler);
            far.send("still alive", again.localAddress());
            await().untilAsserted(() -> assertThat(handler.texts()).contains("still alive"));
        }
    }

    @Test
    void a_handler_that_fails_loses_only_that_datagram() throws Exception {
        try (var far = new FarEnd(V4)) {
            DatagramIo io = open(V4);
            handler.onEach = text -> {
                if (text.equals("1")) {
                    throw new IllegalStateException("a bug, on purpose");
                }
            };
            for (String text : List.of("0", "1", "2")) {
                far.send(text, io.localAddress());
            }
            awaitReceived(3);
            assertThat(handler.texts()).containsExactly("0", "1", "2");
        }
    }

    @Test
    void shutting_the_loop_down_releases_the_socket() throws Exception {
        DatagramIo io = open(V4);
        InetSocketAddress address = io.localAddress();
        stopLoop(1);
        startLoop();
        assertThat(transport.open(loop, address, RECEIVE_BUFFER_BYTES, handler).localAddress())
                .isEqualTo(address);
    }

    @Test
    void a_port_in_use_is_an_io_exception_that_names_the_address() throws Exception {
        DatagramIo io = open(V4);
        assertThatThrownBy(() -> transport.open(loop, io.localAddress(), RECEIVE_BUFFER_BYTES, handler))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(V4)
                .hasMessageContaining(String.valueOf(io.localAddress().getPort()));
    }

    @Test
    void an_impossible_length_is_refused() throws Exception {
        DatagramIo io = open(V4);
        for (int length : new int[] {-1, 0, 65_508}) {
            onLoop(() -> assertThatThrownBy(() -> io.send(new byte[65_508], 0, length, new Endpoint(), 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("length: " + length + " (expected: 1..65507)"));
        }
    }

    DatagramIo open(String host) throws IOException {
        return open(host, RECEIVE_BUFFER_BYTES);
    }

    DatagramIo open(String host, int receiveBufferBytes) throws IOException {
        var bind = address(host, 0);
        DatagramIo io = transport.open(loop, bind, receiveBufferBytes, handler);
        assertThat(io.localAddress().getPort()).isPositive();
        return io;
    }

    void sendAll(DatagramIo io, Endpoint to, String... texts) throws Exception {
        onLoop(() -> {
            queueAll(io, to, texts);
            io.flush();
        });
    }

    static void queueAll(DatagramIo io, Endpoint to, String... texts) {
        for (int i = 0; i < texts.length; i++) {
            byte[] bytes = texts[i].getBytes(US_ASCII);
            io.send(bytes, 0, bytes.length, to, i);
        }
    }

    private static void queueBurst(DatagramIo io, Endpoint to) {
        byte[] bytes = noise(BURST_BYTES);
        for (int i = 0; i < BURST; i++) {
            io.send(bytes, 0, bytes.length, to, 1_000 + i);
        }
    }

    void awaitReceived(int count) {
        await().untilAsserted(() -> assertThat(handler.datagrams).hasSizeGreaterThanOrEqualTo(count));
    }

    static InetSocketAddress address(String literal, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
    }

    interface Step {
        void run() throws Exception;
    }

    void onLoop(Step step) throws Exception {
        loop.submit(() -> {
                    step.run();
                    return true;
                })
                .get(10, TimeUnit.SECONDS);
    }

    static String[] numbered(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new);
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
