package io.flashcall.testbed.digest;

import java.security.SecureRandom;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The nonces that were given out, the newest [#MOST] of them. Confined to the loop.
final class Nonces {

    static final int MOST = 20_000;

    private final Map<String, Nonce> issued = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final DigestPolicy.NonceRules rules;

    Nonces(DigestPolicy.NonceRules rules) {
        this.rules = rules;
    }

    /// One nonce: for which algorithm, since when, and the counts that were seen with it.
    static final class Nonce {
        private final DigestAlgorithm algorithm;
        private final long issuedAt;
        private final BitSet counts = new BitSet();
        private int uses;

        Nonce(DigestAlgorithm algorithm, long issuedAt) {
            this.algorithm = algorithm;
            this.issuedAt = issuedAt;
        }

        DigestAlgorithm algorithm() {
            return algorithm;
        }

        /// Marks a count as used; whether it was fresh. Requests overtake each other, so order is not asked
        /// for.
        boolean use(int count) {
            boolean fresh = !counts.get(count);
            counts.set(count);
            return fresh;
        }

        void use() {
            uses++;
        }
    }

    String issue(DigestAlgorithm algorithm, long now) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String text = HexFormat.of().formatHex(bytes);
        issued.put(text, new Nonce(algorithm, now));
        if (issued.size() > MOST) {
            issued.remove(issued.keySet().iterator().next());
        }
        return text;
    }

    @Nullable Nonce find(String text) {
        return issued.get(text);
    }

    boolean isSpent(Nonce nonce, long now) {
        return nonce.uses >= rules.uses()
                || now - nonce.issuedAt >= rules.life().toNanos();
    }
}
