package io.flashcall.engine.sip;

/// Our own way of writing two numbers as a token: 16 hex digits each, in branches and From tags; letters of either case
/// (tokens compare so, RFC 3261 §7.3.1). Reads a token once, when it is first asked about.
final class OurToken {

    private static final int DIGITS = 16;
    private static final int EACH = DIGITS / 2;

    private final String prefix;
    private boolean read;
    private boolean ours;
    private long first;
    private long second;

    /// @param prefix what stands ahead of the digits, in lower case; may be empty
    OurToken(String prefix) {
        this.prefix = prefix;
    }

    /// There is another message.
    void forget() {
        read = false;
    }

    /// Whether the token is of our form.
    boolean isOurs(byte[] in, Span token) {
        if (!read) {
            read(in, token);
        }
        return ours;
    }

    /// 0 if it is not of our form.
    long first(byte[] in, Span token) {
        return isOurs(in, token) ? first : 0;
    }

    /// 0 if it is not of our form.
    long second(byte[] in, Span token) {
        return isOurs(in, token) ? second : 0;
    }

    private void read(byte[] in, Span token) {
        read = true;
        ours = token.length == prefix.length() + 2 * DIGITS
                && Ascii.startsWith(in, token.offset, token.end(), prefix)
                && readDigits(in, token.offset + prefix.length());
    }

    private boolean readDigits(byte[] in, int from) {
        boolean digits = Hex.isHex(in, from)
                && Hex.isHex(in, from + EACH)
                && Hex.isHex(in, from + DIGITS)
                && Hex.isHex(in, from + DIGITS + EACH);
        first = Hex.read(in, from) << Integer.SIZE | Hex.read(in, from + EACH);
        second = Hex.read(in, from + DIGITS) << Integer.SIZE | Hex.read(in, from + DIGITS + EACH);
        return digits;
    }
}
