package io.flashcall.engine.identity;

import java.nio.ByteBuffer;

/// Reads a little ASN.1 in DER (X.690), one value after the other: definite lengths of up to two bytes, tags
/// of one. The bytes may come from anybody; whatever is wrong with them is an [IllegalArgumentException].
final class Der {

    static final int INTEGER = 0x02;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int IA5_STRING = 0x16;
    static final int SEQUENCE = 0x30;

    private static final int SHORT_FORM_LIMIT = 0x80;

    private final ByteBuffer in;

    Der(byte[] bytes) {
        this(ByteBuffer.wrap(bytes));
    }

    private Der(ByteBuffer in) {
        this.in = in;
    }

    /// Tag of an explicitly tagged value, `[number]`.
    static int explicit(int number) {
        return 0xA0 | number;
    }

    boolean isAtEnd() {
        return !in.hasRemaining();
    }

    /// The tag of the value that comes next, -1 at the end.
    int next() {
        return in.hasRemaining() ? Byte.toUnsignedInt(in.get(in.position())) : -1;
    }

    /// Steps over one value and gives what it contains.
    ///
    /// @throws IllegalArgumentException if another tag comes next, or the value does not end within its parent
    Der enter(int tag) {
        if (isAtEnd() || next() != tag) {
            throw new IllegalArgumentException("DER tag: %d (expected: %d)".formatted(next(), tag));
        }
        in.get();
        int length = length();
        var content = in.slice(in.position(), length);
        in.position(in.position() + length);
        return new Der(content);
    }

    /// Steps over one value, whatever it is.
    void skip() {
        enter(next());
    }

    /// All the bytes from here to the end.
    byte[] bytes() {
        byte[] all = new byte[in.remaining()];
        in.duplicate().get(all);
        return all;
    }

    private int length() {
        int length = unsignedByte();
        if (length >= SHORT_FORM_LIMIT) {
            int count = length - SHORT_FORM_LIMIT;
            if (count < 1 || count > 2) {
                throw new IllegalArgumentException("DER length of " + count + " bytes (expected: 1 or 2)");
            }
            length = unsignedByte();
            if (count == 2) {
                length = length << Byte.SIZE | unsignedByte();
            }
        }
        if (length > in.remaining()) {
            throw new IllegalArgumentException("DER length: " + length + " (expected: at most " + in.remaining() + ")");
        }
        return length;
    }

    private int unsignedByte() {
        if (!in.hasRemaining()) {
            throw new IllegalArgumentException("DER ends within a length");
        }
        return Byte.toUnsignedInt(in.get());
    }
}
