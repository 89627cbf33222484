package io.flashcall.engine.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.engine.ConfigException;
import io.flashcall.engine.E164;
import io.flashcall.engine.StirConfig;
import io.flashcall.engine.StirConfig.Attestation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class IdentitySignerTest {

    private static final E164 FROM = E164.parse("+12155550121");
    private static final E164 TO = E164.parse("+12155550131");
    private static final Instant NOW = Instant.parse("2015-09-25T19:12:25.750Z");

    @TempDir
    private Path folder = Path.of("");

    private final KeyPair keys = Keys.p256();
    private Path file = Path.of("");

    @BeforeEach
    void write_the_key() throws IOException {
        file = Keys.write(folder.resolve("stir.pem"), Keys.pkcs8(keys));
    }

    @Test
    void the_two_json_texts_are_canonical_byte_for_byte() {
        var identity = signer().sign(FROM, TO, NOW).identity();

        assertThat(decoded(identity, 0)).isEqualTo("""
                        {"alg":"ES256","ppt":"shaken","typ":"passport","x5u":"https://cert.example.org/passport.cer"}""");
        assertThat(decoded(identity, 1)).isEqualTo("""
                        {"attest":"A","dest":{"tn":["12155550131"]},"iat":1443208345,"orig":{"tn":"12155550121"},\
                        "origid":"123e4567-e89b-12d3-a456-426655440000"}""");
    }

    @Test
    void the_header_has_its_jws_in_full_and_the_three_parameters() {
        assertThat(signer().sign(FROM, TO, NOW).identity())
                .matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{86}"
                        + ";info=<https://cert\\.example\\.org/passport\\.cer>;alg=ES256;ppt=shaken");
    }

    @Test
    void the_signature_is_that_of_the_key() throws GeneralSecurityException {
        assertThat(isSignedBy(keys, signer().sign(FROM, TO, NOW))).isTrue();
        assertThat(isSignedBy(Keys.p256(), signer().sign(FROM, TO, NOW))).isFalse();
    }

    @Test
    void the_date_is_the_time_of_the_signature() {
        var signed = signer().sign(FROM, TO, NOW);

        assertThat(signed.iat()).isEqualTo("2015-09-25T19:12:25Z");
        assertThat(signed.date()).isEqualTo("Fri, 25 Sep 2015 19:12:25 GMT");
        assertThat(new String(signed.headerLines(), US_ASCII))
                .isEqualTo("Date: Fri, 25 Sep 2015 19:12:25 GMT\r\nIdentity: " + signed.identity() + "\r\n");
    }

    @Test
    void a_retry_may_carry_it_until_it_is_ten_seconds_old() {
        var signed = signer().sign(FROM, TO, NOW);

        assertThat(signed.isFresh(NOW)).isTrue();
        assertThat(signed.isFresh(signed.iat().plusMillis(9_999))).isTrue();
        assertThat(signed.isFresh(signed.iat().plusMillis(10_000))).isFalse();
        assertThat(signed.isFresh(signed.iat().minusMillis(1)))
                .as("the clock was set back")
                .isFalse();
    }

    @Test
    void no_number_stands_in_what_is_logged() {
        assertThat(signer().sign(FROM, TO, NOW).toString()).isEqualTo("SignedIdentity[iat=2015-09-25T19:12:25Z]");
    }

    @Test
    void a_key_in_the_form_of_openssl_signs_too() throws Exception {
        Keys.write(
                file,
                "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + Keys.sec1(keys));

        assertThat(isSignedBy(keys, signer().sign(FROM, TO, NOW))).isTrue();
    }

    @Test
    void after_a_reload_the_new_key_signs() throws Exception {
        var signer = signer();
        signer.sign(FROM, TO, NOW);
        var next = Keys.p256();
        Keys.write(file, Keys.pkcs8(next));

        assertThat(isSignedBy(keys, signer.sign(FROM, TO, NOW))).as("before it").isTrue();
        signer.reload();
        assertThat(isSignedBy(next, signer.sign(FROM, TO, NOW))).as("after it").isTrue();
    }

    @Test
    void a_bad_file_changes_nothing_and_says_why() throws Exception {
        var signer = signer();
        Files.delete(file);

        assertRefused(signer::reload, "cannot be read, NoSuchFileException");
        assertThat(isSignedBy(keys, signer.sign(FROM, TO, NOW))).isTrue();
    }

    @Test
    void a_file_that_holds_no_usable_key_is_refused() throws Exception {
        var rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        var order = HexFormat.of().parseHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
        byte[] outside = keys.getPrivate().getEncoded();
        System.arraycopy(order, 0, outside, indexOfScalar(outside), order.length);

        assertRefused("", "no private key in it");
        assertRefused("rubbish", "no private key in it");
        assertRefused(Keys.publicKey(keys), "no private key in it");
        assertRefused(Keys.pem("ENCRYPTED PRIVATE KEY", new byte[48]), "its key is a ENCRYPTED PRIVATE KEY");
        assertRefused(Keys.pem("PRIVATE KEY", new byte[48]), "damaged or of another kind");
        assertRefused(Keys.pem("EC PRIVATE KEY", new byte[48]), "DER tag");
        assertRefused(Keys.pkcs8(rsa.generateKeyPair()), "damaged or of another kind");
        assertRefused(Keys.pkcs8(Keys.on("secp384r1")), "on another curve");
        assertRefused(Keys.sec1(Keys.on("secp384r1")), "does not say that it is on P-256");
        assertRefused(Keys.pem("PRIVATE KEY", outside), "damaged or of another kind");
        assertRefused("x".repeat(64 * 1024 + 1), "longer than 64 KiB");
    }

    @Test
    void many_threads_sign_while_keys_change() throws Exception {
        var signer = signer();
        var next = Keys.p256();
        List<Future<SignedIdentity>> signed = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 400; i++) {
                var to = new E164(Long.toString(4_420_794_600_000L + i));
                Callable<SignedIdentity> call = () -> signer.sign(FROM, to, NOW);
                signed.add(threads.submit(call));
                if (i == 200) {
                    Keys.write(file, Keys.pkcs8(next));
                    signer.reload();
                }
            }
        }
        for (int i = 0; i < signed.size(); i++) {
            var identity = signed.get(i).get();
            assertThat(decoded(identity.identity(), 1)).contains(Long.toString(4_420_794_600_000L + i));
            assertThat(isSignedBy(keys, identity) || isSignedBy(next, identity)).isTrue();
        }
        assertThat(isSignedBy(next, signed.getLast().get())).isTrue();
    }

    private void assertRefused(String content, String why) throws IOException {
        Keys.write(file, content);
        assertRefused(this::signer, why);
    }

    private void assertRefused(ThrowingCallable reading, String why) {
        assertThatThrownBy(reading)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("stir.private_key: " + file)
                .hasMessageContaining(why)
                .hasMessageContaining("expected: a PEM file with an unencrypted P-256 private key");
    }

    private IdentitySigner signer() {
        return new IdentitySigner(new StirConfig(
                Attestation.A, file, "https://cert.example.org/passport.cer", "123e4567-e89b-12d3-a456-426655440000"));
    }

    /// Where the 32 bytes of the key stand in a PKCS#8 of the JDK: behind `OCTET STRING (32)`.
    private static int indexOfScalar(byte[] pkcs8) {
        for (int i = 0; i < pkcs8.length; i++) {
            if (pkcs8[i] == 0x04 && pkcs8[i + 1] == 0x20) {
                return i + 2;
            }
        }
        throw new AssertionError("no scalar");
    }

    private static String decoded(String identity, int part) {
        return new String(Base64.getUrlDecoder().decode(identity.split("[.;]", -1)[part]), US_ASCII);
    }

    private static boolean isSignedBy(KeyPair keys, SignedIdentity signed) throws GeneralSecurityException {
        String jws = signed.identity().substring(0, signed.identity().indexOf(';'));
        int dot = jws.lastIndexOf('.');
        var es256 = P256.es256();
        es256.initVerify(keys.getPublic());
        es256.update(jws.substring(0, dot).getBytes(US_ASCII));
        return es256.verify(Base64.getUrlDecoder().decode(jws.substring(dot + 1)));
    }
}
