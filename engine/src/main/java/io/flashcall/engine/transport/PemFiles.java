package io.flashcall.engine.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// Reads certificates and keys from PEM files. What is wrong is an [IOException] that names the file, and
/// nothing of a key.
final class PemFiles {

    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final byte[] PROBE = "does this key belong to this certificate?".getBytes(ISO_8859_1);

    private PemFiles() {}

    /// All certificates of a file, in their order; at least one.
    static List<X509Certificate> certificates(Path file) throws IOException {
        byte[] bytes = read(file);
        try {
            var found = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
            if (found.isEmpty()) {
                throw new IOException(file + ": no certificate (expected: PEM, BEGIN CERTIFICATE)");
            }
            return found.stream().map(X509Certificate.class::cast).toList();
        } catch (CertificateException e) {
            throw new IOException(file + ": not readable as certificates (expected: PEM, BEGIN CERTIFICATE)", e);
        }
    }

    /// The private key of a certificate.
    static PrivateKey key(Path file, X509Certificate certificate) throws IOException {
        var block = PKCS8.matcher(new String(read(file), ISO_8859_1));
        if (!block.find()) {
            throw new IOException(file + ": no private key (expected: PEM, BEGIN PRIVATE KEY, which is PKCS#8 without"
                    + " a password; `openssl pkcs8 -topk8 -nodes` makes one of other forms)");
        }
        var publicKey = certificate.getPublicKey();
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(block.group(1));
            var key =
                    KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            if (belongs(key, publicKey)) {
                return key;
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Says the same to the operator, and its text might say something of the key.
        }
        throw new IOException(file + ": not the key of "
                + certificate.getSubjectX500Principal().getName() + " (expected: the "
                + publicKey.getAlgorithm() + " key that belongs to the certificate)");
    }

    private static boolean belongs(PrivateKey key, PublicKey publicKey) throws GeneralSecurityException {
        String algorithm = publicKey.getAlgorithm();
        String scheme = switch (algorithm) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> algorithm;
        };
        var signature = Signature.getInstance(scheme);
        signature.initSign(key);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(PROBE);
        return signature.verify(signed);
    }

    private static byte[] read(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IOException(file + ": cannot be read (expected: a PEM file): " + e, e);
        }
    }
}
