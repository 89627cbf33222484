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

    private static final int LONGEST = 18;

    /// The headers whose names are that long, so that few are compared.
    private static final Header[][] BY_LENGTH = byLength();

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

    /// The header whose name fills the bytes, at least one; `OTHER` if the engine does not read it.
    static Header of(byte[] in, int from, int to) {
        int length = to - from;
        if (length > LONGEST) {
            return OTHER;
        }
        for (Header header : BY_LENGTH[length]) {
            boolean same = length == 1
                    ? Ascii.lower(in[from]) == header.compact
                    : Ascii.startsWith(in, from, to, header.lowerCase);
            if (same) {
                return header;
            }
        }
        return OTHER;
    }
}
