package io.flashcall.engine.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.sip.Challenge;
import io.flashcall.engine.sip.HeaderLines;
import io.flashcall.engine.sip.HeaderLinesText;
import io.flashcall.engine.sip.ResponseView;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The values of RFC 7616 §3.9 with the algorithms of RFC 8760, and what erratum 4897 says of §3.9.2. The values for
/// SHA-512-256, those without qop and those of a SIP request were computed with Python's hashlib.
@DisplayNameGeneration(ReplaceUnderscores.class)
class DigestVectorsTest {

    private static final String NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    private static final String CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    private static final String SIP_URI = "sip:+442079460123@carrier.example;user=phone";
    private static final long RANDOM = 0x0123456789abcdefL;

    @ParameterizedTest
    @CsvSource({
        "MD5, 8ca523f5e9506fed4657c9700eebdbec",
        "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
        "SHA-512-256, 430d05014cecc49cab6fbe03176d41a1da86cbfe24a16580e22aaad928d960d0",
    })
    void the_example_of_RFC_7616(String algorithm, String response) {
        String user = hash(algorithm, "Mufasa", "http-auth@example.org", "Circle of Life");
        String request = hash(algorithm, "GET", "/dir/index.html");
        assertThat(hash(algorithm, user, NONCE, "00000001", CNONCE, "auth", request))
                .isEqualTo(response);
    }

    @Test
    void SHA_512_256_has_its_own_initial_values_as_the_erratum_says() {
        assertThat(hash("SHA-512-256", "J\u00e4s\u00f8n Doe", "api@example.org"))
                .isEqualTo("793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b");
    }

    @ParameterizedTest
    @CsvSource({
        "MD5, 7b2cc3b30e75b4777ea31027084363fd",
        "SHA-256, a1306b0595a6c7fe96c448631fb5cfbd5107bd1fe1da729d978dd7446b812363",
        "SHA-512-256, 93e9122020ea0624d2ca801426d5bfbeb93d10ff4cc24cb410af3920fa4730e7",
    })
    void a_challenge_without_qop_is_answered_in_the_form_of_RFC_2069(String algorithm, String response) {
        var space = space(algorithm, "");
        assertThat(answer(space, "GET", "/dir/index.html"))
                .isEqualTo(
                        "Authorization: Digest username=\"Mufasa\", realm=\"http-auth@example.org\", nonce=\"" + NONCE
                                + "\", uri=\"/dir/index.html\", response=\"" + response + "\", algorithm=" + algorithm
                                + "\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "MD5, 8c480172f03ed7b0875e0298f3e5bfca, 2aafbc8e1219502396cc8faa3365bb02",
        "SHA-256, 97996c709c9f66a91c4bcd661a13a36f0702397cf361121e151d40b2facb154e,"
                + " e7ecc3a10e430ab401cd107a31936ad59a9f4103db928f613c8362b64badc035",
        "SHA-512-256, b16b75a0aed0b1d2aeb002b214d7fe53b27be5a754eb31463941da9ce2a4a578,"
                + " 748b8c8bd4035d64d17159aa0ba994f212b126df477c71146975fe8015c64116",
    })
    void each_request_with_a_nonce_counts(String algorithm, String first, String second) {
        var space = space(algorithm, ", qop=\"auth,auth-int\", opaque=\"o\"");
        assertThat(answer(space, "INVITE", SIP_URI))
                .contains("response=\"" + first + "\"", "cnonce=\"0123456789abcdef\", qop=auth, nc=00000001")
                .endsWith(", opaque=\"o\"\r\n");
        assertThat(answer(space, "INVITE", SIP_URI)).contains("response=\"" + second + "\"", "nc=00000002");
    }

    private static String hash(String algorithm, String... fields) {
        byte[] name = algorithm.getBytes(StandardCharsets.US_ASCII);
        var hash = new DigestHash(Objects.requireNonNull(DigestAlgorithm.of(name, 0, name.length)));
        for (var field : fields) {
            hash.field(field.getBytes(StandardCharsets.UTF_8));
        }
        byte[] hex = new byte[DigestHash.MOST_HEX];
        return new String(hex, 0, hash.hex(hex, 0), StandardCharsets.US_ASCII);
    }

    private static ProtectionSpace space(String algorithm, String more) {
        var challenge = new Challenge()
                .wrap(unauthorized("Digest realm=\"http-auth@example.org\", nonce=\"" + NONCE + "\", algorithm="
                        + algorithm + more));
        assertThat(challenge.next()).isTrue();
        byte[] name = algorithm.getBytes(StandardCharsets.US_ASCII);
        var space = new ProtectionSpace(challenge, 0);
        space.learn(challenge, Objects.requireNonNull(DigestAlgorithm.of(name, 0, name.length)), 1);
        return space;
    }

    static ResponseView unauthorized(String... challenges) {
        var text = new StringBuilder("SIP/2.0 401 Unauthorized\r\n")
                .append("Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK1\r\n")
                .append("From: <sip:a@192.0.2.10>;tag=1\r\nTo: <sip:b@carrier.example>;tag=2\r\n")
                .append("Call-ID: 1@192.0.2.10\r\nCSeq: 1 INVITE\r\n");
        for (var challenge : challenges) {
            text.append("WWW-Authenticate: ").append(challenge).append("\r\n");
        }
        byte[] bytes = text.append("Content-Length: 0\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8);
        var response = new ResponseView();
        response.wrap(bytes, 0, bytes.length);
        return response;
    }

    private static String answer(ProtectionSpace space, String method, String uri) {
        var who = new Identity("Mufasa", "Circle of Life".getBytes(StandardCharsets.UTF_8));
        byte[] target = uri.getBytes(StandardCharsets.US_ASCII);
        var out = new HeaderLines();
        space.write(who, method.getBytes(StandardCharsets.US_ASCII), target, target.length, RANDOM, out);
        return HeaderLinesText.of(out);
    }
}
