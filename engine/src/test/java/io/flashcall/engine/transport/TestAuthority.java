package io.flashcall.engine.transport;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority that lives for one test, and whom it certifies.
final class TestAuthority {

    static final KeyPurposeId SIP_DOMAIN = KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.3.20"));

    private static final char[] PASSWORD = "test".toCharArray();
    private static final SecureRandom RANDOM = new SecureRandom();

    final X509Certificate certificate;
    private final KeyPair keys;
    private final List<X509Certificate> chain;

    /// Somebody with a certificate, its issuers (not the root) and its key.
    record Identity(List<X509Certificate> chain, KeyPair keys) {

        X509Certificate certificate() {
            return chain.getFirst();
        }

        Path writeCertificates(Path folder) throws Exception {
            return write(folder.resolve("chain.pem"), chain);
        }

        Path writeKey(Path folder) throws Exception {
            String pem = pem("PRIVATE KEY", keys.getPrivate().getEncoded());
            return Files.writeString(folder.resolve("key.pem"), pem);
        }

        /// What a server of the JDK's needs to be this one.
        ///
        /// @param clientAuthority whose certificates it takes from clients
        SSLContext serverContext(TestAuthority clientAuthority) throws Exception {
            var own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry("own", keys.getPrivate(), PASSWORD, chain.toArray(X509Certificate[]::new));
            var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(own, PASSWORD);
            var trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", clientAuthority.certificate);
            var trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trustManagers.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), RANDOM);
            return context;
        }
    }

    /// What stands in a certificate.
    record Claims(String subject, List<GeneralName> names, Instant from, Instant to, List<KeyPurposeId> purposes) {

        static Claims of(GeneralName... names) {
            var now = Instant.now();
            return new Claims(
                    "CN=a server",
                    List.of(names),
                    now.minus(Duration.ofHours(1)),
                    now.plus(Duration.ofDays(30)),
                    List.of());
        }

        static Claims ofSip(String domain) {
            return of(new GeneralName(GeneralName.uniformResourceIdentifier, "sip:" + domain));
        }

        Claims subject(String name) {
            return new Claims(name, names, from, to, purposes);
        }

        Claims valid(Instant since, Instant until) {
            return new Claims(subject, names, since, until, purposes);
        }

        Claims purposes(KeyPurposeId... ids) {
            return new Claims(subject, names, from, to, List.of(ids));
        }
    }

    private TestAuthority(X509Certificate certificate, KeyPair keys, List<X509Certificate> chain) {
        this.certificate = certificate;
        this.keys = keys;
        this.chain = chain;
    }

    static TestAuthority root(String name) throws Exception {
        var keys = newKeys();
        var claims = Claims.of().subject("CN=" + name);
        var certificate = sign(new X500Principal("CN=" + name), keys, keys, claims, true);
        return new TestAuthority(certificate, keys, List.of());
    }

    /// Somebody who certifies others without being an authority.
    static TestAuthority signedBy(Identity identity) {
        return new TestAuthority(identity.certificate(), identity.keys(), identity.chain());
    }

    /// An authority under this one.
    TestAuthority intermediate(Claims claims) throws Exception {
        var theirs = newKeys();
        var made = sign(certificate.getSubjectX500Principal(), keys, theirs, claims, true);
        var path = new ArrayList<>(List.of(made));
        path.addAll(chain);
        return new TestAuthority(made, theirs, path);
    }

    Identity certify(Claims claims) throws Exception {
        return certify(claims, newKeys());
    }

    /// With an RSA key, as most have.
    Identity certifyRsa(Claims claims) throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        return certify(claims, generator.generateKeyPair());
    }

    private Identity certify(Claims claims, KeyPair theirs) throws Exception {
        var path = new ArrayList<X509Certificate>();
        path.add(sign(certificate.getSubjectX500Principal(), keys, theirs, claims, false));
        path.addAll(chain);
        return new Identity(path, theirs);
    }

    Path writeCertificate(Path folder) throws Exception {
        return write(folder.resolve("authority-" + certificate.getSerialNumber() + ".pem"), List.of(certificate));
    }

    private static X509Certificate sign(
            X500Principal issuer, KeyPair by, KeyPair subject, Claims claims, boolean isAuthority) throws Exception {
        var builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(64, RANDOM),
                Date.from(claims.from()),
                Date.from(claims.to()),
                new X500Principal(claims.subject()),
                subject.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
        int usage = isAuthority ? KeyUsage.keyCertSign : KeyUsage.digitalSignature;
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
        if (!claims.names().isEmpty()) {
            var names = new GeneralNames(claims.names().toArray(GeneralName[]::new));
            builder.addExtension(Extension.subjectAlternativeName, false, names);
        }
        if (!claims.purposes().isEmpty()) {
            var purposes = new ExtendedKeyUsage(claims.purposes().toArray(KeyPurposeId[]::new));
            builder.addExtension(Extension.extendedKeyUsage, true, purposes);
        }
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(by.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static KeyPair newKeys() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static Path write(Path file, List<X509Certificate> certificates) throws Exception {
        var text = new StringBuilder();
        for (var certificate : certificates) {
            text.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        return Files.writeString(file, text);
    }

    private static String pem(String what, byte[] bytes) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
    }
}
