package io.flashcall.server.channel.receipt;

import io.flashcall.server.config.ReceiptRule;
import io.flashcall.server.config.ReceiptRule.Proof;
import io.flashcall.verification.Vault;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Whether something was sent by the provider. Every comparison takes as long for a wrong value as for a right one.
/// Immutable.
final class Proofs {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String BEARER = "bearer ";
    private static final String TWILIO_HEADER = "x-twilio-signature";
    private static final String AUTHORIZATION = "authorization";

    private final ReceiptRule rule;
    private final InstantSource clock;

    Proofs(ReceiptRule rule, InstantSource clock) {
        this.rule = rule;
        this.clock = clock;
    }

    /// All of them must hold, and a path that nobody asked for is none.
    boolean hold(Post post) {
        boolean path = rule.proofs().stream().anyMatch(Proof.SecretPath.class::isInstance);
        return post.token().isPresent() == path && rule.proofs().stream().allMatch(proof -> holds(proof, post));
    }

    private boolean holds(Proof proof, Post post) {
        return switch (proof) {
            case Proof.SecretPath(var token) -> same(post.token().orElse(""), token);
            case Proof.Login(var expected) -> same(post.header(AUTHORIZATION), expected);
            case Proof.Signed signed -> signed(signed, post);
            case Proof.UrlSigned(var secret) -> urlSigned(secret, post);
            case Proof.Token(var secret) -> token(secret, post);
        };
    }

    private static boolean signed(Proof.Signed proof, Post post) {
        var header = post.header(proof.header());
        // The signature of nothing is always the same one, and would prove any query.
        if (!header.startsWith(proof.prefix()) || post.body().length == 0) {
            return false;
        }
        var given = header.substring(proof.prefix().length()).strip();
        var hash = mac(proof.algorithm(), proof.secret(), post.body());
        return proof.base64()
                ? same(given, Base64.getEncoder().encodeToString(hash))
                : same(given.toLowerCase(Locale.ROOT), HexFormat.of().formatHex(hash));
    }

    /// Our URL as Twilio knows it, and each field's name and value behind it, in the order of their names. Of what
    /// is no form only the URL would be signed, always the same way, and any body or query would do.
    private boolean urlSigned(String secret, Post post) {
        if (!post.isForm() || post.body().length == 0) {
            return false;
        }
        var text = new StringBuilder(rule.url().orElse(""));
        Fields.form(post.text()).forEach((name, value) -> text.append(name).append(value));
        var hash = mac("HmacSHA1", secret, bytes(text.toString()));
        return same(post.header(TWILIO_HEADER), Base64.getEncoder().encodeToString(hash));
    }

    /// RFC 7515 with HS256; of the claims, `exp` where it is there, and `payload_hash`, without which the token could
    /// come with any body.
    private boolean token(String secret, Post post) {
        if (post.body().length == 0) {
            return false;
        }
        var header = post.header(AUTHORIZATION);
        if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return false;
        }
        var parts = header.substring(BEARER.length()).strip().split("\\.", -1);
        if (parts.length != 3) {
            return false;
        }
        var hash = mac("HmacSHA256", secret, bytes(parts[0] + "." + parts[1]));
        if (!same(parts[2], Base64.getUrlEncoder().withoutPadding().encodeToString(hash))) {
            return false;
        }
        var claims = json(parts[1]);
        return json(parts[0]).path("alg").asString("").equals("HS256")
                && claims.path("exp").asLong(Long.MAX_VALUE) > clock.instant().getEpochSecond()
                && same(claims.path("payload_hash").asString("").toLowerCase(Locale.ROOT), sha256(post.body()));
    }

    private static JsonNode json(String base64) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(base64));
        } catch (IllegalArgumentException | JacksonException e) {
            return JSON.createObjectNode();
        }
    }

    private static boolean same(String given, String expected) {
        return !expected.isEmpty() && Vault.same(given, expected);
    }

    private static byte[] mac(String algorithm, String secret, byte[] over) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(bytes(secret), algorithm));
            return mac.doFinal(over);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
