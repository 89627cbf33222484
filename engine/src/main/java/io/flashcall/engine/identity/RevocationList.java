package io.flashcall.engine.identity;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;

/// A list of revoked certificates. That of the STI-PA is signed by another than who issued the certificates
/// on it (RFC 5280 §5.3.3, indirect), which the JDK's path validation does not take: it is asked here
/// instead. Immutable.
public final class RevocationList {

    private final X509CRL list;

    private RevocationList(X509CRL list) {
        this.list = list;
    }

    /// Reads a list in PEM or DER. How current it is, is for whoever fetched it to watch: an old list still
    /// revokes.
    ///
    /// @param signer certificate of who signed it; trusted by whoever calls this
    /// @throws IllegalArgumentException if it cannot be read, or another has signed it
    public static RevocationList parse(byte[] bytes, X509Certificate signer) {
        try {
            var list = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(bytes));
            list.verify(signer.getPublicKey());
            return new RevocationList(list);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "revocation list: not readable, or not signed by " + signer.getSubjectX500Principal(), e);
        }
    }

    boolean isRevoked(X509Certificate certificate) {
        return list.getRevokedCertificate(certificate) != null;
    }
}
