package io.flashcall.engine.auth;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/// A user name and password as bytes, and the hash functions of one user agent. One thread.
final class Identity {

    private final byte[] username;
    private final byte[] quotedUsername;
    private final Map<DigestAlgorithm, DigestHash> hashes = new EnumMap<>(DigestAlgorithm.class);
    private final byte[] password;

    Identity(String username, byte[] password) {
        this.username = username.getBytes(StandardCharsets.UTF_8);
        quotedUsername = username.replace("\\", "\\\\").replace("\"", "\\\"").getBytes(StandardCharsets.UTF_8);
        this.password = password.clone();
        for (var algorithm : DigestAlgorithm.values()) {
            hashes.put(algorithm, new DigestHash(algorithm));
        }
    }

    byte[] username() {
        return username;
    }

    /// As it stands within quotes.
    byte[] quotedUsername() {
        return quotedUsername;
    }

    byte[] password() {
        return password;
    }

    DigestHash hash(DigestAlgorithm algorithm) {
        var hash = hashes.get(algorithm);
        if (hash == null) {
            throw new IllegalStateException("a hash for each algorithm");
        }
        return hash;
    }
}
