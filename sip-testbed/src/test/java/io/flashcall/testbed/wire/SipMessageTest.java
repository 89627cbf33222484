package io.flashcall.testbed.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Reading messages as RFC 3261 §7.3 and §25 allow them to be written.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SipMessageTest {

    private static Optional<SipMessage> parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return SipMessage.parse(bytes, bytes.length);
    }

    private static final String ODD = """
            INVITE sip:+44;npdi@[::1]:5070;user=phone SIP/2.0
            v : SIP/2.0/UDP [::1]:5060;branch=z9hG4bKa,
             SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKb
            VIA:SIP/2.0/UDP 192.0.2.2
            f: "A \\"quoted; tag=no\\" <name>" <sip:a@b;tag=inner>
             ;x=1
            \t; tag = from
            t:sip:b@c;tag=to
            i: id
            cSeq:\t7
              INVITE
            Subject:

            body
            more
            """.replace("\n", "\r\n");

    @Test
    void it_finds_what_is_folded_compact_joined_and_oddly_cased() {
        SipMessage message = parse(ODD).orElseThrow();
        assertThat(message.isRequest()).isTrue();
        assertThat(message.method()).isEqualTo("INVITE");
        assertThat(message.requestUri()).isEqualTo("sip:+44;npdi@[::1]:5070;user=phone");
        assertThat(message.topVia()).isEqualTo("SIP/2.0/UDP [::1]:5060;branch=z9hG4bKa");
        assertThat(message.branch()).isEqualTo("z9hG4bKa");
        assertThat(message.elements(HeaderName.VIA)).hasSize(3);
        assertThat(message.headers(HeaderName.VIA)).hasSize(2);
        assertThat(message.fromTag()).contains("from");
        assertThat(HeaderValue.uri(message.headerOrEmpty(HeaderName.FROM))).isEqualTo("sip:a@b;tag=inner");
        assertThat(message.toTag()).contains("to");
        assertThat(message.callId()).isEqualTo("id");
        assertThat(message.cseqNumber()).isEqualTo(7);
        assertThat(message.cseqMethod()).isEqualTo("INVITE");
        assertThat(message.body()).isEqualTo("body\r\nmore\r\n");
    }

    @Test
    void a_response_has_a_status_and_no_method() {
        SipMessage message =
                parse("SIP/2.0 180 Ringing\r\nCSeq: 1 INVITE\r\n\r\n").orElseThrow();
        assertThat(message.isRequest()).isFalse();
        assertThat(message.status()).isEqualTo(180);
        assertThat(message.method()).isEmpty();
        assertThat(message.header(HeaderName.TO)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n\r\n",
                "hello",
                "INVITE sip:a@b\r\n\r\n",
                "INVITE sip:a@b SIP/3.0\r\n\r\n",
                "SIP/2.0 18 Ringing\r\n\r\n",
                "SIP/2.0 \r\n\r\n",
                "INVITE sip:a@b SIP/2.0\r\nVia: x",
                "INVITE sip:a@b SIP/2.0\r\nVia: x\r\n",
                "INVITE sip:a@b SIP/2.0\r\nVia: x\r\n folded",
                "INVITE sip:a@b SIP/2.0\r\nno colon\r\n\r\n",
                "INVITE sip:a@b SIP/2.0\r\n: no name\r\n\r\n",
            })
    void what_is_no_SIP_is_refused(String text) {
        assertThat(parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "sip:+4420@host:5060, +4420, host:5060",
        "sip:+4420;npdi@[::1]:5060;user=phone, +4420, [::1]:5060",
        "sip:host;lr, '', host",
        "tel:+4420;phone-context=x, +4420, +4420",
        "sips:a@b?subject=x, a, b",
    })
    void a_URI_has_a_user_and_a_host(String uri, String user, String hostPort) {
        assertThat(HeaderValue.user(uri)).isEqualTo(user);
        assertThat(HeaderValue.hostPort(uri)).isEqualTo(hostPort);
    }

    @Test
    void an_odd_response_reads_the_same_as_a_plain_one() {
        SipResponse response = new SipResponse(
                183,
                java.util.List.of(
                        new SipResponse.Field("Via", "SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKa;rport=5060"),
                        new SipResponse.Field("From", "<sip:a@b>;tag=from"),
                        new SipResponse.Field("To", "<sip:b@c>;tag=to"),
                        new SipResponse.Field("Call-ID", "id"),
                        new SipResponse.Field("CSeq", "7 INVITE"),
                        new SipResponse.Field("Contact", "<sip:leg@c;ob>")),
                "v=0\r\n");
        SipMessage plain = parse(new PlainStyle().write(response)).orElseThrow();
        SipMessage odd = parse(new OddStyle(2000).write(response)).orElseThrow();
        assertThat(odd.text().length()).isGreaterThan(plain.text().length() + 2000);
        assertThat(odd.status()).isEqualTo(plain.status());
        assertThat(odd.branch()).isEqualTo(plain.branch());
        assertThat(odd.fromTag()).isEqualTo(plain.fromTag());
        assertThat(odd.toTag()).isEqualTo(plain.toTag());
        assertThat(odd.callId()).isEqualTo(plain.callId());
        assertThat(odd.cseqNumber()).isEqualTo(plain.cseqNumber());
        assertThat(odd.cseqMethod()).isEqualTo(plain.cseqMethod());
        assertThat(odd.header(HeaderName.CONTACT)).isEqualTo(plain.header(HeaderName.CONTACT));
        assertThat(odd.header(HeaderName.CONTENT_LENGTH)).contains("5");
        assertThat(odd.body()).isEqualTo(plain.body());
    }
}
