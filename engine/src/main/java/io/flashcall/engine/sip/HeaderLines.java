package io.flashcall.engine.sip;

import java.util.Arrays;

/// Whole header lines, each with its CRLF, that only some requests carry: credentials, a signed identity.
///
/// Reusable: it grows when it has to and keeps its room. Empty, it costs nothing.
public final class HeaderLines {

    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int length;

    public HeaderLines() {}

    public boolean isEmpty() {
        return length == 0;
    }

    /// Bytes of all lines.
    public int length() {
        return length;
    }

    public void clear() {
        length = 0;
    }

    /// Takes what another one holds.
    public void copyFrom(HeaderLines other) {
        clear();
        append(other.bytes, 0, other.length);
    }

    /// Adds bytes that somebody has checked: they must be lines of a header section.
    public void append(byte[] from, int start, int end) {
        room(end - start);
        System.arraycopy(from, start, bytes, length, end - start);
        length += end - start;
    }

    /// Adds a header value without the line ends of its folds.
    public void appendUnfolded(byte[] from, int start, int end) {
        room(end - start);
        for (int i = start; i < end; i++) {
            if (from[i] != '\r' && from[i] != '\n') {
                bytes[length++] = from[i];
            }
        }
    }

    /// Adds ASCII text.
    public void append(String ascii) {
        room(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            bytes[length++] = (byte) ascii.charAt(i);
        }
    }

    public void append(byte[] run) {
        append(run, 0, run.length);
    }

    void writeTo(WireWriter out) {
        out.copy(bytes, 0, length);
    }

    private void room(int more) {
        if (bytes.length < length + more) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
