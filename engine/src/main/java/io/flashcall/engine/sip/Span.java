package io.flashcall.engine.sip;

/// A stretch of a received message: where it starts in the array and how long it is.
///
/// Reusable and mutable. The contents belong to the view that hands the span out and hold until its next `wrap`;
/// length 0 means that there is no such thing in the message.
public final class Span {

    /// Index of the first byte, in the array that was given to `wrap`.
    public int offset;

    /// Number of bytes, 0 or more.
    public int length;

    public Span() {}

    /// Index after the last byte.
    public int end() {
        return offset + length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    void set(int from, int to) {
        offset = from;
        length = to - from;
    }

    void clear() {
        offset = 0;
        length = 0;
    }
}
