package io.flashcall.engine.sip;

/// What P-Early-Media (RFC 5009) says of the media before the answer, from the callee's side to ours.
public enum EarlyMedia {
    /// Nothing.
    UNSAID,
    /// The network lets it through: `sendrecv` or `sendonly`.
    SENT,
    /// The network holds it back: `inactive`, `recvonly` or `gated`.
    WITHHELD;

    /// Reads the first value that is a direction; each stands for a stream, and ours is the only one. `gated`
    /// outranks it (RFC 5009 §8).
    static EarlyMedia of(MessageHead head) {
        byte[] in = head.bytes();
        EarlyMedia found = UNSAID;
        int end = head.end(Header.P_EARLY_MEDIA);
        for (int at = head.start(Header.P_EARLY_MEDIA); at < end; ) {
            int word = Ascii.skipLws(in, at, end);
            int wordEnd = Ascii.skipToken(in, word, end);
            EarlyMedia value = ofWord(in, word, wordEnd);
            if (found == UNSAID || Ascii.sameIgnoringCase(in, word, wordEnd, "gated")) {
                found = value;
            }
            at = Math.max(wordEnd, word + 1);
        }
        return found;
    }

    private static EarlyMedia ofWord(byte[] in, int from, int to) {
        if (Ascii.sameIgnoringCase(in, from, to, "sendrecv") || Ascii.sameIgnoringCase(in, from, to, "sendonly")) {
            return SENT;
        }
        boolean withheld = Ascii.sameIgnoringCase(in, from, to, "inactive")
                || Ascii.sameIgnoringCase(in, from, to, "recvonly")
                || Ascii.sameIgnoringCase(in, from, to, "gated");
        return withheld ? WITHHELD : UNSAID;
    }
}
