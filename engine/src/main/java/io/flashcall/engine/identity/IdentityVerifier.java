package io.flashcall.engine.identity;

import io.flashcall.engine.StirConfig;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Checks the Identity of a request: RFC 8224 §6.2 for SHAKEN (RFC 8588). What costs nothing comes first, so
/// that a stranger who signs nothing makes us fetch little and a stale request nothing at all.
///
/// Thread-safe. Blocks while a certificate is fetched; for virtual threads.
public final class IdentityVerifier {

    private final CertificateSource source;
    private final VerificationPolicy policy;
    private final ReplayCache replays;
    private volatile CertificateTrust trust;

    public IdentityVerifier(CertificateSource source, CertificateTrust trust, VerificationPolicy policy) {
        this.source = source;
        this.trust = trust;
        this.policy = policy;
        this.replays = new ReplayCache(policy.mostReplays());
    }

    /// From now on these authorities and this revocation list count; what was seen stays seen.
    public void trust(CertificateTrust next) {
        trust = next;
    }

    /// Judges a request. Never throws for what is in it.
    public Verdict verify(SignedRequest request, Instant now) {
        try {
            return passed(request, now);
        } catch (Objection e) {
            return new Verdict.Failed(policy.response(e.fault()), e.fault(), e.detail());
        }
    }

    private Verdict.Passed passed(SignedRequest request, Instant now) {
        var header = shaken(request.identities());
        if (!header.alg().equals("ES256")) {
            throw new Objection(Fault.UNSUPPORTED_ALGORITHM, "alg is another than ES256");
        }
        var passport = Passport.read(header.headerJson(), header.payloadJson());
        if (!header.info().equals(passport.x5u())) {
            throw new Objection(Fault.CONTRADICTION, "info is another than x5u");
        }
        requireFresh(passport.iat(), "iat", now);
        requireFreshDate(request.date(), now);
        requireNumbers(passport, request);
        var certificates = certificates(passport.x5u(), now);
        String spc = trust.serviceProvider(certificates, passport.iat());
        requireSignature(header, certificates.getFirst());
        requireFirstUse(header, request.callId(), passport.iat(), now);
        return new Verdict.Passed(passport.attestation(), passport.origid(), spc);
    }

    /// The first header of our kind; those of other kinds are not ours to judge (RFC 8224 §6.2).
    private static IdentityHeader shaken(List<String> identities) {
        if (identities.isEmpty()) {
            throw new Objection(Fault.NO_IDENTITY, "no Identity header");
        }
        Optional<Objection> unreadable = Optional.empty();
        for (String identity : identities) {
            try {
                var header = IdentityHeader.parse(identity);
                if (header.ppt().equals("shaken")) {
                    return header;
                }
            } catch (Objection e) {
                unreadable = Optional.of(e);
            }
        }
        throw unreadable.orElseGet(() -> new Objection(Fault.UNSUPPORTED_PPT, "no Identity header with ppt=shaken"));
    }

    private void requireFreshDate(Optional<String> date, Instant now) {
        if (date.isPresent()) {
            requireFresh(
                    SipDate.parse(date.get())
                            .orElseThrow(() -> new Objection(Fault.BAD_DATE, "Date is not one of RFC 3261")),
                    "Date",
                    now);
        } else if (policy.dateRequired()) {
            throw new Objection(Fault.NO_DATE, "no Date header");
        }
    }

    private void requireFresh(Instant time, String name, Instant now) {
        if (time.plus(policy.maxAge()).isBefore(now)) {
            throw new Objection(Fault.STALE, name + " is " + time + ", now is " + now);
        }
        if (time.isAfter(now.plus(policy.maxAhead()))) {
            throw new Objection(Fault.FUTURE, name + " is " + time + ", now is " + now);
        }
    }

    private static void requireNumbers(Passport passport, SignedRequest request) {
        if (!passport.orig().equals(TelephoneNumber.canonical(request.from()))) {
            throw new Objection(Fault.ORIG_MISMATCH, "orig is another than the calling number");
        }
        if (!passport.dest().contains(TelephoneNumber.canonical(request.to()))) {
            throw new Objection(Fault.DEST_MISMATCH, "dest is another than the called number");
        }
    }

    private List<X509Certificate> certificates(String x5u, Instant now) {
        if (!StirConfig.isX5u(x5u)) {
            throw new Objection(Fault.X5U_FORBIDDEN, "x5u is no https URI of the allowed form");
        }
        return switch (source.fetch(x5u, now)) {
            case CertificateSource.Chain(var certificates) -> certificates;
            case CertificateSource.Unavailable(var fault, var detail) -> throw new Objection(fault, detail);
        };
    }

    private static void requireSignature(IdentityHeader header, X509Certificate signer) {
        byte[] signature = header.signature();
        if (signature.length != P256.SIGNATURE_BYTES || !isGood(header.signed(), signature, signer)) {
            throw new Objection(Fault.BAD_SIGNATURE, "the signature is not the certificate's");
        }
    }

    private static boolean isGood(byte[] signed, byte[] signature, X509Certificate signer) {
        try {
            var es256 = P256.es256();
            es256.initVerify(signer.getPublicKey());
            es256.update(signed);
            return es256.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private void requireFirstUse(IdentityHeader header, String callId, Instant iat, Instant now) {
        if (!replays.isFirstUse(header.signed(), header.signature(), callId, now, iat.plus(policy.maxAge()))) {
            throw new Objection(Fault.REPLAYED, "the same Identity was in another call");
        }
    }
}
