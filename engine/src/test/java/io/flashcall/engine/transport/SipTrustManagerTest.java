package io.flashcall.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flashcall.engine.transport.TestAuthority.Claims;
import io.flashcall.engine.transport.TestAuthority.Identity;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Whom we trust, and which of the reasons is named when we do not.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SipTrustManagerTest {

    private static final String DOMAIN = "carrier.example";
    private static final Claims GOOD = Claims.ofSip(DOMAIN);

    private static TestAuthority root;
    private static TestAuthority intermediate;

    @BeforeAll
    static void found() throws Exception {
        root = TestAuthority.root("root");
        intermediate = root.intermediate(Claims.of().subject("CN=intermediate"));
    }

    @Test
    void a_certificate_of_our_authority_for_the_domain_is_trusted() throws Exception {
        assertTrusted(root.certify(GOOD).chain());
        assertTrusted(intermediate.certify(GOOD).chain());
    }

    @Test
    void the_peer_may_send_its_chain_in_any_order_and_more_than_that() throws Exception {
        var low = intermediate.intermediate(Claims.of().subject("CN=lower"));
        var chain = new ArrayList<>(low.certify(GOOD).chain());
        chain.add(1, root.certificate);
        chain.add(2, TestAuthority.root("stranger").certificate);
        chain.add(chain.remove(3));
        assertTrusted(chain);
    }

    @Test
    void a_certificate_that_stands_in_the_trust_store_itself_is_trusted() throws Exception {
        var peer = TestAuthority.root("nobody we know").certify(GOOD);
        assertThatCode(() -> check(peer.chain(), peer.certificate())).doesNotThrowAnyException();
    }

    @Test
    void a_certificate_in_the_trust_store_must_still_be_valid_and_of_the_domain() throws Exception {
        var wrong = root.certify(Claims.ofSip("other.example"));
        assertThat(rejected(wrong.chain(), wrong.certificate()).reason()).isEqualTo(CloseReason.TLS_WRONG_NAME);
        var old = root.certify(expired());
        assertThat(rejected(old.chain(), old.certificate()).reason()).isEqualTo(CloseReason.TLS_EXPIRED);
    }

    @Test
    void an_expired_certificate_is_told_as_such() throws Exception {
        assertThat(rejected(root.certify(expired())))
                .hasMessageContaining("CN=a server expired at " + expired().to());
        assertReason(CloseReason.TLS_EXPIRED, root.certify(expired()));
    }

    @Test
    void a_certificate_of_the_future_is_told_as_such() throws Exception {
        var now = Instant.now();
        var claims = GOOD.valid(now.plus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)));
        assertReason(CloseReason.TLS_NOT_YET_VALID, root.certify(claims));
    }

    @Test
    void an_expired_certificate_in_between_is_told_as_such() throws Exception {
        var between = root.intermediate(expired().subject("CN=between"));
        var rejected = rejected(between.certify(GOOD));
        assertThat(rejected.reason()).isEqualTo(CloseReason.TLS_EXPIRED);
        assertThat(rejected).hasMessageContaining("CN=between expired");
    }

    @Test
    void an_unknown_issuer_is_named() throws Exception {
        var rejected = rejected(TestAuthority.root("stranger").certify(GOOD));
        assertThat(rejected.reason()).isEqualTo(CloseReason.TLS_UNKNOWN_ISSUER);
        assertThat(rejected).hasMessageContaining("CN=stranger");
    }

    @Test
    void an_issuer_of_the_same_name_with_another_key_is_unknown() throws Exception {
        assertReason(CloseReason.TLS_UNKNOWN_ISSUER, TestAuthority.root("root").certify(GOOD));
    }

    @Test
    void a_chain_that_misses_a_link_leads_nowhere() throws Exception {
        var chain = intermediate.certify(GOOD).chain();
        assertThat(rejected(List.of(chain.getFirst()), root.certificate).reason())
                .isEqualTo(CloseReason.TLS_UNKNOWN_ISSUER);
    }

    @Test
    void whoever_is_no_authority_certifies_nobody() throws Exception {
        var server = root.certify(Claims.ofSip("mallory.example").subject("CN=mallory"));
        var forged = TestAuthority.signedBy(server).certify(GOOD);
        assertReason(CloseReason.TLS_UNKNOWN_ISSUER, forged);
    }

    @Test
    void a_certificate_for_servers_or_sip_domains_or_anything_is_trusted() throws Exception {
        assertTrusted(root.certify(GOOD.purposes(KeyPurposeId.id_kp_serverAuth)).chain());
        assertTrusted(root.certify(GOOD.purposes(TestAuthority.SIP_DOMAIN)).chain());
        assertTrusted(
                root.certify(GOOD.purposes(KeyPurposeId.anyExtendedKeyUsage)).chain());
    }

    @Test
    void a_certificate_for_clients_alone_is_told_as_such() throws Exception {
        assertReason(CloseReason.TLS_WRONG_USAGE, root.certify(GOOD.purposes(KeyPurposeId.id_kp_clientAuth)));
    }

    @Test
    void a_certificate_of_another_domain_says_whose_it_is() throws Exception {
        var rejected = rejected(root.certify(Claims.ofSip("other.example")));
        assertThat(rejected.reason()).isEqualTo(CloseReason.TLS_WRONG_NAME);
        assertThat(rejected).hasMessage("certificate is for other.example (expected: carrier.example)");
    }

    private static Claims expired() {
        var then = Instant.parse("2020-01-01T00:00:00Z");
        return GOOD.valid(then, then.plus(Duration.ofDays(1)));
    }

    private static void assertTrusted(List<X509Certificate> chain) {
        assertThatCode(() -> check(chain, root.certificate)).doesNotThrowAnyException();
    }

    private static void assertReason(CloseReason reason, Identity peer) {
        assertThat(rejected(peer).reason()).isEqualTo(reason);
    }

    private static CertificateRejected rejected(Identity peer) {
        return rejected(peer.chain(), root.certificate);
    }

    private static CertificateRejected rejected(List<X509Certificate> chain, X509Certificate trusted) {
        var rejected = catchThrowableOfType(CertificateRejected.class, () -> check(chain, trusted));
        assertThat(rejected).as("a rejection").isNotNull();
        return rejected;
    }

    private static void check(List<X509Certificate> chain, X509Certificate trusted) throws Exception {
        new SipTrustManager(Set.of(trusted), DOMAIN, false)
                .checkServerTrusted(chain.toArray(X509Certificate[]::new), "UNKNOWN");
    }
}
