package io.flashcall.testbed.peers;

/// The hashes of digest authentication (RFC 8760). Kamailio 5.6 checks the first two.
public enum DigestAlgorithm {
    MD5("MD5"),
    SHA_256("SHA-256"),
    SHA_512_256("SHA-512-256");

    private final String token;

    DigestAlgorithm(String token) {
        this.token = token;
    }

    /// As the parameter `algorithm` of a challenge has it.
    public String token() {
        return token;
    }
}
