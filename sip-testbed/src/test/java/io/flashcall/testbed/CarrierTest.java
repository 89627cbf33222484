package io.flashcall.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flashcall.testbed.wire.HeaderName;
import io.flashcall.testbed.wire.SipMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// The carrier's own manners, seen by a caller that does everything right.
@DisplayNameGeneration(ReplaceUnderscores.class)
class CarrierTest {

    @Test
    void a_flash_call_to_ring_gets_100_180_and_after_CANCEL_200_and_487() {
        try (Carrier carrier = Carrier.start(CarrierConfig.loopback("ring:10ms"));
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            assertThat(caller.next().status()).isEqualTo(100);
            SipMessage ringing = caller.next();
            assertThat(ringing.status()).isEqualTo(180);
            assertThat(ringing.toTag()).isPresent();
            caller.cancel();
            SipMessage ok = caller.next();
            assertThat(ok.status()).isEqualTo(200);
            assertThat(ok.cseqMethod()).isEqualTo("CANCEL");
            SipMessage terminated = caller.next();
            assertThat(terminated.status()).isEqualTo(487);
            assertThat(terminated.cseqMethod()).isEqualTo("INVITE");
            assertThat(terminated.toTag()).isEqualTo(ringing.toTag());
            caller.ackFailure(terminated);
            await().until(() -> carrier.counters().calls().open() == 0);
            CarrierCounters counters = carrier.counters();
            assertThat(counters.requests()).isEqualTo(new CarrierCounters.Requests(1, 0, 1, 1, 0, 0));
            assertThat(counters.calls()).isEqualTo(new CarrierCounters.Calls(1, 0, 0, 0));
            assertThat(counters.traffic().responses()).isEqualTo(4);
            assertThat(counters.traffic().unexpected()).isZero();
            assertThat(carrier.violations()).isEmpty();
        }
    }

    @Test
    void an_answer_that_crosses_the_CANCEL_is_up_until_its_ACK_and_BYE() {
        try (Carrier carrier = Carrier.start(CarrierConfig.loopback("answer-on-cancel:pdd=1ms,routes=2"));
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            caller.await(180);
            caller.cancel();
            SipMessage answer = caller.next();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.cseqMethod()).isEqualTo("INVITE");
            assertThat(caller.next().cseqMethod()).isEqualTo("CANCEL");
            assertThat(carrier.counters().calls().up()).isEqualTo(1);
            caller.inDialog("ACK", 1, answer);
            caller.inDialog("BYE", 2, answer);
            assertThat(caller.next().cseqMethod()).isEqualTo("BYE");
            assertThat(carrier.counters().calls()).isEqualTo(new CarrierCounters.Calls(1, 1, 0, 0));
            assertThat(carrier.violations()).isEmpty();
        }
    }

    @Test
    void silence_is_silent_and_counts_the_retransmissions() {
        try (Carrier carrier = Carrier.start(CarrierConfig.loopback("silent"));
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            caller.invite();
            assertThat(caller.poll(50)).isEmpty();
            assertThat(carrier.counters().requests().invites()).isEqualTo(1);
            assertThat(carrier.counters().requests().invitesRepeated()).isEqualTo(1);
            assertThat(carrier.violations()).isEmpty();
        }
    }

    @Test
    void reflect_answers_from_the_request_alone() {
        try (Carrier carrier = Carrier.start(CarrierConfig.loopback("reflect"));
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            assertThat(caller.next().status()).isEqualTo(100);
            SipMessage ringing = caller.next();
            assertThat(ringing.status()).isEqualTo(180);
            caller.cancel();
            assertThat(caller.next().cseqMethod()).isEqualTo("CANCEL");
            SipMessage terminated = caller.next();
            assertThat(terminated.status()).isEqualTo(487);
            assertThat(terminated.headerOrEmpty(HeaderName.CSEQ)).isEqualTo("1 INVITE");
            assertThat(terminated.branch()).isEqualTo(RawCaller.BRANCH);
            assertThat(terminated.toTag()).isEqualTo(ringing.toTag());
            caller.ackFailure(terminated);
            assertThat(caller.poll(20)).isEmpty();
        }
    }

    @Test
    void a_final_response_is_repeated_until_its_ACK_comes_and_then_no_more() {
        CarrierConfig config =
                CarrierConfig.loopback("busy:1ms").withTimers(CarrierTimers.withT1(Duration.ofMillis(20)));
        try (Carrier carrier = Carrier.start(config);
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            SipMessage busy = caller.await(486);
            assertThat(caller.next().text()).isEqualTo(busy.text());
            assertThat(caller.next().text()).isEqualTo(busy.text());
            caller.ackFailure(busy);
            await().until(() -> carrier.counters().calls().open() == 0);
            assertThat(carrier.violations()).isEmpty();
        }
    }

    @Test
    void it_says_what_it_is() {
        try (Carrier carrier = Carrier.start(CarrierConfig.loopback("ring:200ms"))) {
            assertThat(carrier.describe())
                    .isEqualTo("carrier ring:200ms on 127.0.0.1:"
                            + carrier.address().getPort());
        }
    }

    @Test
    void it_listens_on_IPv6_and_answers_OPTIONS() throws IOException {
        InetAddress six = InetAddress.ofLiteral("::1");
        CarrierConfig config = CarrierConfig.loopback("ring").withListen(new InetSocketAddress(six, 0));
        try (Carrier carrier = Carrier.start(config);
                DatagramSocket socket = new DatagramSocket(0, six)) {
            assertThat(carrier.describe()).startsWith("carrier ring on [0:0:0:0:0:0:0:1]:");
            byte[] options = ("OPTIONS sip:carrier@[::1] SIP/2.0\r\nVia: SIP/2.0/UDP [::1]:" + socket.getLocalPort()
                            + ";branch=z9hG4bKo\r\nFrom: <sip:a@[::1]>;tag=1\r\nTo: <sip:b@[::1]>\r\n"
                            + "Call-ID: six\r\nCSeq: 1 OPTIONS\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
            socket.send(new DatagramPacket(options, options.length, carrier.address()));
            DatagramPacket answer = new DatagramPacket(new byte[2000], 2000);
            socket.setSoTimeout(5000);
            socket.receive(answer);
            assertThat(new String(answer.getData(), 0, answer.getLength(), StandardCharsets.ISO_8859_1))
                    .startsWith("SIP/2.0 200 OK\r\n")
                    .contains("Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK");
        }
    }

    @Test
    void what_fits_no_call_is_counted_and_answered_481_or_405() {
        try (Carrier carrier = Carrier.start(CarrierConfig.loopback("ring"));
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.send(caller.request("BYE", caller.requestUri(), "z9hG4bKb", 1, "x") + "\r\n");
            assertThat(caller.next().status()).isEqualTo(481);
            caller.cancel();
            assertThat(caller.next().status()).isEqualTo(481);
            caller.send(caller.request("MESSAGE", caller.requestUri(), "z9hG4bKm", 1, "") + "\r\n");
            assertThat(caller.next().status()).isEqualTo(405);
            caller.send("SIP/2.0 200 OK\r\nVia: x\r\n\r\n");
            caller.send("no SIP at all");
            await().until(() -> carrier.counters().traffic().malformed() == 1);
            assertThat(carrier.counters().traffic().unexpected()).isEqualTo(4);
        }
    }

    @Test
    void an_address_in_use_is_named() {
        try (Carrier carrier = Carrier.start(CarrierConfig.loopback("ring"))) {
            CarrierConfig same = CarrierConfig.loopback("ring").withListen(carrier.address());
            assertThatThrownBy(() -> Carrier.start(same))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(
                            "cannot listen on /127.0.0.1:" + carrier.address().getPort());
        }
    }
}
