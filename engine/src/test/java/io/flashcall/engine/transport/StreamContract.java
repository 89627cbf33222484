package io.flashcall.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a [StreamConnection] over TCP promises on every kind of loop, against plain sockets.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
abstract class StreamContract extends StreamFixture {

    private static final Optional<TlsSettings> TCP = Optional.empty();

    @ParameterizedTest
    @ValueSource(strings = {V4, V6})
    void messages_go_out_and_come_in(String host) throws Exception {
        try (var far = FarListener.tcp(host)) {
            var connection = open(far.endpoint(), TCP);
            var line = far.accept();
            var info = awaitConnected();
            assertThat(info.tls()).isEmpty();
            assertThat(info.local()).isEqualTo(line.socket().getRemoteSocketAddress());
            send(connection, OPTIONS);
            assertThat(line.receive(OPTIONS.length())).isEqualTo(OPTIONS);
            line.send(OK.substring(0, 20));
            line.send(OK.substring(20) + OK);
            awaitMessages(OK, OK);
            await().untilAsserted(() -> assertThat(handler.cyclesEnded)
                    .isEqualTo(handler.cyclesBegun)
                    .isPositive());
            var counters = connection.counters();
            assertThat(counters.connected()).isOne();
            assertThat(counters.in().messages()).isEqualTo(2);
            assertThat(counters.in().bytes()).isEqualTo(2L * OK.length());
            assertThat(counters.out().messages()).isOne();
            assertThat(counters.out().bytes()).isEqualTo(OPTIONS.length());
        }
    }

    @Test
    void what_is_sent_before_the_connection_is_there_waits_for_it() throws Exception {
        try (var far = FarListener.tcp(V4)) {
            var local = new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0);
            boolean queued = onLoop(() -> {
                var transport = new StreamTransport(StreamOptions.DEFAULT);
                var connection = transport.open(loop, far.endpoint(), local, TCP, handler);
                boolean taken = offer(connection, OPTIONS);
                connection.flush();
                return taken && !connection.isUp();
            });
            assertThat(queued).isTrue();
            assertThat(far.accept().receive(OPTIONS.length())).isEqualTo(OPTIONS);
        }
    }

    @Test
    void answers_given_within_a_read_cycle_leave_at_its_end() throws Exception {
        try (var far = FarListener.tcp(V4)) {
            var connection = open(far.endpoint(), TCP);
            handler.onEach = _ -> offer(connection, OK);
            var line = far.accept();
            line.send(OPTIONS + OPTIONS);
            assertThat(line.receive(2 * OK.length())).isEqualTo(OK + OK);
        }
    }

    @Test
    void a_ping_is_answered_and_ours_is_too() throws Exception {
        try (var far = FarListener.tcp(V4)) {
            var connection = open(far.endpoint(), TCP);
            var line = far.accept();
            awaitConnected();
            line.send("\r\n\r\n");
            assertThat(line.receive(2)).isEqualTo("\r\n");
            onLoop(() -> {
                connection.ping();
                return true;
            });
            assertThat(line.receive(4)).isEqualTo("\r\n\r\n");
            line.send("\r\n");
            await().untilAsserted(() -> assertThat(handler.pongs).isOne());
            var counters = connection.counters();
            assertThat(counters.in().pings()).isOne();
            assertThat(counters.in().pongs()).isOne();
            assertThat(counters.out().pings()).isOne();
        }
    }

    @Test
    void where_nobody_listens_it_is_refused() throws Exception {
        var connection = open(FarListener.nobody(), TCP);
        awaitClosed(CloseReason.REFUSED);
        assertThat(connection.counters().closed()).containsEntry(CloseReason.REFUSED, 1L);
        assertThat(handler.connected).isEmpty();
    }

    @Test
    void where_nobody_answers_it_times_out() throws Exception {
        try (var far = FarListener.deaf()) {
            open(far.endpoint(), TCP, within(Duration.ofMillis(300)));
            awaitClosed(CloseReason.CONNECT_TIMED_OUT);
        }
    }

    @Test
    void an_address_that_is_not_ours_is_a_fault_of_ours() throws Exception {
        try (var far = FarListener.tcp(V4)) {
            var foreign = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 0);
            var connection = onLoop(
                    () -> new StreamTransport(StreamOptions.DEFAULT).open(loop, far.endpoint(), foreign, TCP, handler));
            awaitClosed(CloseReason.LOCAL_FAULT);
            assertThat(onLoop(() -> offer(connection, OPTIONS))).isFalse();
            assertThat(connection.counters().out().refused()).isOne();
        }
    }

    @Test
    void a_peer_that_closes_is_told_and_how_far_it_got() throws Exception {
        try (var far = FarListener.tcp(V4)) {
            open(far.endpoint(), TCP);
            var line = far.accept();
            line.send(OK + OK.substring(0, 10));
            line.close();
            assertThat(awaitClosed(CloseReason.CLOSED_BY_PEER).detail()).isEqualTo("after 10 bytes of a message");
            assertThat(handler.messages).containsExactly(OK);
        }
    }

    @Test
    void a_reset_in_the_middle_of_a_message_is_told_once_and_the_message_never() throws Exception {
        try (var far = FarListener.tcp(V4)) {
            var connection = open(far.endpoint(), TCP);
            var line = far.accept();
            line.send(OK + OK.substring(0, 10));
            awaitMessages(OK);
            line.reset();
            awaitClosed(CloseReason.RESET);
            assertThat(handler.messages).containsExactly(OK);
            assertThat(onLoop(() -> offer(connection, OPTIONS))).isFalse();
            assertThat(connection.isUp()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "SIP/2.0 200 OK\r\n\r\n",
                "SIP/2.0 200 OK\r\nContent-Length: x\r\n\r\n",
                "SIP/2.0 200 OK\r\nContent-Length: 65530\r\n\r\n"
            })
    void a_stream_that_cannot_be_cut_into_messages_is_closed(String garbage) throws Exception {
        try (var far = FarListener.tcp(V4)) {
            var connection = open(far.endpoint(), TCP);
            var line = far.accept();
            line.send(OK + garbage + OK);
            awaitClosed(CloseReason.FRAMING_ERROR);
            assertThat(handler.messages).containsExactly(OK);
            assertThat(connection.counters().closed()).containsEntry(CloseReason.FRAMING_ERROR, 1L);
            await().untilAsserted(() -> assertThat(handler.cyclesEnded).isEqualTo(handler.cyclesBegun));
        }
    }

    @Test
    void what_a_peer_does_not_read_is_refused_beyond_the_mark_and_what_was_taken_arrives() throws Exception {
        try (var far = FarListener.tcp(V4)) {
            var connection = open(far.endpoint(), TCP);
            var line = far.accept();
            awaitConnected();
            int taken = onLoop(() -> {
                int count = 0;
                while (offer(connection, large(count))) {
                    count++;
                    connection.flush();
                }
                return count;
            });
            assertThat(taken).isPositive();
            assertThat(connection.counters().out().refused()).isOne();
            for (int i = 0; i < taken; i++) {
                assertThat(line.receive(large(i).length())).isEqualTo(large(i));
            }
            await().untilAsserted(() ->
                    assertThat(onLoop(() -> offer(connection, OPTIONS))).isTrue());
        }
    }

    private static String large(int number) {
        return "%05d".formatted(number).repeat(10_000);
    }

    @Test
    void a_handler_that_fails_loses_only_that_message() throws Exception {
        try (var far = FarListener.tcp(V4)) {
            open(far.endpoint(), TCP);
            handler.onEach = text -> {
                if (text.equals(OPTIONS)) {
                    throw new IllegalStateException("a bug, on purpose");
                }
            };
            far.accept().send(OPTIONS + OK);
            awaitMessages(OPTIONS, OK);
        }
    }

    @Test
    void closing_sends_what_is_queued_and_is_told_once() throws Exception {
        try (var far = FarListener.tcp(V4)) {
            var connection = open(far.endpoint(), TCP);
            var line = far.accept();
            awaitConnected();
            int told = onLoop(() -> {
                offer(connection, OPTIONS);
                connection.close();
                connection.close();
                return handler.closed.size();
            });
            assertThat(told).as("from within").isOne();
            assertThat(line.receiveAll()).isEqualTo(OPTIONS);
            awaitClosed(CloseReason.BY_US);
        }
    }

    @Test
    void a_handler_may_close_while_it_reads() throws Exception {
        try (var far = FarListener.tcp(V4)) {
            var connection = open(far.endpoint(), TCP);
            handler.onEach = _ -> connection.close();
            far.accept().send(OK + OK);
            awaitClosed(CloseReason.BY_US);
            await().untilAsserted(() -> assertThat(handler.cyclesEnded).isOne());
            assertThat(handler.messages).containsExactly(OK);
        }
    }

    @Test
    void a_connection_closed_before_it_is_there_never_is() throws Exception {
        try (var far = FarListener.deaf()) {
            var connection = open(far.endpoint(), TCP);
            onLoop(() -> {
                connection.close();
                return true;
            });
            awaitClosed(CloseReason.BY_US);
            assertThat(handler.connected).isEmpty();
        }
    }

    @Test
    void it_is_opened_on_its_own_loop_only() {
        var nowhere = new Endpoint();
        var local = new InetSocketAddress(InetAddress.ofLiteral(V4), 0);
        assertThatThrownBy(() -> new StreamTransport(StreamOptions.DEFAULT).open(loop, nowhere, local, TCP, handler))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a connection is opened on its own event loop");
    }
}
