package io.flashcall.engine.sip;

import java.nio.charset.StandardCharsets;

/// Text from configuration on its way to the wire: whatever passes cannot end the field it stands in. Not for
/// the hot path.
final class WireText {

    private static final String HOST = "an IPv4 address, an IPv6 address or a host name";
    private static final String NOT_ANY = ", not the unspecified one";
    private static final int HOST_LENGTH = 253;

    private WireText() {}

    /// A host as SIP writes it, an IPv6 address in brackets whether or not it came in them.
    static String host(String name, String value) {
        HostPort address = new HostPort();
        if (readAddress(value, address)) {
            if (isUnspecified(address)) {
                throw rejected(name, value, HOST + NOT_ANY);
            }
            boolean bare = value.indexOf(':') >= 0 && value.charAt(0) != '[';
            return bare ? "[" + value + "]" : value;
        }
        if (value.length() > HOST_LENGTH || !value.matches("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?\\.?")) {
            throw rejected(name, value, HOST);
        }
        return value;
    }

    /// An address as SDP writes it (RFC 4566 §5.7): `IN IP4 192.0.2.1`, `IN IP6 2001:db8::1`.
    static String connection(String name, String value) {
        HostPort address = new HostPort();
        if (!readAddress(value, address) || isUnspecified(address)) {
            throw rejected(name, value, "an IPv4 address or an IPv6 address" + NOT_ANY);
        }
        return value.indexOf(':') < 0
                ? "IN IP4 " + value
                : "IN IP6 " + value.replace("[", "").replace("]", "");
    }

    private static boolean readAddress(String value, HostPort out) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return IpText.read(bytes, 0, bytes.length, out);
    }

    private static boolean isUnspecified(HostPort address) {
        return address.hi == 0 && (address.lo == 0 || (address.isV4() && (int) address.lo == 0));
    }

    /// `host` or `host:port`; an IPv6 address in brackets if a port follows.
    static String hostAndPort(String name, String value) {
        int colon = value.lastIndexOf(':');
        boolean hasPort = colon > 0 && (value.indexOf(':') == colon || value.charAt(colon - 1) == ']');
        if (!hasPort) {
            return host(name, value);
        }
        String port = value.substring(colon + 1);
        boolean good = port.matches("[0-9]{1,5}") && Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= 65_535;
        if (!good) {
            throw rejected(name, value, HOST + ", then `:` and a port from 1 to 65535 or neither");
        }
        return host(name, value.substring(0, colon)) + ":" + port;
    }

    /// The user part of a URI (RFC 3261 §25.1) that needs no quotes anywhere.
    static String user(String name, String value) {
        if (!value.matches("[A-Za-z0-9+._~*'!&=$-]{1,128}")) {
            throw rejected(name, value, "1 to 128 characters of A-Z a-z 0-9 + . _ ~ * ' ! & = $ -");
        }
        return value;
    }

    /// A Route value that is a loose router's URI in brackets.
    static String route(String name, String value) {
        if (!value.matches("<sips?:[A-Za-z0-9._~%+;=:\\[\\]@-]{1,250};lr>")) {
            throw rejected(name, value, "<sip:host;lr>");
        }
        return value;
    }

    /// A header line that cannot end early.
    static String headerLine(String name, String value) {
        if (!value.matches("[A-Za-z0-9.!%*_+`'~-]{1,64}: [ -~]{0,500}")) {
            throw rejected(name, value, "Name: value in printable ASCII");
        }
        return value;
    }

    /// A word of RFC 3261 §25.1.
    static String token(String name, String value) {
        if (!value.matches("[A-Za-z0-9.!%*_+`'~-]{1,64}")) {
            throw rejected(name, value, "a token");
        }
        return value;
    }

    static int port(String name, int value) {
        if (value < 1 || value > 65_535) {
            throw rejected(name, Integer.toString(value), "a port from 1 to 65535");
        }
        return value;
    }

    static String dialPrefix(String name, String value) {
        if (!value.matches("[0-9+*]{0,8}")) {
            throw rejected(name, value, "up to 8 characters of 0 to 9, + and *");
        }
        return value;
    }

    static IllegalArgumentException rejected(String name, CharSequence value, String expected) {
        return new IllegalArgumentException(name + ": \"" + shown(value) + "\" (expected: " + expected + ")");
    }

    /// The value fit for a log line: escapes what is not printable ASCII, cuts what is long, and masks all but
    /// the first 3 digits of what could be a telephone number (7 digits or more in a row).
    private static String shown(CharSequence value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length() && i < 80; i++) {
            char c = value.charAt(i);
            int digits = digitsAround(value, i);
            if (digits >= 7 && digitsBefore(value, i) >= 3) {
                text.append('*');
            } else if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return value.length() > 80 ? text + "…" : text.toString();
    }

    private static int digitsBefore(CharSequence value, int at) {
        int from = at;
        while (from > 0 && isDigit(value.charAt(from - 1))) {
            from--;
        }
        return at - from;
    }

    private static int digitsAround(CharSequence value, int at) {
        int to = at;
        while (to < value.length() && isDigit(value.charAt(to))) {
            to++;
        }
        return to == at ? 0 : to - at + digitsBefore(value, at);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
