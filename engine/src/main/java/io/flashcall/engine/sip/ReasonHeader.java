package io.flashcall.engine.sip;

/// Why a call ended, by the Reason header (RFC 3326; in responses RFC 6432): `Q.850;cause=17;text="User busy"`.
final class ReasonHeader {

    static final String Q850 = "q.850";
    static final String SIP = "sip";
    private static final int MOST_Q850 = 127;
    private static final int MOST_SIP = 699;

    private ReasonHeader() {}

    /// The cause of the first value of this protocol that has one, in headers joined by commas or repeated; -1 if
    /// none.
    static int cause(MessageHead head, String protocol) {
        for (int i = head.headers.first(Header.REASON); i >= 0; i = head.headers.next(Header.REASON, i)) {
            int cause = cause(head, head.headers.start(i), head.headers.end(i), protocol);
            if (cause >= 0) {
                return cause;
            }
        }
        return -1;
    }

    private static int cause(MessageHead head, int from, int to, String protocol) {
        byte[] in = head.bytes();
        int most = protocol.equals(Q850) ? MOST_Q850 : MOST_SIP;
        for (int at = from; at < to; ) {
            int comma = Ascii.findComma(in, at, to);
            int name = Ascii.skipLws(in, at, comma);
            int nameEnd = Ascii.skipToken(in, name, comma);
            if (Ascii.sameIgnoringCase(in, name, nameEnd, protocol)
                    && head.params.wrap(in, nameEnd, comma).find("cause")) {
                int cause = (int) Ascii.number(in, head.params.valueStart(), head.params.valueEnd(), most);
                if (cause >= 0) {
                    return cause;
                }
            }
            at = comma + 1;
        }
        return -1;
    }
}
