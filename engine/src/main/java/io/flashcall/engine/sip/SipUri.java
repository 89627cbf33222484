package io.flashcall.engine.sip;

/// A `sip:` URI (RFC 3261 §19.1): host, port, and the parameters that decide where a request goes.
///
/// Reusable. `sips:` is read where it is asked for: it cannot be reached over UDP.
final class SipUri {

    private static final String SCHEME = "sip:";
    private static final String SECURE_SCHEME = "sips:";

    private byte[] in = {};
    private int hostStart;
    private int hostEnd;
    private int port;
    private int paramsStart;
    private int paramsEnd;
    private int paramStart;
    private int paramEnd;
    private int valueStart;

    /// Reads the URI that fills the bytes; false if it is no `sip:` URI with a host.
    boolean read(byte[] in, int from, int to) {
        return read(in, from, to, SCHEME);
    }

    /// The same of a `sips:` URI.
    boolean readSecure(byte[] in, int from, int to) {
        return read(in, from, to, SECURE_SCHEME);
    }

    private boolean read(byte[] in, int from, int to, String scheme) {
        this.in = in;
        if (!Ascii.startsWith(in, from, to, scheme)) {
            return false;
        }
        hostStart = afterUser(in, from + scheme.length(), to);
        hostEnd = hostEnd(in, hostStart, to);
        if (hostEnd <= hostStart) {
            return false;
        }
        int at = hostEnd;
        port = -1;
        if (at < to && in[at] == ':') {
            at = Ascii.skipDigits(in, hostEnd + 1, to);
            port = (int) Ascii.number(in, hostEnd + 1, at, 65_535);
            if (port < 1) {
                return false;
            }
        }
        paramsStart = at;
        paramsEnd = at;
        while (paramsEnd < to && in[paramsEnd] != '?') {
            paramsEnd++;
        }
        return at == to || in[at] == ';' || in[at] == '?';
    }

    /// Index after the `@`, or `from` if there is no user part. A user part may hold `;` and `?`, hosts hold no `@`.
    private static int afterUser(byte[] in, int from, int to) {
        for (int at = from; at < to; at++) {
            if (in[at] == '@') {
                return at + 1;
            }
        }
        return from;
    }

    private static int hostEnd(byte[] in, int from, int to) {
        boolean inBrackets = from < to && in[from] == '[';
        for (int at = from; at < to; at++) {
            byte b = in[at];
            if (inBrackets) {
                if (b == ']') {
                    return at + 1;
                }
            } else if (b == ':' || b == ';' || b == '?') {
                return at;
            }
        }
        return inBrackets ? from : to;
    }

    /// Whether the URI names a loose router: `;lr`, with or without a value (RFC 3261 §16.12.1.1).
    boolean isLooseRouter() {
        return find("lr");
    }

    /// Whether it may be reached over UDP: no `;transport` but `udp`.
    boolean isUdp() {
        return !find("transport") || valueIs("udp");
    }

    /// Finds a parameter. Names and values admit more than tokens (`[` `]` `/` `:` `&` `$`), but no white space.
    boolean find(String lowerCase) {
        int at = paramsStart;
        while (at < paramsEnd) {
            paramStart = at;
            paramEnd = indexOf(';', at + 1);
            int nameEnd = Math.min(paramEnd, indexOf('=', at + 1));
            valueStart = Math.min(paramEnd, nameEnd + 1);
            if (Ascii.sameIgnoringCase(in, at + 1, nameEnd, lowerCase)) {
                return true;
            }
            at = paramEnd;
        }
        return false;
    }

    private int indexOf(char wanted, int from) {
        int at = from;
        while (at < paramsEnd && in[at] != wanted) {
            at++;
        }
        return at;
    }

    /// Index of the `;` of the parameter that was found.
    int paramStart() {
        return paramStart;
    }

    int paramEnd() {
        return paramEnd;
    }

    /// Whether that is the value of the parameter that was found.
    boolean valueIs(String lowerCase) {
        return Ascii.sameIgnoringCase(in, valueStart, paramEnd, lowerCase);
    }

    int hostStart() {
        return hostStart;
    }

    int hostEnd() {
        return hostEnd;
    }

    /// -1 if none is written.
    int port() {
        return port;
    }

    /// Puts address and port (5060 if none) into `out`; false if the host is a name.
    boolean address(HostPort out) {
        if (!IpText.read(in, hostStart, hostEnd, out)) {
            return false;
        }
        out.port = port < 0 ? 5060 : port;
        return true;
    }

    /// Index of the `?`, or of the end of the URI.
    int paramsEnd() {
        return paramsEnd;
    }
}
