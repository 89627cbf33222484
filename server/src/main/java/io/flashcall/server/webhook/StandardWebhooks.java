package io.flashcall.server.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs as the Standard Webhooks specification 1.0 asks (`v1`, HMAC-SHA-256 over `id.timestamp.body`).
/// Immutable.
public final class StandardWebhooks {

    private static final String PREFIX = "whsec_";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;

    private final List<SecretKeySpec> keys;

    /// @param secrets `whsec_…`, newest first; each signs
    /// @throws IllegalArgumentException when one is none, without saying what it was
    public StandardWebhooks(List<String> secrets) {
        this.keys = secrets.stream().map(StandardWebhooks::key).toList();
    }

    /// The three headers of one try.
    ///
    /// @param id   stays the same over the tries of one message
    /// @param now  of this try
    /// @param body exactly what is sent, as UTF-8
    public Map<String, String> headers(String id, Instant now, String body) {
        long timestamp = now.getEpochSecond();
        byte[] content = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
        var signatures = new StringBuilder();
        for (var key : keys) {
            if (!signatures.isEmpty()) {
                signatures.append(' ');
            }
            signatures.append("v1,").append(Base64.getEncoder().encodeToString(sign(key, content)));
        }
        var headers = new LinkedHashMap<String, String>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(timestamp));
        headers.put("webhook-signature", signatures.toString());
        return headers;
    }

    private static byte[] sign(SecretKeySpec key, byte[] content) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks HmacSHA256", e);
        }
    }

    private static SecretKeySpec key(String secret) {
        if (secret.startsWith(PREFIX)) {
            byte[] bytes = decode(secret.substring(PREFIX.length()));
            if (bytes.length >= LEAST_BYTES && bytes.length <= MOST_BYTES) {
                return new SecretKeySpec(bytes, "HmacSHA256");
            }
            Arrays.fill(bytes, (byte) 0);
        }
        throw new IllegalArgumentException("webhook secret: not one (expected: whsec_ and 24 to 64 bytes in base 64)");
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
