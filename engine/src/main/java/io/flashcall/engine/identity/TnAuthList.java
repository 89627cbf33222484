package io.flashcall.engine.identity;

import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The extension that says whom a certificate speaks for (RFC 8226 §9): service providers by code, or numbers.
final class TnAuthList {

    static final String OID = "1.3.6.1.5.5.7.1.26";

    private static final Pattern CODE = Pattern.compile("[!-~]{1,32}");

    private TnAuthList() {}

    /// The first service provider code; nothing where there is none, or the extension cannot be read.
    static Optional<String> serviceProviderCode(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(OID);
        if (extension == null) {
            return Optional.empty();
        }
        try {
            var entries = new Der(extension).enter(Der.OCTET_STRING).enter(Der.SEQUENCE);
            while (!entries.isAtEnd()) {
                if (entries.next() == Der.explicit(0)) {
                    return code(entries.enter(Der.explicit(0)).enter(Der.IA5_STRING));
                }
                entries.skip();
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> code(Der content) {
        String code = new String(content.bytes(), StandardCharsets.US_ASCII);
        return CODE.matcher(code).matches() ? Optional.of(code) : Optional.empty();
    }

    /// Tells the JDK that we know the extension, for a certificate that calls it critical.
    static PKIXCertPathChecker known() {
        return new Known();
    }

    private static final class Known extends PKIXCertPathChecker {

        @Override
        public void init(boolean forward) {}

        @Override
        public boolean isForwardCheckingSupported() {
            return true;
        }

        @Override
        public Set<String> getSupportedExtensions() {
            return Set.of(OID);
        }

        @Override
        public void check(Certificate certificate, Collection<String> unresolvedCritical) {
            unresolvedCritical.remove(OID);
        }
    }
}
