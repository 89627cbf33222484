package io.flashcall.engine.identity;

import static io.flashcall.engine.identity.Authority.NOW;
import static io.flashcall.engine.identity.Authority.YEAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CertificateTrustTest {

    private final Authority root = Authority.root("STI root");
    private final KeyPair keys = Keys.p256();
    private final CertificateTrust trust = new CertificateTrust(List.of(root.certificate()), Optional.empty());

    @Test
    void a_signer_below_an_anchor_counts_and_has_its_code() {
        assertThat(trust.serviceProvider(List.of(root.signer(keys)), NOW)).isEqualTo("709J");
    }

    @Test
    void a_chain_may_lead_over_others_in_any_order() {
        var upper = root.intermediate("upper");
        var lower = upper.intermediate("lower");
        var leaf = lower.signer(keys);

        assertThat(trust.serviceProvider(List.of(leaf, upper.certificate(), lower.certificate()), NOW))
                .isEqualTo("709J");
        assertFault(Fault.UNTRUSTED, List.of(leaf, lower.certificate()), NOW);
    }

    @Test
    void an_unknown_issuer_does_not_count_even_if_it_comes_along() {
        var stranger = Authority.root("STI root");

        assertFault(Fault.UNTRUSTED, List.of(stranger.signer(keys), stranger.certificate()), NOW);
    }

    @Test
    void a_signer_may_not_issue_certificates() {
        var signer = new Authority(keys, root.signer(keys));

        assertFault(Fault.UNTRUSTED, List.of(signer.signer(Keys.p256()), signer.certificate()), NOW);
    }

    @Test
    void a_signer_counts_only_while_it_is_valid() {
        var leaf = root.issue("short", keys, wanted -> {
            wanted.valid(NOW, NOW.plusSeconds(60));
            wanted.code("709J");
        });

        assertThat(trust.serviceProvider(List.of(leaf), NOW)).isEqualTo("709J");
        assertThat(trust.serviceProvider(List.of(leaf), NOW.plusSeconds(60))).isEqualTo("709J");
        assertFault(Fault.UNTRUSTED, List.of(leaf), NOW.plusSeconds(61));
        assertFault(Fault.UNTRUSTED, List.of(leaf), NOW.minusSeconds(1));
    }

    @Test
    void an_authority_counts_only_while_it_is_valid() {
        var old = Authority.root("old root", NOW.minus(Duration.ofDays(1)));
        var trusting = new CertificateTrust(List.of(old.certificate()), Optional.empty());
        var leaf = List.of(old.signer(keys));

        assertThat(trusting.serviceProvider(leaf, NOW.minus(Duration.ofDays(2))))
                .isEqualTo("709J");
        assertThat(catchThrowableOfType(Objection.class, () -> trusting.serviceProvider(leaf, NOW))
                        .fault())
                .isEqualTo(Fault.UNTRUSTED);
    }

    @Test
    void an_intermediate_that_has_expired_does_not_count() {
        var upperKeys = Keys.p256();
        var upper = new Authority(upperKeys, root.issue("upper", upperKeys, wanted -> {
            wanted.asAuthority();
            wanted.valid(NOW.minus(YEAR), NOW.minusSeconds(1));
        }));

        assertFault(Fault.UNTRUSTED, List.of(upper.signer(keys), upper.certificate()), NOW);
    }

    @Test
    void a_key_that_is_not_on_p256_does_not_count() throws GeneralSecurityException {
        var rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);

        assertFault(Fault.UNSUPPORTED_KEY, List.of(root.signer(Keys.on("secp384r1"))), NOW);
        assertFault(Fault.UNSUPPORTED_KEY, List.of(root.signer(rsa.generateKeyPair())), NOW);
    }

    @Test
    void a_key_must_be_for_signatures_where_it_says_for_what() {
        var signing = root.issue("s", keys, wanted -> {
            wanted.code("709J");
            wanted.usage(KeyUsage.digitalSignature);
        });
        var agreeing = root.issue("a", keys, wanted -> {
            wanted.code("709J");
            wanted.usage(KeyUsage.keyAgreement);
        });

        assertThat(trust.serviceProvider(List.of(signing), NOW)).isEqualTo("709J");
        assertFault(Fault.UNSUPPORTED_KEY, List.of(agreeing), NOW);
    }

    @Test
    void without_a_service_provider_code_it_does_not_count() {
        var number = new DERSequence(new DERTaggedObject(true, 2, new DERIA5String("12155550121")));

        assertFault(
                Fault.NO_TN_AUTH_LIST,
                List.of(root.issue("none", keys, wanted -> wanted.usage(KeyUsage.digitalSignature))),
                NOW);
        assertFault(Fault.NO_TN_AUTH_LIST, List.of(withList(number)), NOW);
        assertFault(Fault.NO_TN_AUTH_LIST, List.of(withList(new DERSequence())), NOW);
        assertFault(Fault.NO_TN_AUTH_LIST, List.of(withList(new ASN1Integer(1))), NOW);
        assertFault(Fault.NO_TN_AUTH_LIST, List.of(withList(list(new DERIA5String("")))), NOW);
        assertFault(Fault.NO_TN_AUTH_LIST, List.of(withList(list(new DERIA5String("7\t9")))), NOW);
        assertFault(Fault.NO_TN_AUTH_LIST, List.of(withList(list(new DEROctetString(new byte[4])))), NOW);
    }

    @Test
    void a_code_may_stand_behind_numbers() {
        var both = new DERSequence(new ASN1Encodable[] {
            new DERTaggedObject(true, 2, new DERIA5String("1".repeat(15))),
            new DERTaggedObject(true, 0, new DERIA5String("1234"))
        });

        assertThat(trust.serviceProvider(List.of(withList(both)), NOW)).isEqualTo("1234");
    }

    @Test
    void the_list_may_be_critical() {
        var leaf = root.issue("critical", keys, wanted -> wanted.tnAuthList(true, list(new DERIA5String("709J"))));

        assertThat(trust.serviceProvider(List.of(leaf), NOW)).isEqualTo("709J");
    }

    @Test
    void a_revoked_certificate_does_not_count_whoever_signed_the_list() throws IOException {
        var administrator = Authority.root("STI-PA");
        var revoked = root.signer(keys);
        var list = RevocationList.parse(administrator.indirectList(revoked), administrator.certificate());
        var trusting = new CertificateTrust(List.of(root.certificate()), Optional.of(list));

        assertThat(trust.serviceProvider(List.of(revoked), NOW))
                .as("without a list")
                .isEqualTo("709J");
        assertThat(trusting.serviceProvider(List.of(root.signer(keys)), NOW)).isEqualTo("709J");
        assertThat(catchThrowableOfType(Objection.class, () -> trusting.serviceProvider(List.of(revoked), NOW))
                        .fault())
                .isEqualTo(Fault.REVOKED);
    }

    @Test
    void an_authority_can_be_revoked_too() throws IOException {
        var administrator = Authority.root("STI-PA");
        var upper = root.intermediate("upper");
        var list = RevocationList.parse(administrator.indirectList(upper.certificate()), administrator.certificate());
        var trusting = new CertificateTrust(List.of(root.certificate()), Optional.of(list));
        var chain = List.of(upper.signer(keys), upper.certificate());

        assertThat(catchThrowableOfType(Objection.class, () -> trusting.serviceProvider(chain, NOW))
                        .fault())
                .isEqualTo(Fault.REVOKED);
    }

    @Test
    void a_list_that_another_signed_is_refused() throws IOException {
        byte[] list = Authority.root("STI-PA").indirectList(root.signer(keys));
        var other = Authority.root("STI-PA").certificate();

        assertThatThrownBy(() -> RevocationList.parse(list, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not signed by CN=STI-PA");
        assertThatThrownBy(() -> RevocationList.parse(new byte[10], other))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothing_to_trust_is_a_mistake() {
        assertThatThrownBy(() -> new CertificateTrust(List.of(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("trust anchors: none");
    }

    private X509Certificate withList(ASN1Encodable value) {
        return root.issue("SHAKEN", keys, wanted -> wanted.tnAuthList(false, value));
    }

    private static DERSequence list(ASN1Encodable code) {
        return new DERSequence(new DERTaggedObject(true, 0, code));
    }

    private void assertFault(Fault fault, List<X509Certificate> certificates, Instant at) {
        var objection = catchThrowableOfType(Objection.class, () -> trust.serviceProvider(certificates, at));
        assertThat(objection).as("%s", fault).isNotNull();
        assertThat(objection.fault()).as(objection.detail()).isEqualTo(fault);
    }
}
