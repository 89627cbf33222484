package io.flashcall.engine.sip;

/// The bounds on what a peer may send. Whatever is beyond one of them is judged, not read.
public final class Limits {

    /// Bytes of a message: the largest payload of a UDP datagram over IPv4.
    public static final int MESSAGE_BYTES = 65_507;

    /// Bytes from the first header line to the blank line.
    public static final int HEADER_BYTES = 16 * 1024;

    /// Bytes of one header line with its folds, and of the start line.
    public static final int LINE_BYTES = 8 * 1024;

    /// Header lines, each with its folds.
    public static final int HEADER_LINES = 256;

    /// Via values of a request, joined by commas or not.
    public static final int VIAS = 64;

    /// Record-Route values of a response that a dialog can carry.
    public static final int ROUTES = 64;

    /// CSeq numbers are less than 2^31 (RFC 3261 §8.1.1.5).
    public static final long CSEQ = 1L << 31;

    /// Seconds of a Retry-After beyond which it makes no difference: a day.
    public static final int RETRY_AFTER_SECONDS = 86_400;

    private Limits() {}
}
