package io.flashcall.testbed.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.flashcall.testbed.wire.Reflector.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Responses cut from the request's bytes.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReflectorTest {

    private final Reflector reflector = new Reflector();

    private Verdict reflect(String text) {
        byte[] bytes = new byte[4096];
        byte[] given = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(given, 0, bytes, 0, given.length);
        return reflector.reflect(bytes, given.length);
    }

    private String response(int index) {
        return new String(reflector.bytes(index), 0, reflector.length(index), StandardCharsets.ISO_8859_1);
    }

    private static String request(String method) {
        return method + " sip:b@c SIP/2.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bKa\r\nMax-Forwards: 70\r\n"
                + "f: <sip:a@b>;tag=1\r\nTO : <sip:b@c>\r\nContact: <sip:a@b>\r\nCall-ID: id\r\n folded\r\nCSeq: 42 "
                + method + "\r\nContent-Length: 0\r\n\r\n";
    }

    private static final String COPIED = "Via: SIP/2.0/UDP a;branch=z9hG4bKa\r\nf: <sip:a@b>;tag=1\r\n";
    private static final String TAGGED = "TO : <sip:b@c>;tag=reflect\r\nCall-ID: id\r\n folded\r\n";

    @Test
    void an_INVITE_brings_100_without_and_180_with_a_tag() {
        assertThat(reflect(request("INVITE"))).isEqualTo(Verdict.INVITE);
        assertThat(reflector.responses()).isEqualTo(2);
        assertThat(response(0)).startsWith("SIP/2.0 100 Trying\r\n" + COPIED + "TO : <sip:b@c>\r\n");
        assertThat(response(1))
                .isEqualTo(
                        "SIP/2.0 180 Ringing\r\n" + COPIED + TAGGED + "CSeq: 42 INVITE\r\nContent-Length: 0\r\n\r\n");
    }

    @Test
    void a_CANCEL_brings_its_200_and_the_INVITEs_487() {
        assertThat(reflect(request("CANCEL"))).isEqualTo(Verdict.CANCEL);
        assertThat(response(0)).startsWith("SIP/2.0 200 OK\r\n" + COPIED + TAGGED + "CSeq: 42 CANCEL\r\n");
        assertThat(response(1))
                .startsWith("SIP/2.0 487 Request Terminated\r\n" + COPIED + TAGGED + "CSeq: 42 INVITE\r\n");
    }

    @Test
    void an_ACK_brings_nothing_and_a_response_neither() {
        assertThat(reflect(request("ACK"))).isEqualTo(Verdict.ACK);
        assertThat(reflector.responses()).isZero();
        assertThat(reflect("SIP/2.0 200 OK\r\nVia: x\r\nFrom: y\r\nTo: z\r\n\r\n"))
                .isEqualTo(Verdict.UNREADABLE);
        assertThat(reflector.responses()).isZero();
    }

    @Test
    void a_BYE_brings_200() {
        assertThat(reflect(request("BYE").replace("TO : <sip:b@c>", "To: <sip:b@c>;tag=x")))
                .isEqualTo(Verdict.OTHER);
        assertThat(response(0)).startsWith("SIP/2.0 200 OK\r\n" + COPIED + "To: <sip:b@c>;tag=x\r\n");
    }

    @Test
    void no_bytes_harm_it() {
        Random random = new Random(1);
        byte[] bytes = new byte[4096];
        byte[] good = request("CANCEL").getBytes(StandardCharsets.ISO_8859_1);
        assertThatCode(() -> {
                    for (int i = 0; i < 100_000; i++) {
                        System.arraycopy(good, 0, bytes, 0, good.length);
                        for (int change = random.nextInt(8); change >= 0; change--) {
                            bytes[random.nextInt(good.length)] = (byte) "\r\n :vftic,".charAt(random.nextInt(10));
                        }
                        reflector.reflect(bytes, random.nextInt(good.length));
                    }
                })
                .doesNotThrowAnyException();
    }
}
