package io.flashcall.engine.agent;

import io.flashcall.engine.E164;
import io.flashcall.engine.identity.IdentitySigner;
import io.flashcall.engine.identity.SignedIdentity;
import io.flashcall.engine.sip.Digits;
import io.flashcall.engine.sip.HeaderLines;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The signature of one call as its INVITEs carry it: the lines Date and Identity. Nobody changes it once it is made.
///
/// Its age is told by the monotonic clock, so that no step of the wall clock makes an old one young.
///
/// @param iatAt monotonic nanoseconds of its `iat`, whose fraction of a second is cut off
record CallSignature(HeaderLines lines, long iatAt) {

    /// Of a call that is not signed.
    static final CallSignature NONE = new CallSignature(new HeaderLines(), 0);

    private static final Logger LOG = LoggerFactory.getLogger(CallSignature.class);
    private static final long FRESH_NANOS = SignedIdentity.FRESH.toNanos();

    /// Signs; for any thread but a loop.
    ///
    /// @param from packed digits of the caller id
    /// @param to   packed digits of the called number
    /// @param now  monotonic nanoseconds
    /// @return [#NONE] when that failed, which is a fault of ours
    static CallSignature make(IdentitySigner signer, long from, long to, long now) {
        try {
            var wall = Instant.now();
            var signed = signer.sign(new E164(Digits.toText(from)), new E164(Digits.toText(to)), wall);
            var lines = new HeaderLines();
            lines.append(signed.headerLines());
            return new CallSignature(
                    lines, now - Duration.between(signed.iat(), wall).toNanos());
        } catch (RuntimeException e) {
            LOG.error("a call could not be signed: a fault of ours", e);
            return NONE;
        }
    }

    /// Whether an INVITE that is sent anew may carry it.
    boolean isFresh(long now) {
        return !lines.isEmpty() && now - iatAt < FRESH_NANOS;
    }
}
