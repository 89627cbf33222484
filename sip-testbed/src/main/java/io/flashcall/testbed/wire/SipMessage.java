package io.flashcall.testbed.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One received SIP message: its text, and where each header stands in it. Values are cut out only when asked for.
///
/// Bytes are read as ISO 8859-1, so that every byte survives the way in and out again. Immutable after parsing.
public final class SipMessage {

    private static final int MAX_HEADERS = 256;

    private final String text;
    private final int startLineEnd;
    private final int firstSpace;
    private int bodyStart;
    private int headerCount;
    private HeaderName[] names = new HeaderName[16];
    private int[] spans = new int[32];

    private SipMessage(String text, int startLineEnd, int firstSpace) {
        this.text = text;
        this.startLineEnd = startLineEnd;
        this.firstSpace = firstSpace;
    }

    /// Reads one datagram; nothing if it is no SIP message (no start line of three parts, a header without a colon, no
    /// blank line, more than 256 headers).
    public static Optional<SipMessage> parse(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n");
        int space = text.indexOf(' ');
        if (space <= 0 || end < 0 || space > end || !isStartLine(text, space, end)) {
            return Optional.empty();
        }
        SipMessage message = new SipMessage(text, end, space);
        return message.readHeaders() ? Optional.of(message) : Optional.empty();
    }

    private static boolean isStartLine(String text, int space, int end) {
        if (text.startsWith("SIP/2.0 ")) {
            return end >= 11 && digit(text, 8) && digit(text, 9) && digit(text, 10);
        }
        int last = text.lastIndexOf(' ', end);
        return last > space && text.regionMatches(last + 1, "SIP/2.0", 0, 7) && end == last + 8;
    }

    private static boolean digit(String text, int at) {
        return text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private boolean readHeaders() {
        int at = startLineEnd + 2;
        while (true) {
            int end = text.indexOf("\r\n", at);
            if (end < 0) {
                return false;
            }
            if (end == at) {
                bodyStart = at + 2;
                return true;
            }
            while (end + 2 < text.length() && isBlank(text.charAt(end + 2))) {
                end = text.indexOf("\r\n", end + 2);
                if (end < 0) {
                    return false;
                }
            }
            if (!addHeader(at, end)) {
                return false;
            }
            at = end + 2;
        }
    }

    private boolean addHeader(int start, int end) {
        int colon = text.indexOf(':', start);
        if (colon <= start || colon >= end || headerCount == MAX_HEADERS) {
            return false;
        }
        int nameEnd = colon;
        while (nameEnd > start && isBlank(text.charAt(nameEnd - 1))) {
            nameEnd--;
        }
        if (headerCount == names.length) {
            names = Arrays.copyOf(names, headerCount * 2);
            spans = Arrays.copyOf(spans, headerCount * 4);
        }
        names[headerCount] = HeaderName.of(text, start, nameEnd);
        spans[2 * headerCount] = colon + 1;
        spans[2 * headerCount + 1] = end;
        headerCount++;
        return true;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /// Whether this is a request; otherwise it is a response.
    public boolean isRequest() {
        return !text.startsWith("SIP/2.0 ");
    }

    /// The status of a response, 100 to 999; 0 for a request.
    public int status() {
        return isRequest() ? 0 : Integer.parseInt(text, 8, 11, 10);
    }

    /// The method of a request as written.
    public String method() {
        return isRequest() ? text.substring(0, firstSpace) : "";
    }

    /// The Request-URI as written.
    public String requestUri() {
        return text.substring(firstSpace + 1, text.lastIndexOf(' ', startLineEnd));
    }

    /// The first value of this header, unfolded and trimmed; nothing if the header is absent.
    public Optional<String> header(HeaderName name) {
        for (int i = 0; i < headerCount; i++) {
            if (names[i] == name) {
                return Optional.of(value(i));
            }
        }
        return Optional.empty();
    }

    /// The first value of this header, or empty text.
    public String headerOrEmpty(HeaderName name) {
        for (int i = 0; i < headerCount; i++) {
            if (names[i] == name) {
                return value(i);
            }
        }
        return "";
    }

    /// Every value of this header in order: one for each header line, comma-joined ones left as they are.
    public List<String> headers(HeaderName name) {
        List<String> values = new ArrayList<>(2);
        for (int i = 0; i < headerCount; i++) {
            if (names[i] == name) {
                values.add(value(i));
            }
        }
        return values;
    }

    /// The elements of every header of this name, comma-joined ones taken apart.
    public List<String> elements(HeaderName name) {
        List<String> elements = new ArrayList<>(2);
        for (int i = 0; i < headerCount; i++) {
            if (names[i] == name) {
                String value = value(i);
                if (value.indexOf(',') < 0) {
                    elements.add(value);
                } else {
                    elements.addAll(HeaderValue.elements(value));
                }
            }
        }
        return elements;
    }

    /// The topmost Via element, or empty text.
    public String topVia() {
        String value = headerOrEmpty(HeaderName.VIA);
        return value.indexOf(',') < 0 ? value : HeaderValue.elements(value).getFirst();
    }

    /// The branch of the topmost Via, or empty text.
    public String branch() {
        return HeaderValue.parameter(topVia(), "branch").orElse("");
    }

    public String callId() {
        return headerOrEmpty(HeaderName.CALL_ID);
    }

    /// The number of CSeq, or -1 if it is absent or no number.
    public long cseqNumber() {
        String cseq = headerOrEmpty(HeaderName.CSEQ);
        int end = 0;
        while (end < cseq.length() && end < 11 && digit(cseq, end)) {
            end++;
        }
        return end == 0 ? -1 : Long.parseLong(cseq, 0, end, 10);
    }

    /// The method of CSeq, or empty text.
    public String cseqMethod() {
        String cseq = headerOrEmpty(HeaderName.CSEQ);
        int start = 0;
        while (start < cseq.length() && (digit(cseq, start) || isBlank(cseq.charAt(start)))) {
            start++;
        }
        return cseq.substring(start).trim();
    }

    public Optional<String> fromTag() {
        return HeaderValue.parameter(headerOrEmpty(HeaderName.FROM), "tag");
    }

    public Optional<String> toTag() {
        return HeaderValue.parameter(headerOrEmpty(HeaderName.TO), "tag");
    }

    /// What follows the blank line, whatever Content-Length says.
    public String body() {
        return text.substring(bodyStart);
    }

    /// Bytes after the blank line.
    public int bodyLength() {
        return text.length() - bodyStart;
    }

    /// The whole message as received.
    public String text() {
        return text;
    }

    private String value(int index) {
        int start = spans[2 * index];
        int end = spans[2 * index + 1];
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        String value = text.substring(start, end);
        return value.indexOf('\r') < 0 ? value : unfold(value);
    }

    /// A line break followed by blanks means one blank (RFC 3261 §7.3.1).
    private static String unfold(String value) {
        StringBuilder unfolded = new StringBuilder(value.length());
        for (String line : value.split("\r\n", -1)) {
            String piece = line.trim();
            if (!unfolded.isEmpty() && !piece.isEmpty()) {
                unfolded.append(' ');
            }
            unfolded.append(piece);
        }
        return unfolded.toString();
    }
}
