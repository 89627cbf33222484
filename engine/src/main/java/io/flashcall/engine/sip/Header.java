package io.flashcall.engine.sip;

import java.util.Arrays;

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
    CALL_INFO("call-info"),
    RETRY_AFTER("retry-after"),
    CONTENT_TYPE("content-type", 'c'),
    CONTENT_LENGTH("content-length", 'l'),
    MAX_FORWARDS("max-forwards"),
    REQUIRE("require"),
    RSEQ("rseq"),
    EXPIRES("expires"),
    MIN_EXPIRES("min-expires"),
    SERVICE_ROUTE("service-route"),
    WWW_AUTHENTICATE("www-authenticate"),
    PROXY_AUTHENTICATE("proxy-authenticate"),
    INFO_PACKAGE("info-package"),
    P_EARLY_MEDIA("p-early-media"),
    ALERT_INFO("alert-info"),
    OTHER("");

    /// How many there are, [#OTHER] included: fewer than an `int` has bits.
    static final int COUNT = 24;

    private static final int LONGEST = 18;

    /// The headers whose names are that long, so that few are compared.
    private static final Header[][] BY_LENGTH = byLength();

    private final String lowerCase;
    private final char compact;

    /// The first eight letters, and the last eight.
    private final long head;
    private final long tail;

    Header(String lowerCase) {
        this(lowerCase, '\0');
    }

    /// @param compact the one-letter form of RFC 3261 §7.3.3
    Header(String lowerCase, char compact) {
        this.lowerCase = lowerCase;
        this.compact = compact;
        head = Ascii.upToEight(lowerCase.substring(0, Math.min(lowerCase.length(), Long.BYTES)));
        tail = Ascii.upToEight(lowerCase.substring(Math.max(0, lowerCase.length() - Long.BYTES)));
    }

    private static Header[][] byLength() {
        Header[][] all = new Header[LONGEST + 1][];
        for (int length = 0; length <= LONGEST; length++) {
            all[length] = headersOf(length);
        }
        return all;
    }

    private static Header[] headersOf(int length) {
        return Arrays.stream(values())
                .filter(header -> length == 1 ? header.compact != '\0' : header.lowerCase.length() == length)
                .toArray(Header[]::new);
    }

    /// The header whose name fills the bytes; `OTHER` if the engine does not read it.
    static Header of(byte[] in, int from, int to) {
        int length = to - from;
        if (length > LONGEST) {
            return OTHER;
        }
        for (Header header : BY_LENGTH[length]) {
            if (header.isSpelt(in, from, to)) {
                return header;
            }
        }
        return OTHER;
    }

    private boolean isSpelt(byte[] in, int from, int to) {
        int length = to - from;
        if (length == 1) {
            return Ascii.lower(in[from]) == compact;
        }
        boolean alike = length >= Long.BYTES
                ? Ascii.lowerEight(in, from) == head && Ascii.lowerEight(in, to - Long.BYTES) == tail
                : Ascii.lowerUpToEight(in, from, length) == head;
        return alike && (length <= 2 * Long.BYTES || Ascii.startsWith(in, from, to, lowerCase));
    }
}
