package io.flashcall.engine.sip;

/// One Via value (RFC 3261 §20.42): who sent the message, and the branch that names its transaction.
///
/// Reusable. White space may stand around `/`, `:`, `;` and `=`.
final class Via {

    private static final String PROTOCOL = "sip";
    private static final String VERSION = "2.0";
    static final int DEFAULT_PORT = 5060;
    private static final byte[] NOTHING = {};

    final Span branch = new Span();
    final OverloadFeedback overload = new OverloadFeedback();

    private final Params params = new Params();
    private int start;
    private int hostStart;
    private int hostEnd;
    private int port;
    private int paramsStart;
    private int end;
    private boolean hasRport;
    private boolean wellFormed;

    void clear() {
        branch.clear();
        overload.clear(NOTHING);
        start = 0;
        hostStart = 0;
        hostEnd = 0;
        port = DEFAULT_PORT;
        paramsStart = 0;
        end = 0;
        hasRport = false;
        wellFormed = false;
    }

    /// Reads the value at `from`, which ends at `to` or at a comma.
    ///
    /// @return whether it says `SIP/2.0`, a transport and a host; `wellFormed` judges the parameters too
    boolean read(byte[] in, int from, int to) {
        clear();
        start = from;
        end = Ascii.findComma(in, from, to);
        int at = slash(in, from, PROTOCOL);
        at = at < 0 ? -1 : slash(in, at, VERSION);
        if (at < 0) {
            return false;
        }
        int afterTransport = Ascii.skipToken(in, at, end);
        hostStart = Ascii.skipLws(in, afterTransport, end);
        return afterTransport > at && hostStart > afterTransport && sentBy(in) && readParams(in);
    }

    /// Index after `text` and the slash that follows it, white space allowed around both; -1 if they are not there.
    private int slash(byte[] in, int from, String text) {
        int after = Ascii.skipToken(in, from, end);
        int slash = Ascii.skipLws(in, after, end);
        boolean there = Ascii.sameIgnoringCase(in, from, after, text) && slash < end && in[slash] == '/';
        return there ? Ascii.skipLws(in, slash + 1, end) : -1;
    }

    /// `host`, `host:port`, `[v6]:port`.
    private boolean sentBy(byte[] in) {
        hostEnd = hostStart;
        boolean inBrackets = hostStart < end && in[hostStart] == '[';
        while (hostEnd < end && (inBrackets ? in[hostEnd] != ']' : isHostByte(in[hostEnd]))) {
            hostEnd++;
        }
        if (inBrackets && hostEnd++ >= end) {
            return false;
        }
        int at = Ascii.skipLws(in, hostEnd, end);
        if (at < end && in[at] == ':') {
            int digits = Ascii.skipLws(in, at + 1, end);
            at = Ascii.skipDigits(in, digits, end);
            port = (int) Ascii.number(in, digits, at, 65_535);
        }
        paramsStart = Ascii.skipLws(in, at, end);
        return hostEnd > hostStart && port > 0 && (paramsStart == end || in[paramsStart] == ';');
    }

    private static boolean isHostByte(byte b) {
        return b != ':' && b != ';' && !Ascii.isLws(b);
    }

    private boolean readParams(byte[] in) {
        overload.clear(in);
        params.wrap(in, paramsStart, end);
        while (params.next()) {
            if (params.is("branch") && branch.isEmpty()) {
                branch.set(params.valueStart(), params.valueEnd());
            } else if (params.is("rport")) {
                hasRport = true;
            } else {
                overload.note(params);
            }
        }
        wellFormed = !params.malformed();
        return true;
    }

    /// Whether every parameter is one; false for `;;` and its like.
    boolean wellFormed() {
        return wellFormed;
    }

    int start() {
        return start;
    }

    int hostStart() {
        return hostStart;
    }

    int hostEnd() {
        return hostEnd;
    }

    /// 5060 where none is written (RFC 3261 §18.1.1).
    int port() {
        return port;
    }

    /// Index of the first `;`, or `end`.
    int paramsStart() {
        return paramsStart;
    }

    /// Index of the comma after this value, or of the end of the header.
    int end() {
        return end;
    }

    /// Whether the sender asks for the answer at the port it sent from (RFC 3581).
    boolean hasRport() {
        return hasRport;
    }
}
