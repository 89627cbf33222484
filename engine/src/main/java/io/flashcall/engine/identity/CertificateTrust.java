package io.flashcall.engine.identity;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Whose certificates count: those below a set of trust anchors (the STI-PA's list) and not on a revocation
/// list. Immutable; fetches nothing.
public final class CertificateTrust {

    private final Set<TrustAnchor> anchors;
    private final Optional<RevocationList> revoked;

    /// @param anchors certificates of the authorities, at least one
    /// @param revoked checked for each certificate of a chain
    public CertificateTrust(Collection<X509Certificate> anchors, Optional<RevocationList> revoked) {
        if (anchors.isEmpty()) {
            throw new IllegalArgumentException("trust anchors: none (expected: the authorities' certificates)");
        }
        this.anchors = anchors.stream()
                .map(certificate -> new TrustAnchor(certificate, null))
                .collect(Collectors.toUnmodifiableSet());
        this.revoked = revoked;
    }

    /// Judges the first of the certificates, at the time of signing.
    ///
    /// @param certificates the signer's first, then any that may lead to an anchor
    /// @return the service provider's code
    /// @throws Objection if it does not count
    String serviceProvider(List<X509Certificate> certificates, Instant at) {
        var leaf = certificates.getFirst();
        requireSigningKey(leaf);
        for (X509Certificate each : path(certificates, at)) {
            if (revoked.isPresent() && revoked.get().isRevoked(each)) {
                throw new Objection(Fault.REVOKED, "serial number " + each.getSerialNumber());
            }
        }
        return TnAuthList.serviceProviderCode(leaf)
                .orElseThrow(
                        () -> new Objection(Fault.NO_TN_AUTH_LIST, "no service provider code in " + TnAuthList.OID));
    }

    private static void requireSigningKey(X509Certificate leaf) {
        if (!(leaf.getPublicKey() instanceof ECPublicKey key) || !P256.isOn(key)) {
            throw new Objection(
                    Fault.UNSUPPORTED_KEY, leaf.getPublicKey().getAlgorithm() + " key, not on the curve P-256");
        }
        boolean[] usage = leaf.getKeyUsage();
        if (usage != null && !usage[0]) {
            throw new Objection(Fault.UNSUPPORTED_KEY, "the certificate is not for digital signatures");
        }
    }

    /// The certificates from the leaf up to the anchor.
    private List<X509Certificate> path(List<X509Certificate> certificates, Instant at) {
        try {
            var found = (PKIXCertPathBuilderResult)
                    CertPathBuilder.getInstance("PKIX").build(wanted(certificates, at));
            // The JDK takes an anchor's word even after its certificate has expired.
            found.getTrustAnchor().getTrustedCert().checkValidity(Date.from(at));
            List<X509Certificate> path = new ArrayList<>();
            for (Certificate each : found.getCertPath().getCertificates()) {
                path.add((X509Certificate) each);
            }
            return path;
        } catch (CertPathBuilderException | CertificateException e) {
            throw new Objection(Fault.UNTRUSTED, reason(e));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK builds certification paths", e);
        }
    }

    private PKIXBuilderParameters wanted(List<X509Certificate> certificates, Instant at)
            throws GeneralSecurityException {
        var target = new X509CertSelector();
        target.setCertificate(certificates.getFirst());
        var wanted = new PKIXBuilderParameters(anchors, target);
        wanted.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(certificates)));
        wanted.addCertPathChecker(TnAuthList.known());
        wanted.setDate(Date.from(at));
        wanted.setRevocationEnabled(false);
        return wanted;
    }

    private static String reason(Exception e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return "no valid chain to a trust anchor: " + deepest.getMessage();
    }
}
