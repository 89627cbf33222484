package io.flashcall.engine.sip;

/// The overload control feedback in the Via of a response (RFC 7339 §4). Reusable; read on demand.
///
/// A bare `oc` is our own, which a server without overload control gives back; only one with a value is its word.
public final class OverloadFeedback {

    /// What there is.
    public enum Kind {
        /// The server says nothing of its load.
        NONE,
        /// It says how much to withhold.
        USABLE,
        /// What it says breaks the syntax, or is meant for an algorithm that we did not offer.
        UNUSABLE
    }

    /// Where none is written (RFC 7339 §4.3).
    static final int DEFAULT_VALIDITY_MILLIS = 500;

    private static final int MOST_PERCENT = 100;
    private static final int SEQUENCE_DIGITS = 12;
    private static final int FRACTION_DIGITS = 5;

    private final Span loss = new Span();
    private final Span algorithm = new Span();
    private final Span validity = new Span();
    private final Span sequence = new Span();
    private byte[] in = {};

    OverloadFeedback() {}

    void clear(byte[] bytes) {
        in = bytes;
        loss.clear();
        algorithm.clear();
        validity.clear();
        sequence.clear();
    }

    /// Notes a parameter, if it is one of these. Of two with a name the later counts, since what a server adds stands
    /// after what it gives back.
    void note(Params params) {
        if (params.valueEnd() == params.valueStart()) {
            return;
        }
        if (params.is("oc")) {
            loss.set(params.valueStart(), params.valueEnd());
        } else if (params.is("oc-algo")) {
            algorithm.set(params.valueStart(), params.valueEnd());
        } else if (params.is("oc-validity")) {
            validity.set(params.valueStart(), params.valueEnd());
        } else if (params.is("oc-seq")) {
            sequence.set(params.valueStart(), params.valueEnd());
        }
    }

    public Kind kind() {
        if (loss.isEmpty()) {
            return Kind.NONE;
        }
        boolean usable = percent() >= 0 && validityMillis() >= 0 && isLoss() && (sequence.isEmpty() || sequence() >= 0);
        return usable ? Kind.USABLE : Kind.UNUSABLE;
    }

    /// Percent of requests to withhold, 0 to 100.
    public int percent() {
        return (int) Ascii.number(in, loss.offset, loss.end(), MOST_PERCENT);
    }

    /// How long that holds, in milliseconds; 0 ends it (RFC 7339 §4.3).
    public long validityMillis() {
        return validity.isEmpty()
                ? DEFAULT_VALIDITY_MILLIS
                : Ascii.number(in, validity.offset, validity.end(), Integer.MAX_VALUE);
    }

    /// Which of two is newer: grows with time (RFC 7339 §4.4), in 1/100000; -1 where there is none.
    public long sequence() {
        int dot = Ascii.skipDigits(in, sequence.offset, sequence.end());
        int digits = dot - sequence.offset;
        if (digits == 0 || digits > SEQUENCE_DIGITS) {
            return -1;
        }
        long value = Ascii.number(in, sequence.offset, dot, Long.MAX_VALUE / 10);
        int after = dot == sequence.end() ? dot : dot + 1;
        boolean isFraction = after == dot || (in[dot] == '.' && after < sequence.end());
        if (!isFraction || Ascii.skipDigits(in, after, sequence.end()) < sequence.end()) {
            return -1;
        }
        for (int i = 0; i < FRACTION_DIGITS; i++) {
            int digit = after + i < sequence.end() ? in[after + i] - '0' : 0;
            value = value * 10 + digit;
        }
        return value;
    }

    /// A server that names none means the one that it was offered.
    private boolean isLoss() {
        return algorithm.isEmpty()
                || Ascii.sameIgnoringCase(in, algorithm.offset, algorithm.end(), "\"loss\"")
                || Ascii.sameIgnoringCase(in, algorithm.offset, algorithm.end(), "loss");
    }
}
