package io.flashcall.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.E164;
import io.flashcall.engine.StirConfig;
import io.flashcall.engine.StirConfig.Attestation;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A program that we did not write takes what we sign, and we take what it signs. It reads the machine's clock.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SecsipidxTest {

    private static final String X5U = "https://cert.example.org/passport.cer";
    private static final String ORIGID = "123e4567-e89b-12d3-a456-426655440000";

    @TempDir
    private Path folder = Path.of("");

    private final KeyPair keys = Keys.p256();
    private Secsipidx secsipidx = new Secsipidx(folder);

    @BeforeEach
    void write_the_keys() throws IOException {
        secsipidx = new Secsipidx(folder);
        Keys.write(folder.resolve("key.pem"), Keys.pkcs8(keys));
        Keys.write(folder.resolve("sec1.pem"), Keys.sec1(keys));
        Keys.write(folder.resolve("pub.pem"), Keys.publicKey(keys));
    }

    @ParameterizedTest
    @EnumSource(Attestation.class)
    void it_accepts_what_we_sign(Attestation attestation) throws Exception {
        var signed = signer(attestation).sign(new E164("12155550121"), new E164("442079460123"), Instant.now());
        Keys.write(folder.resolve("id.txt"), signed.identity());

        assertThat(secsipidx.check("id.txt", "pub.pem")).isEqualTo(new Secsipidx.Result(0, "ok"));
    }

    @Test
    void it_refuses_what_was_changed_on_the_way_or_signed_by_another() throws Exception {
        var signed = signer(Attestation.A).sign(new E164("12155550121"), new E164("442079460123"), Instant.now());
        String identity = signed.identity();
        int payload = identity.indexOf('.') + 20;
        char other = identity.charAt(payload) == 'A' ? 'B' : 'A';
        Keys.write(folder.resolve("id.txt"), identity.substring(0, payload) + other + identity.substring(payload + 1));
        assertThat(secsipidx.check("id.txt", "pub.pem").code()).isNotZero();

        Keys.write(folder.resolve("id.txt"), identity);
        Keys.write(folder.resolve("other.pem"), Keys.publicKey(Keys.p256()));
        var refusal = secsipidx.check("id.txt", "other.pem");
        assertThat(refusal.code()).isNotZero();
        assertThat(refusal.said()).contains("ECDSA verification failed").endsWith("not-ok");
    }

    @Test
    void it_refuses_what_we_signed_more_than_a_minute_ago() throws Exception {
        var signed = signer(Attestation.A)
                .sign(
                        new E164("12155550121"),
                        new E164("442079460123"),
                        Instant.now().minusSeconds(120));
        Keys.write(folder.resolve("id.txt"), signed.identity());

        var refusal = secsipidx.check("id.txt", "pub.pem");
        assertThat(refusal.code()).isNotZero();
        assertThat(refusal.said()).endsWith("not-ok");
    }

    @ParameterizedTest
    @EnumSource(Attestation.class)
    void we_accept_what_it_signs(Attestation attestation) throws Exception {
        String identity = sign(attestation);

        assertThat(verify(identity, keys, "+442079460123")).isEqualTo(new Verdict.Passed(attestation, ORIGID, "709J"));
    }

    @Test
    void we_refuse_what_it_signs_for_others_or_with_another_key() throws Exception {
        String identity = sign(Attestation.A);

        assertThat(verify(identity, keys, "+442079460124"))
                .isInstanceOfSatisfying(
                        Verdict.Failed.class,
                        failed -> assertThat(failed.fault()).isEqualTo(Fault.DEST_MISMATCH));
        assertThat(verify(identity, Keys.p256(), "+442079460123"))
                .isInstanceOfSatisfying(
                        Verdict.Failed.class,
                        failed -> assertThat(failed.fault()).isEqualTo(Fault.BAD_SIGNATURE));
    }

    @Test
    void it_writes_the_same_texts_as_we_do() throws Exception {
        String theirs = sign(Attestation.B);
        var header = IdentityHeader.parse(theirs);
        var iat = Passport.read(header.headerJson(), header.payloadJson()).iat();
        String ours = signer(Attestation.B)
                .sign(new E164("12155550121"), new E164("442079460123"), iat)
                .identity();

        assertThat(withoutSignature(ours)).isEqualTo(withoutSignature(theirs));
    }

    private static String withoutSignature(String identity) {
        return identity.substring(0, identity.lastIndexOf('.', identity.indexOf(';')))
                + identity.substring(identity.indexOf(';'));
    }

    private IdentitySigner signer(Attestation attestation) {
        return new IdentitySigner(new StirConfig(attestation, folder.resolve("key.pem"), X5U, ORIGID));
    }

    private static Verdict verify(String identity, KeyPair keys, String to) {
        var root = Authority.root(
                "STI root", Instant.now().minusSeconds(86_400), Instant.now().plusSeconds(86_400));
        var leaf = root.issue("SHAKEN 709J", keys, wanted -> {
            wanted.valid(Instant.now().minusSeconds(86_400), Instant.now().plusSeconds(86_400));
            wanted.code("709J");
        });
        var verifier = new IdentityVerifier(
                (x5u, now) -> new CertificateSource.Chain(List.of(leaf)),
                new CertificateTrust(List.of(root.certificate()), Optional.empty()),
                VerificationPolicy.STANDARD);
        return verifier.verify(
                new SignedRequest(List.of(identity), Optional.empty(), "+12155550121", to, "a@x"), Instant.now());
    }

    private String sign(Attestation attestation) throws Exception {
        var result = secsipidx.run(
                "-sign-full",
                "-fprvkey",
                "sec1.pem",
                "-orig-tn",
                "12155550121",
                "-dest-tn",
                "442079460123",
                "-attest",
                attestation.name(),
                "-x5u",
                X5U,
                "-orig-id",
                ORIGID);
        assertThat(result.code()).as(result.said()).isZero();
        return result.said();
    }
}
