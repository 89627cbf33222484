package io.flashcall.testbed.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the insides of a header value: its parameters, its URI, its comma-separated elements. Quoted strings and
/// angle brackets hide what is in them (RFC 3261 §7.3.1, §20.10).
public final class HeaderValue {

    private HeaderValue() {}

    /// The value of header parameter `name` (`tag`, `branch`, ...), outside quotes and angle brackets; empty text for a
    /// parameter without a value, nothing where there is no such parameter.
    public static Optional<String> parameter(String value, String name) {
        int at = nextTopLevel(value, 0, ';');
        while (at < value.length()) {
            int end = nextTopLevel(value, at + 1, ';');
            int equals = value.indexOf('=', at + 1);
            int nameEnd = equals >= 0 && equals < end ? equals : end;
            if (value.substring(at + 1, nameEnd).trim().equalsIgnoreCase(name)) {
                return Optional.of(
                        nameEnd == end ? "" : value.substring(nameEnd + 1, end).trim());
            }
            at = end;
        }
        return Optional.empty();
    }

    /// The URI of a name-addr or addr-spec: what stands in angle brackets, or else all before the first `;`.
    public static String uri(String value) {
        int open = nextOutsideQuotes(value, 0, '<');
        if (open < value.length()) {
            int close = value.indexOf('>', open);
            return close < 0 ? value.substring(open + 1) : value.substring(open + 1, close);
        }
        return value.substring(0, nextTopLevel(value, 0, ';')).trim();
    }

    /// The user part of a `sip:` or `sips:` URI, or the number of a `tel:` URI, without parameters; empty if none.
    public static String user(String uri) {
        int colon = uri.indexOf(':');
        int at = uri.indexOf('@');
        int end = at > colon ? at : uri.regionMatches(true, 0, "tel:", 0, 4) ? uri.length() : colon + 1;
        String user = uri.substring(colon + 1, end);
        int parameters = user.indexOf(';');
        return parameters < 0 ? user : user.substring(0, parameters);
    }

    /// The host and port of a `sip:` URI as written, without URI parameters.
    public static String hostPort(String uri) {
        int start = Math.max(uri.indexOf(':'), uri.indexOf('@')) + 1;
        int end = start;
        while (end < uri.length() && uri.charAt(end) != ';' && uri.charAt(end) != '?') {
            end++;
        }
        return uri.substring(start, end);
    }

    /// The comma-separated elements of a header that may be joined, in order.
    public static List<String> elements(String value) {
        List<String> elements = new ArrayList<>(2);
        int start = 0;
        while (start <= value.length()) {
            int comma = nextTopLevel(value, start, ',');
            elements.add(value.substring(start, comma).trim());
            start = comma + 1;
        }
        return elements;
    }

    private static int nextTopLevel(String value, int from, char wanted) {
        int depth = 0;
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"') {
                i = closingQuote(value, i);
            } else if (c == '<') {
                depth++;
            } else if (c == '>') {
                depth--;
            } else if (c == wanted && depth <= 0) {
                return i;
            }
        }
        return value.length();
    }

    private static int nextOutsideQuotes(String value, int from, char wanted) {
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"') {
                i = closingQuote(value, i);
            } else if (c == wanted) {
                return i;
            }
        }
        return value.length();
    }

    private static int closingQuote(String value, int open) {
        for (int i = open + 1; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                return i;
            }
        }
        return value.length();
    }
}
