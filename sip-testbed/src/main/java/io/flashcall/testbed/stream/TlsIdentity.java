package io.flashcall.testbed.stream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// A certificate chain and its key.
public final class TlsIdentity {

    private static final char[] NO_PASSWORD = {};

    private final KeyStore store;
    private final char[] password;

    private TlsIdentity(KeyStore store, char[] password) {
        this.store = store;
        this.password = password;
    }

    /// From two PEM files.
    ///
    /// @param chain certificates, the leaf first
    /// @param key one `PRIVATE KEY` (PKCS #8) for RSA or EC
    /// @throws IllegalArgumentException naming the file, if it holds something else
    /// @throws UncheckedIOException naming the file, if it cannot be read
    public static TlsIdentity pem(Path chain, Path key) {
        try {
            Certificate[] certificates = certificates(chain).toArray(Certificate[]::new);
            if (certificates.length == 0) {
                throw new IllegalArgumentException("cert: " + chain + " (expected: PEM certificates)");
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry(
                    "carrier", key(key, certificates[0].getPublicKey().getAlgorithm()), NO_PASSWORD, certificates);
            return new TlsIdentity(store, NO_PASSWORD);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "cert: " + chain + ", key: " + key + " (expected: a chain and its key)", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + chain + " and " + key + ": " + e.getMessage(), e);
        }
    }

    /// From a PKCS #12 file.
    ///
    /// @throws IllegalArgumentException naming the file, if it holds something else or the password is wrong
    public static TlsIdentity pkcs12(Path file, String password) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            return new TlsIdentity(store, password.toCharArray());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("p12: " + file + " (expected: PKCS #12 that this password opens)", e);
        }
    }

    /// A context that shows this identity.
    ///
    /// @param trust PEM certificates of those who may vouch for callers; empty: the JDK's
    public SSLContext context(Optional<Path> trust) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.isEmpty() ? null : trusting(trust.get()), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("TLS identity (expected: a key that opens)", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + trust.orElseThrow(), e);
        }
    }

    private static TrustManager @Nullable [] trusting(Path file) throws GeneralSecurityException, IOException {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, NO_PASSWORD);
        int serial = 0;
        for (Certificate certificate : certificates(file)) {
            anchors.setCertificateEntry("anchor" + serial++, certificate);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        return trust.getTrustManagers();
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws GeneralSecurityException, IOException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
    }

    private static PrivateKey key(Path file, String algorithm) throws GeneralSecurityException, IOException {
        String text = Files.readString(file);
        int begin = text.indexOf("-----BEGIN PRIVATE KEY-----");
        int end = text.indexOf("-----END PRIVATE KEY-----");
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("key: " + file + " (expected: PEM with one PRIVATE KEY, PKCS #8)");
        }
        String base64 = text.substring(text.indexOf('\n', begin), end);
        byte[] encoded = Base64.getMimeDecoder().decode(base64);
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }
}
