package io.flashcall.engine.sip;

/// IP addresses as text: dotted IPv4, and IPv6 with or without brackets (RFC 4291 §2.2).
final class IpText {

    private static final int GROUPS = 8;
    private static final int GROUP_DIGITS = 4;

    private IpText() {}

    /// Puts the address that fills the bytes into `out`, its port untouched. False if it is none (a name, a zone id,
    /// an octet with a leading zero); the address in `out` then means nothing.
    static boolean read(byte[] in, int from, int to, HostPort out) {
        if (to - from > 2 && in[from] == '[' && in[to - 1] == ']') {
            return readV6(in, from + 1, to - 1, out);
        }
        long v4 = readV4(in, from, to);
        if (v4 >= 0) {
            out.setV4((int) v4, out.port);
            return true;
        }
        return readV6(in, from, to, out);
    }

    /// The 32 bits of a dotted address, or -1. No octal, no short forms: they mean different things to different
    /// readers.
    private static long readV4(byte[] in, int from, int to) {
        long address = 0;
        int at = from;
        for (int octet = 0; octet < 4; octet++) {
            if (octet > 0 && (at >= to || in[at++] != '.')) {
                return -1;
            }
            int after = Ascii.skipDigits(in, at, to);
            long value = Ascii.number(in, at, after, 255);
            if (value < 0 || (after - at > 1 && in[at] == '0')) {
                return -1;
            }
            address = address << 8 | value;
            at = after;
        }
        return at == to ? address : -1;
    }

    private static boolean readV6(byte[] in, int from, int to, HostPort out) {
        out.set(0, 0, out.port);
        int gap = findGap(in, from, to);
        if (gap < 0) {
            return from < to && readGroups(in, from, to, 0, out) == GROUPS;
        }
        int head = hasDot(in, from, gap) ? -1 : readGroups(in, from, gap, 0, out);
        int tail = countGroups(in, gap + 2, to);
        return head >= 0 && head + tail < GROUPS && readGroups(in, gap + 2, to, GROUPS - tail, out) == GROUPS;
    }

    /// Index of the `::`, or -1.
    private static int findGap(byte[] in, int from, int to) {
        for (int at = from; at + 1 < to; at++) {
            if (in[at] == ':' && in[at + 1] == ':') {
                return at;
            }
        }
        return -1;
    }

    /// How many groups the bytes would make if they are well formed.
    private static int countGroups(byte[] in, int from, int to) {
        int groups = from < to ? 1 : 0;
        for (int at = from; at < to; at++) {
            groups += in[at] == ':' ? 1 : 0;
        }
        return hasDot(in, from, to) ? groups + 1 : groups;
    }

    private static boolean hasDot(byte[] in, int from, int to) {
        int at = from;
        while (at < to && in[at] != '.') {
            at++;
        }
        return at < to;
    }

    /// Reads groups joined by colons into `out` from group `index` on; a dotted address may stand for the last two.
    ///
    /// @return the index after the last group, or -1
    private static int readGroups(byte[] in, int from, int to, int index, HostPort out) {
        int at = from;
        while (at < to) {
            int after = skipHex(in, at, to);
            if (after < to && in[after] == '.' && index <= GROUPS - 2) {
                long v4 = readV4(in, at, to);
                put(out, index, v4 >>> 16);
                put(out, index + 1, v4 & 0xffff);
                return v4 < 0 ? -1 : index + 2;
            }
            boolean ends = after == to;
            if (after == at || index >= GROUPS || (!ends && (in[after] != ':' || after + 1 == to))) {
                return -1;
            }
            put(out, index++, hexGroup(in, at, after));
            at = ends ? to : after + 1;
        }
        return index;
    }

    private static void put(HostPort out, int index, long group) {
        int shift = 48 - 16 * (index & 3);
        if (index < GROUPS / 2) {
            out.hi |= group << shift;
        } else {
            out.lo |= group << shift;
        }
    }

    private static int skipHex(byte[] in, int at, int to) {
        int end = Math.min(to, at + GROUP_DIGITS);
        while (at < end && Ascii.hexDigit(in[at]) >= 0) {
            at++;
        }
        return at;
    }

    private static long hexGroup(byte[] in, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            value = value << 4 | Ascii.hexDigit(in[i]);
        }
        return value;
    }
}
