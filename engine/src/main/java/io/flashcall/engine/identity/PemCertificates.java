package io.flashcall.engine.identity;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads certificates from PEM (RFC 7468), each between its own lines; text around them is let be.
public final class PemCertificates {

    private static final int MOST = 1000;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]++)-----END CERTIFICATE-----");

    private PemCertificates() {}

    /// @return at least one, in their order
    /// @throws IllegalArgumentException if there is none, or one cannot be read
    public static List<X509Certificate> parse(String pem) {
        List<X509Certificate> certificates = new ArrayList<>();
        Matcher block = BLOCK.matcher(pem);
        while (block.find()) {
            if (certificates.size() == MOST) {
                throw new IllegalArgumentException("certificates: more than " + MOST);
            }
            certificates.add(certificate(Base64.getMimeDecoder().decode(block.group(1))));
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("certificates: none (expected: PEM)");
        }
        return certificates;
    }

    private static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("certificate: one that cannot be read", e);
        }
    }
}
