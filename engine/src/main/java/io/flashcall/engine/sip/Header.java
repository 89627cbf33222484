package io.flashcall.engine.sip;

/// The header fields the engine reads; all others are skipped over.
enum Header {
    VIA("via", 'v'),
    FROM("from", 'f'),
    TO("to", 't'),
    CALL_ID("call-id", 'i'),
    CSEQ("cseq"),
    CONTACT("contact", 'm'),
    RECORD_ROUTE("record-route"),
    REASON("reason"),
    RETRY_AFTER("retry-after"),
    CONTENT_TYPE("content-type", 'c'),
    CONTENT_LENGTH("content-length", 'l'),
    MAX_FORWARDS("max-forwards"),
    REQUIRE("require"),
    OTHER("");

    private static final Header[] ALL = values();

    private final String lowerCase;
    private final char compact;

    Header(String lowerCase) {
        this(lowerCase, '\0');
    }

    /// @param compact the one-letter form of RFC 3261 §7.3.3
    Header(String lowerCase, char compact) {
        this.lowerCase = lowerCase;
        this.compact = compact;
    }

    /// The header whose name fills the bytes, at least one; `OTHER` if the engine does not read it.
    static Header of(byte[] in, int from, int to) {
        for (Header header : ALL) {
            boolean same = to - from == 1
                    ? Ascii.lower(in[from]) == header.compact
                    : Ascii.sameIgnoringCase(in, from, to, header.lowerCase);
            if (same) {
                return header;
            }
        }
        return OTHER;
    }
}
