package io.flashcall.testbed.digest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The example of RFC 7616 §3.9.1, and what its erratum 4897 says of §3.9.2. The values for SHA-512-256, and
/// those without qop, were computed with another implementation (Python's hashlib).
@DisplayNameGeneration(ReplaceUnderscores.class)
class DigestAlgorithmTest {

    private static final String EXAMPLE = """
            Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", \
            nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", \
            cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\"""";

    @ParameterizedTest
    @CsvSource({
        "MD5, 8ca523f5e9506fed4657c9700eebdbec",
        "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
        "SHA-512-256, 430d05014cecc49cab6fbe03176d41a1da86cbfe24a16580e22aaad928d960d0",
    })
    void the_example_of_RFC_7616(String algorithm, String response) {
        var credentials = Credentials.parse(EXAMPLE + ", nc=00000001, qop=auth").orElseThrow();
        var named = DigestAlgorithm.named(algorithm).orElseThrow();
        assertThat(credentials.expectedResponse(named, "Circle of Life", "GET")).isEqualTo(response);
    }

    @ParameterizedTest
    @CsvSource({
        "MD5, 7b2cc3b30e75b4777ea31027084363fd",
        "SHA-256, a1306b0595a6c7fe96c448631fb5cfbd5107bd1fe1da729d978dd7446b812363",
        "SHA-512-256, 93e9122020ea0624d2ca801426d5bfbeb93d10ff4cc24cb410af3920fa4730e7",
    })
    void without_qop_it_is_the_form_of_RFC_2069(String algorithm, String response) {
        var credentials = Credentials.parse(EXAMPLE).orElseThrow();
        var named = DigestAlgorithm.named(algorithm).orElseThrow();
        assertThat(credentials.expectedResponse(named, "Circle of Life", "GET")).isEqualTo(response);
    }

    @Test
    void SHA_512_256_has_its_own_initial_values_as_the_erratum_says() {
        assertThat(DigestAlgorithm.SHA_512_256.hash("J\u00e4s\u00f8n Doe:api@example.org"))
                .isEqualTo("793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b");
    }

    @Test
    void credentials_are_read_with_quotes_escapes_and_bytes_of_UTF_8() {
        var credentials = Credentials.parse(
                        "digest username=\"a\\\"b, c\", realm = \"J\u00c3\u00a4\",nc=00000001 , qop=auth")
                .orElseThrow();
        assertThat(credentials.get("username")).isEqualTo("a\"b, c");
        assertThat(credentials.get("realm")).isEqualTo("J\u00e4");
        assertThat(credentials.get("nc")).isEqualTo("00000001");
        assertThat(credentials.isQuoted("nc")).isFalse();
        assertThat(credentials.isQuoted("realm")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"Basic abc", "Digest realm=\"open", "Digest realm", "Digest =x", "Digest nc=1, nc=2"})
    void what_is_no_list_of_digest_parameters_is_nothing(String value) {
        assertThat(Credentials.parse(value)).isEmpty();
    }
}
