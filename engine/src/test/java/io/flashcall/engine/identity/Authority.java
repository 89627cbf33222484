package io.flashcall.engine.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority made for one test: its key and its certificate.
record Authority(KeyPair keys, X509Certificate certificate) {

    /// The time at which the tests play.
    static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    static final Duration YEAR = Duration.ofDays(365);

    private static final AtomicLong SERIALS = new AtomicLong(1);

    static Authority root(String name) {
        return root(name, NOW.plus(YEAR));
    }

    static Authority root(String name, Instant until) {
        return root(name, NOW.minus(YEAR), until);
    }

    static Authority root(String name, Instant from, Instant until) {
        var keys = Keys.p256();
        var wanted = new Wanted(name, keys);
        wanted.valid(from, until);
        wanted.asAuthority();
        return new Authority(keys, issue(wanted, new X500Name("CN=" + name), keys));
    }

    Authority intermediate(String name) {
        var keys = Keys.p256();
        return new Authority(keys, issue(name, keys, Wanted::asAuthority));
    }

    /// The certificate of a signer as it should be, with the code 709J.
    X509Certificate signer(KeyPair keys) {
        return issue("SHAKEN 709J", keys, wanted -> wanted.code("709J"));
    }

    X509Certificate issue(String name, KeyPair keys, Consumer<Wanted> wish) {
        var wanted = new Wanted(name, keys);
        wish.accept(wanted);
        return issue(wanted, new X500Name(certificate.getSubjectX500Principal().getName()), this.keys);
    }

    private static X509Certificate issue(Wanted wanted, X500Name issuer, KeyPair issuerKeys) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    BigInteger.valueOf(SERIALS.getAndIncrement()),
                    Date.from(wanted.from),
                    Date.from(wanted.until),
                    new X500Name("CN=" + wanted.name),
                    wanted.keys.getPublic());
            var extensions = wanted.extensions.generate();
            for (ASN1ObjectIdentifier each : extensions.getExtensionOIDs()) {
                builder.addExtension(extensions.getExtension(each));
            }
            return new JcaX509CertificateConverter().getCertificate(builder.build(signing(issuerKeys)));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A list of revoked certificates that this authority did not issue (RFC 5280 §5.3.3).
    byte[] indirectList(X509Certificate revoked) throws IOException {
        var builder = new X509v2CRLBuilder(
                new X500Name(certificate.getSubjectX500Principal().getName()), Date.from(NOW));
        builder.setNextUpdate(Date.from(NOW.plus(YEAR)));
        builder.addExtension(
                Extension.issuingDistributionPoint,
                true,
                new IssuingDistributionPoint(null, false, false, (ReasonFlags) null, true, false));
        var entry = new ExtensionsGenerator();
        var issuer = new X500Name(revoked.getIssuerX500Principal().getName());
        entry.addExtension(Extension.certificateIssuer, true, new GeneralNames(new GeneralName(issuer)));
        builder.addCRLEntry(revoked.getSerialNumber(), Date.from(NOW), entry.generate());
        return builder.build(signing(keys)).getEncoded();
    }

    private static ContentSigner signing(KeyPair keys) {
        try {
            return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What a certificate is to say.
    static final class Wanted {

        private final String name;
        private final KeyPair keys;
        private final ExtensionsGenerator extensions = new ExtensionsGenerator();
        private Instant from = NOW.minus(YEAR);
        private Instant until = NOW.plus(YEAR);

        private Wanted(String name, KeyPair keys) {
            this.name = name;
            this.keys = keys;
        }

        void valid(Instant from, Instant until) {
            this.from = from;
            this.until = until;
        }

        void asAuthority() {
            extension(Extension.basicConstraints, true, new BasicConstraints(true));
            usage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
        }

        void usage(int bits) {
            extension(Extension.keyUsage, true, new KeyUsage(bits));
        }

        /// A TNAuthList with one service provider code.
        void code(String code) {
            tnAuthList(false, new DERSequence(new DERTaggedObject(true, 0, new DERIA5String(code))));
        }

        void tnAuthList(boolean critical, ASN1Encodable value) {
            extension(new ASN1ObjectIdentifier(TnAuthList.OID), critical, value);
        }

        /// For a web server.
        void host(String host) {
            extension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
        }

        private void extension(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
            try {
                extensions.addExtension(oid, critical, value);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
