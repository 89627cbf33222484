package io.flashcall.engine.transport;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Trusts a server whose certificate leads to one of our authorities, is for servers or SIP domains (RFC
/// 5924), and is the domain's that we want to speak to (RFC 5922 §7). Says which of these failed. The JDK's
/// own trust manager would refuse certificates for SIP domains and does not tell the reasons apart. Revocation
/// is not checked.
final class SipTrustManager extends X509ExtendedTrustManager {

    private static final String ANY_USAGE = "2.5.29.37.0";
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String SIP_DOMAIN = "1.3.6.1.5.5.7.3.20";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int KEY_AGREEMENT = 4;

    private final Set<X509Certificate> authorities;
    private final String domain;
    private final boolean allowWildcard;

    SipTrustManager(Set<X509Certificate> authorities, String domain, boolean allowWildcard) {
        this.authorities = Set.copyOf(authorities);
        this.domain = domain;
        this.allowWildcard = allowWildcard;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        checkDates(chain[0]);
        checkPath(chain);
        checkUsage(chain[0]);
        var identities = SipIdentities.of(chain[0]);
        if (!identities.include(domain, allowWildcard)) {
            throw new CertificateRejected(
                    CloseReason.TLS_WRONG_NAME, "certificate is for " + identities + " (expected: " + domain + ")");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("we only connect, nobody connects to us");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.toArray(X509Certificate[]::new);
    }

    private static void checkDates(X509Certificate certificate) throws CertificateRejected {
        var now = Instant.now();
        var from = certificate.getNotBefore().toInstant();
        var to = certificate.getNotAfter().toInstant();
        if (now.isAfter(to)) {
            throw new CertificateRejected(
                    CloseReason.TLS_EXPIRED, "certificate of " + subject(certificate) + " expired at " + to);
        }
        if (now.isBefore(from)) {
            throw new CertificateRejected(
                    CloseReason.TLS_NOT_YET_VALID,
                    "certificate of " + subject(certificate) + " is valid only from " + from);
        }
    }

    /// From the peer's certificate over those that it sent along, in whatever order, to an authority. A
    /// certificate that is itself in the trust store needs nobody behind it.
    private void checkPath(X509Certificate[] chain) throws CertificateRejected {
        if (authorities.contains(chain[0])) {
            return;
        }
        try {
            var wanted = new X509CertSelector();
            wanted.setCertificate(chain[0]);
            var parameters = new PKIXBuilderParameters(anchors(), wanted);
            parameters.setRevocationEnabled(false);
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.of(chain))));
            CertPathBuilder.getInstance("PKIX").build(parameters);
        } catch (GeneralSecurityException e) {
            for (var issuer : chain) {
                checkDates(issuer);
            }
            throw new CertificateRejected(
                    CloseReason.TLS_UNKNOWN_ISSUER,
                    "certificate of " + subject(chain[0]) + " leads to no trusted authority, issuer "
                            + chain[chain.length - 1].getIssuerX500Principal().getName() + ": " + e.getMessage());
        }
    }

    private Set<TrustAnchor> anchors() {
        return authorities.stream()
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toSet());
    }

    private static void checkUsage(X509Certificate certificate) throws CertificateException {
        var purposes = certificate.getExtendedKeyUsage();
        boolean purposeFits = purposes == null
                || purposes.contains(SERVER_AUTH)
                || purposes.contains(SIP_DOMAIN)
                || purposes.contains(ANY_USAGE);
        boolean[] usage = certificate.getKeyUsage();
        boolean keyFits = usage == null || usage[DIGITAL_SIGNATURE] || usage[KEY_ENCIPHERMENT] || usage[KEY_AGREEMENT];
        if (!purposeFits || !keyFits) {
            throw new CertificateRejected(
                    CloseReason.TLS_WRONG_USAGE,
                    "certificate of " + subject(certificate) + " is for "
                            + (purposeFits ? "no key of a server" : "purposes " + purposes)
                            + " (expected: serverAuth or sipDomain)");
        }
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }
}
