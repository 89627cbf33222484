package io.flashcall.cli.hook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Checks signatures of webhooks (Standard Webhooks 1.0.0, symmetric). Thread-safe.
public final class HookSignature {

    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final String PREFIX = "whsec_";
    private static final String VERSION = "v1,";

    private final SecretKeySpec key;

    /// @param secret `whsec_` and base64
    public HookSignature(String secret) {
        if (!secret.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a webhook secret (expected: whsec_ and base64)");
        }
        key = new SecretKeySpec(Base64.getDecoder().decode(secret.substring(PREFIX.length())), "HmacSHA256");
    }

    /// Whether one of the signatures is of this message, and its time is about now.
    ///
    /// @param id         `webhook-id`
    /// @param timestamp  `webhook-timestamp`, seconds since 1970
    /// @param signatures `webhook-signature`, separated by spaces
    public boolean accepts(String id, String timestamp, String signatures, byte[] body, Instant now) {
        if (!timestamp.matches("\\d{1,12}") || isFar(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)) {
            return false;
        }
        byte[] expected = sign(id, timestamp, body);
        boolean found = false;
        for (var signature : signatures.split(" ", -1)) {
            found |= signature.startsWith(VERSION)
                    && MessageDigest.isEqual(
                            signature.substring(VERSION.length()).getBytes(StandardCharsets.US_ASCII), expected);
        }
        return found;
    }

    private static boolean isFar(Instant time, Instant now) {
        return Duration.between(time, now).abs().compareTo(TOLERANCE) > 0;
    }

    private byte[] sign(String id, String timestamp, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encode(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks HmacSHA256", e);
        }
    }
}
