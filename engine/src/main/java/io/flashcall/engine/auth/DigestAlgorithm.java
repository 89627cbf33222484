package io.flashcall.engine.auth;

import org.jspecify.annotations.Nullable;

/// The hash functions of RFC 8760, the weakest first.
///
/// SHA-512-256 is the function of FIPS 180-4 with initial values of its own, not SHA-512 cut short; the example
/// value of RFC 7616 §3.9.2 is wrong (erratum 4897).
enum DigestAlgorithm {
    MD5("MD5", "MD5"),
    SHA_256("SHA-256", "SHA-256"),
    SHA_512_256("SHA-512-256", "SHA-512/256");

    private final String token;
    private final String jdkName;

    DigestAlgorithm(String token, String jdkName) {
        this.token = token;
        this.jdkName = jdkName;
    }

    /// As the `algorithm` parameter has it.
    String token() {
        return token;
    }

    String jdkName() {
        return jdkName;
    }

    /// The algorithm that a parameter names, letters of either case; MD5 for an empty one, null for one that we
    /// do not know, such as the session variants.
    static @Nullable DigestAlgorithm of(byte[] in, int from, int to) {
        if (from == to) {
            return MD5;
        }
        for (var algorithm : VALUES) {
            if (algorithm.is(in, from, to)) {
                return algorithm;
            }
        }
        return null;
    }

    private static final DigestAlgorithm[] VALUES = values();

    private boolean is(byte[] in, int from, int to) {
        if (to - from != token.length()) {
            return false;
        }
        for (int i = 0; i < token.length(); i++) {
            byte b = in[from + i];
            int upper = b >= 'a' && b <= 'z' ? b - 32 : b;
            if (upper != token.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
