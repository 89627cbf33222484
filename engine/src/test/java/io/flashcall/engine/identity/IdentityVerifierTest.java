package io.flashcall.engine.identity;

import static io.flashcall.engine.identity.Authority.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.StirConfig.Attestation;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class IdentityVerifierTest {

    private static final String X5U = "https://cert.example.org/passport.cer";
    private static final String ORIGID = "123e4567-e89b-12d3-a456-426655440000";
    private static final String HEADER = Passport.header(X5U);
    private static final String PAYLOAD = payload(Attestation.A, NOW.getEpochSecond());
    private static final String FROM = "+12155550121";
    private static final String TO = "+12155550131";
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private final Authority root = Authority.root("STI root");
    private final KeyPair keys = Keys.p256();
    private final List<String> fetched = new ArrayList<>();
    private CertificateSource.Answer certificates = new CertificateSource.Chain(List.of(root.signer(keys)));
    private IdentityVerifier verifier = verifier(VerificationPolicy.STANDARD);

    @ParameterizedTest
    @EnumSource(Attestation.class)
    void a_good_identity_passes_with_what_it_says(Attestation attestation) {
        String identity = identity(HEADER, payload(attestation, NOW.getEpochSecond()));

        assertThat(verify(identity)).isEqualTo(new Verdict.Passed(attestation, ORIGID, "709J"));
        assertThat(fetched).containsExactly(X5U);
    }

    @ParameterizedTest
    @CsvSource({
        "+12155550121, +12155550131",
        "12155550121, 12155550131",
        "+1-215-555-0121, +1(215)555.0131",
        "+12155550121;npdi, +12155550131;phone-context=x"
    })
    void numbers_are_compared_in_canonical_form(String from, String to) {
        var request = new SignedRequest(List.of(identity(HEADER, PAYLOAD)), Optional.empty(), from, to, "a@x");

        assertThat(verifier.verify(request, NOW)).isInstanceOf(Verdict.Passed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "+12155550122, +12155550131, ORIG_MISMATCH",
        "anonymous, +12155550131, ORIG_MISMATCH",
        "'', +12155550131, ORIG_MISMATCH",
        "++12155550121, +12155550131, ORIG_MISMATCH",
        "+12155550121, +12155550132, DEST_MISMATCH",
        "+12155550121, 2155550131, DEST_MISMATCH"
    })
    void other_numbers_fail_before_anything_is_fetched(String from, String to, Fault fault) {
        var request = new SignedRequest(List.of(identity(HEADER, PAYLOAD)), Optional.empty(), from, to, "a@x");

        assertFailed(verifier.verify(request, NOW), fault, 438);
        assertThat(fetched).isEmpty();
    }

    @Test
    void one_of_several_called_numbers_is_enough() {
        String payload = PAYLOAD.replace("[\"12155550131\"]", "[\"12155550199\",\"12155550131\"]");

        assertThat(verify(identity(HEADER, payload))).isInstanceOf(Verdict.Passed.class);
    }

    @ParameterizedTest
    @CsvSource({"-61, STALE", "-60,", "0,", "5,", "6, FUTURE", "-1000000, STALE", "1000000, FUTURE"})
    void it_must_be_fresh(long age, @Nullable Fault fault) {
        String identity = identity(HEADER, payload(Attestation.A, NOW.getEpochSecond() + age));

        if (fault == null) {
            assertThat(verify(identity)).isInstanceOf(Verdict.Passed.class);
        } else {
            assertFailed(verify(identity), fault, 403);
            assertThat(fetched).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Thu, 26 Nov 2026 09:58:59 GMT | STALE",
                "Thu, 26 Nov 2026 09:59:00 GMT |",
                "Thu, 26 Nov 2026 10:00:05 GMT |",
                "Thu, 26 Nov 2026 10:00:06 GMT | FUTURE",
                "Thu, 26 Nov 2026 10:00:00 +0000 | BAD_DATE",
                "yesterday | BAD_DATE"
            })
    void so_must_the_date_header_where_there_is_one(String date, @Nullable Fault fault) {
        var verdict = verifier.verify(request(identity(HEADER, PAYLOAD), Optional.of(date), "a@x"), NOW);

        if (fault == null) {
            assertThat(verdict).isInstanceOf(Verdict.Passed.class);
        } else {
            assertFailed(verdict, fault, 403);
        }
    }

    @Test
    void a_policy_may_want_a_date_header() {
        var standard = VerificationPolicy.STANDARD;
        verifier = verifier(new VerificationPolicy(standard.maxAge(), standard.maxAhead(), true, 10, Map.of()));

        assertFailed(verify(identity(HEADER, PAYLOAD)), Fault.NO_DATE, 403);
    }

    @Test
    void without_an_identity_there_is_nothing_to_judge() {
        var request = new SignedRequest(List.of(), Optional.empty(), FROM, TO, "a@x");

        assertFailed(verifier.verify(request, NOW), Fault.NO_IDENTITY, 428);
    }

    @Test
    void identities_of_other_kinds_are_let_be() {
        String other = identity(HEADER, PAYLOAD).replace("ppt=shaken", "ppt=div");
        String base = identity(HEADER, PAYLOAD).replace(";ppt=shaken", "");
        var both = new SignedRequest(
                List.of("rubbish", other, identity(HEADER, PAYLOAD)), Optional.empty(), FROM, TO, "a@x");

        assertThat(verifier.verify(both, NOW)).isInstanceOf(Verdict.Passed.class);
        assertFailed(verify(other), Fault.UNSUPPORTED_PPT, 428);
        assertFailed(verify(base), Fault.UNSUPPORTED_PPT, 428);
        assertFailed(verify("rubbish"), Fault.MALFORMED, 438);
    }

    @Test
    void wrong_claims_fail_before_anything_is_fetched() {
        assertFailed(verify(identity(HEADER, PAYLOAD.replace("\"A\"", "\"D\""))), Fault.BAD_CLAIMS, 438);
        assertFailed(verify(identity(HEADER.replace("ES256", "none"), PAYLOAD)), Fault.UNSUPPORTED_ALGORITHM, 437);
        assertThat(fetched).isEmpty();
    }

    @Test
    void the_algorithm_of_the_parameters_counts_too() {
        assertFailed(
                verify(identity(HEADER, PAYLOAD).replace("alg=ES256", "alg=RS256")), Fault.UNSUPPORTED_ALGORITHM, 437);
    }

    @Test
    void info_must_be_x5u() {
        String identity = identity(HEADER, PAYLOAD).replace("<" + X5U, "<https://cert.example.org/other.cer");

        assertFailed(verify(identity), Fault.CONTRADICTION, 438);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://cert.example.org/passport.cer",
                "https://cert.example.org:8080/passport.cer",
                "https://user@cert.example.org/passport.cer",
                "https://cert.example.org/passport.cer?a=b",
                "https://cert.example.org/passport.cer#a",
                "file:///etc/passwd",
                "passport.cer"
            })
    void an_x5u_of_another_form_is_not_fetched(String x5u) {
        String identity = Jws.sign(keys, Passport.header(x5u), PAYLOAD) + ";info=<" + x5u + ">;alg=ES256;ppt=shaken";

        assertFailed(verify(identity), Fault.X5U_FORBIDDEN, 436);
        assertThat(fetched).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"X5U_UNREACHABLE, 436", "X5U_FORBIDDEN, 436", "BAD_CERTIFICATE, 437"})
    void without_a_certificate_it_fails_with_the_source_s_reason(Fault fault, int code) {
        certificates = new CertificateSource.Unavailable(fault, "why");

        assertFailed(verify(identity(HEADER, PAYLOAD)), fault, code);
    }

    @Test
    void a_certificate_that_does_not_count_fails() {
        certificates =
                new CertificateSource.Chain(List.of(Authority.root("STI root").signer(keys)));

        assertFailed(verify(identity(HEADER, PAYLOAD)), Fault.UNTRUSTED, 437);
    }

    @Test
    void the_certificate_is_judged_at_the_time_of_signing() {
        Instant end = NOW.minusSeconds(30);
        certificates = chain(root.issue("short", keys, wanted -> {
            wanted.valid(NOW.minus(Authority.YEAR), end);
            wanted.code("709J");
        }));

        assertThat(verify(identity(HEADER, payload(Attestation.A, end.getEpochSecond()))))
                .isInstanceOf(Verdict.Passed.class);
        assertFailed(verify(identity(HEADER, payload(Attestation.A, end.getEpochSecond() + 1))), Fault.UNTRUSTED, 437);
    }

    @Test
    void the_signature_must_be_the_certificate_s() {
        certificates = chain(root.signer(Keys.p256()));

        assertFailed(verify(identity(HEADER, PAYLOAD)), Fault.BAD_SIGNATURE, 438);
    }

    @Test
    void a_changed_claim_breaks_the_signature() {
        String[] jws = Jws.sign(keys, HEADER, PAYLOAD).split("\\.", -1);
        String upgraded =
                jws[0] + "." + Jws.base64Url(PAYLOAD.replace("4266", "4267").getBytes(UTF_8)) + "." + jws[2];

        assertFailed(verify(upgraded + ";info=<" + X5U + ">;ppt=shaken"), Fault.BAD_SIGNATURE, 438);
    }

    @Test
    void a_signature_of_another_length_is_bad() {
        String good = Jws.sign(keys, HEADER, PAYLOAD);
        String signed = good.substring(0, good.lastIndexOf('.') + 1);

        for (int length : new int[] {1, 63, 65, 72}) {
            String identity = signed + Jws.base64Url(new byte[length]) + ";info=<" + X5U + ">;ppt=shaken";
            assertFailed(verify(identity), Fault.BAD_SIGNATURE, 438);
        }
        assertFailed(
                verify(signed + Jws.base64Url(new byte[64]) + ";info=<" + X5U + ">;ppt=shaken"),
                Fault.BAD_SIGNATURE,
                438);
        assertFailed(verify(signed + "A;info=<" + X5U + ">;ppt=shaken"), Fault.MALFORMED, 438);
    }

    @Test
    void the_same_identity_in_another_call_is_a_replay() {
        String identity = identity(HEADER, PAYLOAD);

        assertThat(verify(identity, "a@x")).isInstanceOf(Verdict.Passed.class);
        assertThat(verify(identity, "a@x")).as("a retry").isInstanceOf(Verdict.Passed.class);
        assertFailed(verify(identity, "b@x"), Fault.REPLAYED, 438);
        assertThat(verify(identity(HEADER, PAYLOAD), "b@x"))
                .as("another signature")
                .isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void nobody_makes_a_new_identity_of_an_old_one_by_negating_s() {
        String identity = identity(HEADER, PAYLOAD);
        String jws = identity.substring(0, identity.indexOf(';'));
        byte[] signature = Base64.getUrlDecoder().decode(jws.substring(jws.lastIndexOf('.') + 1));
        var s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
        byte[] negated = ORDER.subtract(s).toByteArray();
        Arrays.fill(signature, 32, 64, (byte) 0);
        int length = Math.min(32, negated.length);
        System.arraycopy(negated, negated.length - length, signature, 64 - length, length);
        String twin = jws.substring(0, jws.lastIndexOf('.') + 1)
                + Jws.base64Url(signature)
                + identity.substring(identity.indexOf(';'));

        assertThat(verify(twin, "a@x")).as("it is good").isInstanceOf(Verdict.Passed.class);
        assertFailed(verify(identity, "b@x"), Fault.REPLAYED, 438);
    }

    @Test
    void what_did_not_pass_is_not_remembered() {
        String identity = identity(HEADER, PAYLOAD);
        var good = certificates;
        certificates = chain(root.signer(Keys.p256()));
        assertFailed(verify(identity, "a@x"), Fault.BAD_SIGNATURE, 438);

        certificates = good;
        assertThat(verify(identity, "b@x")).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void an_operator_may_answer_otherwise() {
        verifier = verifier(
                VerificationPolicy.STANDARD.answering(Map.of(Fault.UNTRUSTED, StirResponse.INVALID_IDENTITY_HEADER)));
        certificates = chain(Authority.root("STI root").signer(keys));

        assertFailed(verify(identity(HEADER, PAYLOAD)), Fault.UNTRUSTED, 438);
        certificates = new CertificateSource.Unavailable(Fault.X5U_UNREACHABLE, "why");
        assertFailed(verify(identity(HEADER, PAYLOAD)), Fault.X5U_UNREACHABLE, 436);
    }

    @Test
    void every_fault_has_a_response_of_rfc_8224() {
        var phrases = new HashMap<Integer, String>();
        for (Fault fault : Fault.values()) {
            phrases.put(fault.response().code(), fault.response().reason());
        }

        assertThat(phrases)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        403, "Stale Date",
                        428, "Use Identity Header",
                        436, "Bad Identity Info",
                        437, "Unsupported Credential",
                        438, "Invalid Identity Header"));
    }

    @Test
    void authorities_can_change_and_what_was_seen_stays_seen() {
        String identity = identity(HEADER, PAYLOAD);
        verify(identity, "a@x");
        var other = Authority.root("another");

        verifier.trust(new CertificateTrust(List.of(other.certificate()), Optional.empty()));
        assertFailed(verify(identity(HEADER, PAYLOAD)), Fault.UNTRUSTED, 437);
        verifier.trust(new CertificateTrust(List.of(root.certificate()), Optional.empty()));
        assertFailed(verify(identity, "b@x"), Fault.REPLAYED, 438);
    }

    @Test
    void no_detail_tells_a_number() {
        var verdict = verify(identity(HEADER, PAYLOAD.replace("12155550131", "12155550199")));

        assertThat(verdict.toString()).doesNotContain("1215555");
        assertThat(request(identity(HEADER, PAYLOAD), Optional.empty(), "a@x").toString())
                .doesNotContain("1215555")
                .doesNotContain("eyJ");
    }

    private IdentityVerifier verifier(VerificationPolicy policy) {
        CertificateSource source = (x5u, now) -> {
            fetched.add(x5u);
            return certificates;
        };
        return new IdentityVerifier(
                source, new CertificateTrust(List.of(root.certificate()), Optional.empty()), policy);
    }

    private static CertificateSource.Chain chain(X509Certificate certificate) {
        return new CertificateSource.Chain(List.of(certificate));
    }

    private String identity(String header, String payload) {
        return Jws.sign(keys, header, payload) + ";info=<" + X5U + ">;alg=ES256;ppt=shaken";
    }

    private static String payload(Attestation attestation, long iat) {
        return Passport.payload(attestation, "12155550131", iat, "12155550121", ORIGID);
    }

    private static SignedRequest request(String identity, Optional<String> date, String callId) {
        return new SignedRequest(List.of(identity), date, FROM, TO, callId);
    }

    private Verdict verify(String identity) {
        return verify(identity, "a@x");
    }

    private Verdict verify(String identity, String callId) {
        return verifier.verify(request(identity, Optional.empty(), callId), NOW);
    }

    private static void assertFailed(Verdict verdict, Fault fault, int code) {
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Failed.class, failed -> {
            assertThat(failed.fault()).as(failed.detail()).isEqualTo(fault);
            assertThat(failed.response().code()).isEqualTo(code);
        });
    }
}
