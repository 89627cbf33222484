package io.flashcall.engine.sip;

/// Content-Type values: `type / subtype ; params` (RFC 3261 §20.15).
final class MediaType {

    private MediaType() {}

    static boolean isSdp(byte[] in, int from, int to) {
        int typeEnd = Ascii.skipToken(in, from, to);
        int slash = Ascii.skipLws(in, typeEnd, to);
        if (slash == to || in[slash] != '/') {
            return false;
        }
        int subtype = Ascii.skipLws(in, slash + 1, to);
        int subtypeEnd = Ascii.skipToken(in, subtype, to);
        return Ascii.sameIgnoringCase(in, from, typeEnd, "application")
                && Ascii.sameIgnoringCase(in, subtype, subtypeEnd, "sdp");
    }
}
