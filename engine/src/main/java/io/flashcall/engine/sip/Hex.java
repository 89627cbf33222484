package io.flashcall.engine.sip;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Eight hex digits at a time, in letters of either case: the bytes are worked on side by side in one `long`.
final class Hex {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long EACH = 0x0101_0101_0101_0101L;

    private Hex() {}

    /// Whether the eight bytes from `at` on are hex digits: they are if their values spell them again.
    static boolean isHex(byte[] in, int at) {
        long text = (long) EIGHT.get(in, at);
        long lowerCase = text | (text >>> 1 & 0x20 * EACH);
        long values = values(text);
        long letters = (values + 6 * EACH) >>> 4 & EACH;
        return values + '0' * EACH + letters * ('a' - '0' - 10) == lowerCase;
    }

    /// The number that the eight bytes from `at` on spell, 0 to 2^32 - 1; of no meaning where one is no digit.
    static long read(byte[] in, int at) {
        long nibbles = values((long) EIGHT.get(in, at));
        long pairs = (nibbles | nibbles >>> 4) & 0x00ff_00ff_00ff_00ffL;
        long fours = (pairs | pairs >>> 8) & 0x0000_ffff_0000_ffffL;
        return (fours | fours >>> 16) & 0xffff_ffffL;
    }

    /// 0 to 15 in each byte: a letter has bit 6 set, and its low bits count from 1.
    private static long values(long text) {
        return ((text & 0x0f * EACH) + (text >>> 6 & EACH) * 9) & 0x0f * EACH;
    }
}
