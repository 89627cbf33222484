package io.flashcall.engine.sip;

/// Our own way of writing two numbers as a token: 16 hex digits each, in branches and From tags.
final class OurToken {

    private static final int LENGTH = 32;

    private OurToken() {}

    /// Whether the bytes are `prefix` and 32 hex digits, letters of either case (tokens compare so, RFC 3261
    /// §7.3.1).
    static boolean is(byte[] in, Span span, String prefix) {
        return span.length == prefix.length() + LENGTH
                && Ascii.startsWith(in, span.offset, span.end(), prefix)
                && Ascii.isHex(in, span.offset + prefix.length(), span.end());
    }

    static long first(byte[] in, Span span, String prefix) {
        return is(in, span, prefix) ? Ascii.hex(in, span.offset + prefix.length()) : 0;
    }

    static long second(byte[] in, Span span, String prefix) {
        return is(in, span, prefix) ? Ascii.hex(in, span.end() - LENGTH / 2) : 0;
    }
}
