package io.flashcall.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flashcall.engine.CaptureConfig;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class HepSenderTest {

    private final DatagramSocket collector = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));

    private final int port = collector.getLocalPort();

    HepSenderTest() throws IOException {
        collector.setSoTimeout(20_000);
    }

    @AfterEach
    void close() {
        collector.close();
    }

    private HepSender sender(double sample) throws IOException {
        return HepSender.start(new CaptureConfig.Hep("127.0.0.1", port, 4_294_967_295L, "key", sample));
    }

    @Test
    void the_collector_gets_each_message_in_order() throws IOException {
        var call = Messages.flashCall(7);
        try (var sender = sender(1.0)) {
            call.forEach(sender::onMessage);
            for (var message : call) {
                byte[] packet = receive();
                var encoder = new HepEncoder(-1, "key", "flashcall-4294967295");
                assertThat(ByteBuffer.wrap(packet)).isEqualTo(encoder.encode(message));
            }
            await().untilAsserted(() -> assertThat(sender.counters()).isEqualTo(new CaptureCounters(7, 7, 0, 0, 0, 0)));
        }
    }

    @Test
    void what_was_captured_is_sent_before_it_ends_and_nothing_after() throws IOException {
        var sender = sender(1.0);
        Messages.flashCall(7).forEach(sender::onMessage);
        sender.close();
        for (int i = 0; i < 7; i++) {
            assertThat(receive()).startsWith('H', 'E', 'P', '3');
        }
        Messages.flashCall(8).forEach(sender::onMessage);
        assertThat(sender.counters()).isEqualTo(new CaptureCounters(7, 7, 7, 0, 0, 0));
    }

    @Test
    void a_sample_holds_whole_calls_and_what_belongs_to_none() throws IOException {
        int sampled = 0;
        try (var sender = sender(0.25)) {
            for (int call = 1; call <= 400; call++) {
                long before = sender.counters().leftOut();
                Messages.flashCall(call).forEach(sender::onMessage);
                long leftOut = sender.counters().leftOut() - before;
                assertThat(leftOut).as("all of call %d, or nothing", call).isIn(0L, 7L);
                if (leftOut == 0) {
                    sampled++;
                    receive(7, "Call-ID: call-" + call + "\r\n");
                }
            }
            assertThat(sampled).isBetween(60, 140);
            sender.onMessage(Messages.of(0, false, Messages.text("OPTIONS sip:us SIP/2.0", "none", "1 OPTIONS")));
            receive(1, "Call-ID: none\r\n");
        }
    }

    @Test
    void a_sample_of_nothing_sends_nothing() throws IOException {
        try (var sender = sender(0)) {
            Messages.flashCall(7).forEach(sender::onMessage);
            Messages.flashCall(0).forEach(sender::onMessage);
            assertThat(sender.counters()).isEqualTo(new CaptureCounters(0, 0, 0, 14, 0, 0));
        }
    }

    @Test
    void a_collector_that_is_not_there_costs_messages_alone() throws IOException {
        collector.close();
        try (var sender = sender(1.0)) {
            await().until(() -> {
                Messages.flashCall(7).forEach(sender::onMessage);
                return sender.counters().failed() > 0;
            });
        }
    }

    @Test
    void a_collector_that_nobody_runs_is_named() throws IOException {
        var message = Messages.flashCall(7).getFirst();
        var nobody = new HepCollector(new CaptureConfig.Hep("127.0.0.1", port, 1, "", 1.0));
        collector.close();
        nobody.find();
        try {
            assertThatThrownBy(() -> await().until(() -> !nobody.take(message, 0)))
                    .hasStackTraceContaining("nobody listens at 127.0.0.1:" + port);
        } finally {
            nobody.end();
        }
    }

    @Test
    void a_collector_whose_name_nobody_knows_is_an_error_at_the_start() {
        assertThatThrownBy(() -> HepSender.start(new CaptureConfig.Hep("collector.invalid", 9060, 1, "", 1.0)))
                .isInstanceOf(IOException.class)
                .hasMessage("capture.hep.host: collector.invalid is not known (expected: an IP address, or a name that"
                        + " can be looked up)");
    }

    private void receive(int count, String part) throws IOException {
        for (int i = 0; i < count; i++) {
            assertThat(new String(receive(), StandardCharsets.ISO_8859_1)).contains(part);
        }
    }

    private byte[] receive() throws IOException {
        var packet = new DatagramPacket(new byte[65_535], 65_535);
        collector.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }
}
