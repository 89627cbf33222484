package io.flashcall.engine.sip;

/// A 64-bit hash over parts of a message, letters of either case alike (tokens, RFC 3261 §7.3.1). Not a secret one.
final class Hash {

    static final long SEED = 0xcbf2_9ce4_8422_2325L;

    private static final long PRIME = 0x0000_0100_0000_01b3L;

    private Hash() {}

    /// `hash` continued by the bytes, and by an end mark, so that neighbours cannot swap bytes.
    static long add(long hash, byte[] in, int from, int to) {
        for (int i = from; i < to; i++) {
            hash = (hash ^ (Ascii.lower(in[i]) & 0xff)) * PRIME;
        }
        return (hash ^ 0x100) * PRIME;
    }

    static long add(long hash, long value) {
        return mix(hash ^ value) * PRIME;
    }

    /// The finished hash: every bit depends on every byte, and it is never 0.
    static long finish(long hash) {
        long mixed = mix(hash);
        return mixed == 0 ? 1 : mixed;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 33)) * 0xff51_afd7_ed55_8ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ce_b9fe_1a85_ec53L;
        return z ^ (z >>> 33);
    }
}
