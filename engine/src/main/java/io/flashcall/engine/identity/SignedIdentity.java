package io.flashcall.engine.identity;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/// What a signed INVITE carries. Immutable. It holds both telephone numbers, so [#toString] tells neither.
///
/// @param identity value of the Identity header (RFC 8224 §4)
/// @param date     value of the Date header, the same time as `iat`
/// @param iat      when it was signed, in whole seconds
public record SignedIdentity(String identity, String date, Instant iat) {

    /// How old one may be that a retry of its call carries again. Verifiers take 15 s to 300 s.
    public static final Duration FRESH = Duration.ofSeconds(10);

    /// Whether a retry of the call may carry it again: younger than [#FRESH].
    public boolean isFresh(Instant now) {
        return !now.isBefore(iat) && now.isBefore(iat.plus(FRESH));
    }

    /// Both header lines with their ends, ready to be put into a request: a new array each time, US-ASCII.
    public byte[] headerLines() {
        return ("Date: " + date + "\r\nIdentity: " + identity + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "SignedIdentity[iat=" + iat + "]";
    }
}
