package io.flashcall.testbed.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The hash of a challenge (RFC 8760 §2.1).
public enum DigestAlgorithm {
    MD5("MD5", "MD5"),
    SHA_256("SHA-256", "SHA-256"),
    /// FIPS 180-4's SHA-512/256, with its own initial values; not SHA-512 cut short (erratum 4897 of RFC 7616).
    SHA_512_256("SHA-512-256", "SHA-512/256");

    private final String token;
    private final String provider;

    DigestAlgorithm(String token, String provider) {
        this.token = token;
        this.provider = provider;
    }

    /// As `algorithm=` spells it.
    public String token() {
        return token;
    }

    /// The algorithm of that token, in any case.
    public static Optional<DigestAlgorithm> named(String token) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.token.equalsIgnoreCase(token))
                .findFirst();
    }

    static List<String> tokens() {
        return Arrays.stream(values()).map(DigestAlgorithm::token).toList();
    }

    /// The hash of this text in UTF-8, in lower-case hexadecimal digits.
    public String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance(provider).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(provider + " (expected: every JDK has it)", e);
        }
    }
}
