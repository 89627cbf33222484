package io.flashcall.engine.sip;

import java.util.Arrays;

/// The Request-URI that a redirection gave an INVITE, in place of the template's. Reusable; empty for most calls, and
/// then it costs nothing.
public final class TargetUri {

    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int length;

    public TargetUri() {}

    public boolean isEmpty() {
        return length == 0;
    }

    public int length() {
        return length;
    }

    public void clear() {
        length = 0;
    }

    /// Takes bytes that somebody has checked, as [Contacts#isUsable] does.
    public void set(byte[] from, int start, int end) {
        if (bytes.length < end - start) {
            bytes = new byte[Contacts.LONGEST_URI];
        }
        length = end - start;
        System.arraycopy(from, start, bytes, 0, length);
    }

    /// Takes what another one holds.
    public void copyFrom(TargetUri other) {
        set(other.bytes, 0, other.length);
    }

    /// A copy to keep; of an empty one nothing is allocated.
    public byte[] copy() {
        return length == 0 ? NOTHING : Arrays.copyOf(bytes, length);
    }

    /// Tells it from other URIs, as text.
    public long hash() {
        return hash(bytes, length);
    }

    /// As [#hash()], of a URI at the start of an array.
    public static long hash(byte[] uri, int length) {
        return Hash.finish(Hash.add(Hash.SEED, uri, 0, length));
    }

    void writeTo(WireWriter out) {
        out.copy(bytes, 0, length);
    }
}
