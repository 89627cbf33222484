package io.flashcall.engine.sip;

import org.jspecify.annotations.Nullable;

/// What a response says of a block by analytics, that is by a network which takes calls from a number for unwanted
/// ones, and where one may complain.
///
/// - "603+" (ATIS-1000099): `SIP/2.0 603 Network Blocked` with
///   `Reason: SIP;cause=603;text="v=analytics1;url=https://…";location=RLN`, or with `Q.850;cause=21`. Either the
///   phrase or the version is enough: what stands between changes the one or drops the other, and neither is said of
///   anything else.
/// - 608 (RFC 8688): `Call-Info: <https://…>;purpose=jwscard`, the address of a signed jCard.
final class AnalyticsBlock {

    private static final String PHRASE = "network blocked";
    private static final String VERSION = "analytics1";
    private static final String VERSION_PAIR = "v=" + VERSION;
    private static final String URL = "url=";
    private static final int DECLINE = 603;

    private AnalyticsBlock() {}

    /// Whether it is a "603+".
    static boolean isSaidBy(MessageHead head, int status, Span phrase) {
        byte[] in = head.bytes();
        int from = Ascii.skipLws(in, phrase.offset, phrase.end());
        int to = Ascii.trimEnd(in, from, phrase.end());
        boolean named = status == DECLINE && Ascii.sameIgnoringCase(in, from, to, PHRASE);
        return named || findVersion(head, null);
    }

    /// Where one may complain; empty if the response does not say.
    static void redress(MessageHead head, Span out) {
        out.clear();
        if (!findVersion(head, out)) {
            findCard(head, out);
        }
    }

    /// Looks for the version in every Reason value, whatever its protocol.
    ///
    /// @param url where the value of its `url` goes
    private static boolean findVersion(MessageHead head, @Nullable Span url) {
        byte[] in = head.bytes();
        for (int i = head.headers.first(Header.REASON); i >= 0; i = head.headers.next(Header.REASON, i)) {
            int end = head.headers.end(i);
            for (int at = head.headers.start(i); at < end; ) {
                int comma = Ascii.findComma(in, at, end);
                if (isVersioned(head, Ascii.skipToken(in, Ascii.skipLws(in, at, comma), comma), comma, url)) {
                    return true;
                }
                at = comma + 1;
            }
        }
        return false;
    }

    /// The version stands first in the text; some write it, and the url, as parameters of the value itself.
    private static boolean isVersioned(MessageHead head, int from, int to, @Nullable Span url) {
        byte[] in = head.bytes();
        boolean versioned = false;
        var params = head.params.wrap(in, from, to);
        while (params.next()) {
            int start = params.valueStart();
            int end = params.valueEnd();
            if (end - start >= 2 && in[start] == '"') {
                start++;
                end--;
            }
            if (params.is("v") && Ascii.sameIgnoringCase(in, start, end, VERSION)) {
                versioned = true;
            } else if (params.is("text") && isFirst(in, start, end)) {
                versioned = true;
                findUrl(in, start, end, url);
            } else if (versioned && params.is("url") && url != null) {
                url.set(start, end);
            }
        }
        return versioned;
    }

    private static boolean isFirst(byte[] in, int from, int to) {
        int start = Ascii.skipLws(in, from, to);
        int end = start + VERSION_PAIR.length();
        return Ascii.startsWith(in, start, to, VERSION_PAIR) && (end == to || in[end] == ';' || Ascii.isLws(in[end]));
    }

    private static void findUrl(byte[] in, int from, int to, @Nullable Span url) {
        if (url == null) {
            return;
        }
        int at = from;
        while (at < to) {
            int start = Ascii.skipLws(in, at, to);
            int end = start;
            while (end < to && in[end] != ';') {
                end++;
            }
            if (Ascii.startsWith(in, start, end, URL)) {
                url.set(start + URL.length(), Ascii.trimEnd(in, start + URL.length(), end));
                return;
            }
            at = end + 1;
        }
    }

    /// RFC 8688 §3.2 names the purpose `jwscard`.
    private static void findCard(MessageHead head, Span out) {
        byte[] in = head.bytes();
        for (int i = head.headers.first(Header.CALL_INFO); i >= 0; i = head.headers.next(Header.CALL_INFO, i)) {
            int end = head.headers.end(i);
            for (int at = head.headers.start(i); at < end; ) {
                int comma = Ascii.findComma(in, at, end);
                int open = Ascii.skipLws(in, at, comma);
                int close = open;
                while (close < comma && in[close] != '>') {
                    close++;
                }
                if (close < comma && in[open] == '<' && isCard(head, close + 1, comma)) {
                    out.set(open + 1, close);
                    return;
                }
                at = comma + 1;
            }
        }
    }

    private static boolean isCard(MessageHead head, int from, int to) {
        if (!head.params.wrap(head.bytes(), from, to).find("purpose")) {
            return false;
        }
        int start = head.params.valueStart();
        int end = head.params.valueEnd();
        return Ascii.sameIgnoringCase(head.bytes(), start, end, "jwscard")
                || Ascii.sameIgnoringCase(head.bytes(), start, end, "jcard");
    }
}
