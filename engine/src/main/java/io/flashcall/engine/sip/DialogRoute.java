package io.flashcall.engine.sip;

/// Where the requests of a dialog go, by the response that made it (RFC 3261 §12.1.2): the route set is the reversed
/// Record-Route, the remote target is the Contact.
///
/// Reusable. A Record-Route value that cannot be read ends its header; a Contact that cannot be read is no Contact. A
/// route set of more than `Limits#ROUTES` is no route set: no request passes as many hops (Max-Forwards is 70), and
/// an answered call must be hung up all the same.
final class DialogRoute {

    private static final byte[] ROUTE = WireWriter.ascii("Route: ");
    private static final byte[] LINE_END = WireWriter.ascii("\r\n");

    private final int[] routeStarts = new int[Limits.ROUTES];
    private final int[] routeEnds = new int[Limits.ROUTES];
    private final int[] uriStarts = new int[Limits.ROUTES];
    private final int[] uriEnds = new int[Limits.ROUTES];
    private final SipUri uri = new SipUri();
    private byte[] in = {};
    private int count;
    private boolean tooLong;
    private int targetStart;
    private int targetEnd;

    void read(MessageHead response) {
        in = response.bytes();
        count = 0;
        tooLong = false;
        HeaderIndex headers = response.headers;
        for (int i = headers.first(Header.RECORD_ROUTE); i >= 0; i = headers.next(Header.RECORD_ROUTE, i)) {
            readRoutes(response.nameAddr, headers.start(i), headers.end(i));
        }
        if (tooLong) {
            count = 0;
        }
        readTarget(response.nameAddr, response.start(Header.CONTACT), response.end(Header.CONTACT));
    }

    private void readRoutes(NameAddr value, int from, int to) {
        for (int at = from; at < to && value.read(in, at, to); at = value.end() + 1) {
            if (count == Limits.ROUTES) {
                tooLong = true;
                return;
            }
            int start = Ascii.skipLws(in, at, value.end());
            int end = Ascii.trimEnd(in, start, value.end());
            if (value.uriStart() == start && !isUri(start, end)) {
                return;
            }
            routeStarts[count] = start;
            routeEnds[count] = end;
            uriStarts[count] = value.uriStart();
            // Without brackets `;lr` belongs to the header by the letter (§20.10) but to the URI by intention.
            uriEnds[count] = value.uriStart() == start ? routeEnds[count] : value.uriEnd();
            count++;
        }
    }

    /// A value without brackets becomes a Request-URI whole, parameters and all: there is nothing in it that a URI
    /// does not hold, such as a line end within a quoted parameter.
    private boolean isUri(int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = in[i];
            if (b == ' ' || b == '"' || b == '<' || b == '>' || Ascii.isControl(b)) {
                return false;
            }
        }
        return true;
    }

    private void readTarget(NameAddr value, int from, int to) {
        boolean usable = value.read(in, from, to) && uri.read(in, value.uriStart(), value.uriEnd());
        targetStart = usable ? value.uriStart() : 0;
        targetEnd = usable ? value.uriEnd() : 0;
    }

    boolean nextHop(HostPort out) {
        boolean found = count > 0
                ? uri.read(in, uriStarts[count - 1], uriEnds[count - 1])
                : targetEnd > targetStart && uri.read(in, targetStart, targetEnd);
        return found && uri.isUdp() && uri.address(out);
    }

    /// Whether the first hop wants its own URI in the request line (RFC 2543; RFC 3261 §12.2.1.1): it lacks `;lr`.
    private boolean isStrict() {
        return count > 0 && uri.read(in, uriStarts[count - 1], uriEnds[count - 1]) && !uri.isLooseRouter();
    }

    /// Writes the Request-URI.
    ///
    /// @return false, and nothing is written, if the INVITE's own has to serve
    boolean writeRequestUri(WireWriter out) {
        if (isStrict()) {
            writeUri(out, uriStarts[count - 1], uriEnds[count - 1]);
            return true;
        }
        if (targetEnd == targetStart) {
            return false;
        }
        writeUri(out, targetStart, targetEnd);
        return true;
    }

    /// Writes a URI less what §19.1.1 does not allow in a Request-URI: headers, and the `method` parameter.
    private void writeUri(WireWriter out, int from, int to) {
        uri.read(in, from, to);
        if (uri.find("method")) {
            out.copy(in, from, uri.paramStart());
            out.copy(in, uri.paramEnd(), uri.paramsEnd());
        } else {
            out.copy(in, from, uri.paramsEnd());
        }
    }

    /// Writes the Route lines. Behind a strict router the remote target comes last (§12.2.1.1).
    void writeRoutes(WireWriter out) {
        boolean strict = isStrict();
        for (int i = strict ? count - 2 : count - 1; i >= 0; i--) {
            out.bytes(ROUTE);
            boolean bare = uriStarts[i] == routeStarts[i];
            writeBracketed(out, bare, routeStarts[i], routeEnds[i]);
        }
        if (strict && targetEnd > targetStart) {
            out.bytes(ROUTE);
            writeBracketed(out, true, targetStart, targetEnd);
        }
    }

    private void writeBracketed(WireWriter out, boolean addBrackets, int from, int to) {
        if (addBrackets) {
            out.oneByte('<');
        }
        out.copyUnfolded(in, from, to);
        if (addBrackets) {
            out.oneByte('>');
        }
        out.bytes(LINE_END);
    }
}
