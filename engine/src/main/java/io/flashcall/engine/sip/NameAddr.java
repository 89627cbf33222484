package io.flashcall.engine.sip;

/// One value of From, To, Contact or Record-Route: `"Display" <sip:…>;params` or `sip:…;params` (RFC 3261
/// §20.10).
///
/// Reusable. Without angle brackets every parameter belongs to the header, not to the URI. A display name without
/// quotes may hold more than the tokens it should, as long as nothing in it could be taken for something else.
final class NameAddr {

    private int uriStart;
    private int uriEnd;
    private int paramsStart;
    private int end;

    /// Reads the value at `from`, which ends at `to` or at a comma.
    ///
    /// @return whether there is a URI to be found
    boolean read(byte[] in, int from, int to) {
        end = Ascii.findComma(in, from, to);
        int at = Ascii.skipLws(in, from, end);
        if (at < end && in[at] == '"') {
            int after = Ascii.skipQuoted(in, at, end);
            int bracket = after < 0 ? end : Ascii.skipLws(in, after, end);
            return bracket < end && in[bracket] == '<' && bracketed(in, bracket);
        }
        return plainNameOrUri(in, at);
    }

    private boolean plainNameOrUri(byte[] in, int from) {
        for (int at = from; at < end; at++) {
            switch (in[at]) {
                case '<' -> {
                    return bracketed(in, at);
                }
                case ':' -> {
                    return bare(in, from, at);
                }
                case '"', '>', ';', '?' -> {
                    return false;
                }
                default -> {}
            }
        }
        return false;
    }

    /// `<` URI `>`: no white space, no controls, nothing that needs an escape in a URI.
    private boolean bracketed(byte[] in, int bracket) {
        uriStart = bracket + 1;
        int at = Ascii.find(in, uriStart, end, '>');
        boolean clean = at < end
                && Ascii.isVisible(in, uriStart, at)
                && Ascii.find(in, uriStart, at, '<') == at
                && Ascii.find(in, uriStart, at, '"') == at;
        if (!clean) {
            return false;
        }
        uriEnd = at;
        paramsStart = Ascii.skipLws(in, at + 1, end);
        return uriEnd > uriStart && (paramsStart == end || in[paramsStart] == ';');
    }

    private boolean bare(byte[] in, int from, int colon) {
        uriStart = from;
        int at = colon + 1;
        while (at < end && in[at] != ';' && !Ascii.isLws(in[at])) {
            if (in[at] == '?' || in[at] == '<' || in[at] == '>' || in[at] == '"' || Ascii.isControl(in[at])) {
                return false;
            }
            at++;
        }
        uriEnd = at;
        paramsStart = Ascii.skipLws(in, at, end);
        return Ascii.skipToken(in, from, colon) == colon
                && colon > from
                && at > colon + 1
                && (paramsStart == end || in[paramsStart] == ';');
    }

    int uriStart() {
        return uriStart;
    }

    int uriEnd() {
        return uriEnd;
    }

    /// Index of the first header parameter's `;`, or `end`.
    int paramsStart() {
        return paramsStart;
    }

    /// Index of the comma after this value, or of the end of the header.
    int end() {
        return end;
    }
}
