package io.flashcall.engine.auth;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The unkeyed digest H of RFC 7616 §3.3: hashes fields joined by colons, and gives lower-case hex. Reusable;
/// one thread.
final class DigestHash {

    /// Hex digits of the longest hash.
    static final int MOST_HEX = 64;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final MessageDigest digest;
    private final byte[] raw = new byte[MOST_HEX / 2];
    private boolean first = true;

    DigestHash(DigestAlgorithm algorithm) {
        try {
            digest = MessageDigest.getInstance(algorithm.jdkName());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm.jdkName(), e);
        }
    }

    /// Adds a field, and the colon that parts it from the one before.
    DigestHash field(byte[] bytes, int from, int length) {
        if (!first) {
            digest.update((byte) ':');
        }
        first = false;
        digest.update(bytes, from, length);
        return this;
    }

    DigestHash field(byte[] bytes) {
        return field(bytes, 0, bytes.length);
    }

    /// Writes the hash in hex and begins anew.
    ///
    /// @return how many digits: 32 for MD5, else 64
    int hex(byte[] out, int at) {
        first = true;
        int length;
        try {
            length = digest.digest(raw, 0, raw.length);
        } catch (DigestException e) {
            throw new IllegalStateException("there is room for the longest hash", e);
        }
        for (int i = 0; i < length; i++) {
            out[at + 2 * i] = HEX[raw[i] >> 4 & 0xf];
            out[at + 2 * i + 1] = HEX[raw[i] & 0xf];
        }
        return 2 * length;
    }

    /// Writes 16 hex digits.
    static void hex(long value, byte[] out, int at) {
        for (int i = 0; i < 16; i++) {
            out[at + i] = HEX[(int) (value >>> (60 - 4 * i)) & 0xf];
        }
    }

    /// Writes 8 hex digits.
    static void hex(int value, byte[] out, int at) {
        for (int i = 0; i < 8; i++) {
            out[at + i] = HEX[value >>> (28 - 4 * i) & 0xf];
        }
    }
}
