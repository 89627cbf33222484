package io.flashcall.testbed.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A self-signed certificate made when the test runs, as PEM and PKCS #12 files in a folder of the test.
///
/// @param chain PEM with the certificate, good as trust anchor too
/// @param key PEM with the key
/// @param store both as PKCS #12, password `secret`
public record TestCertificates(Path chain, Path key, Path store) {

    public static TestCertificates make(Path folder, String name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            KeyPair pair = generator.generateKeyPair();
            X509Certificate certificate = certificate(pair, name);
            TestCertificates made = new TestCertificates(
                    folder.resolve(name + ".pem"), folder.resolve(name + ".key"), folder.resolve(name + ".p12"));
            Files.writeString(made.chain, pem("CERTIFICATE", certificate.getEncoded()));
            Files.writeString(made.key, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("key", pair.getPrivate(), "secret".toCharArray(), new Certificate[] {certificate});
            try (OutputStream out = Files.newOutputStream(made.store)) {
                store.store(out, "secret".toCharArray());
            }
            return made;
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate certificate(KeyPair pair, String name)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        Instant now = Instant.now();
        X500Name subject = new X500Name("CN=" + name);
        var builder = new JcaX509v3CertificateBuilder(
                subject,
                BigInteger.valueOf(now.toEpochMilli()),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(Duration.ofHours(1))),
                subject,
                pair.getPublic());
        builder.addExtension(
                Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static String pem(String label, byte[] bytes) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    public TlsIdentity identity() {
        return TlsIdentity.pem(chain, key);
    }

    /// For a caller that trusts `carrier` and shows this certificate if it is asked for one.
    public SSLContext caller(TestCertificates carrier) {
        return identity().context(java.util.Optional.of(carrier.chain));
    }
}
