package io.flashcall.engine.sip;

import io.flashcall.engine.sip.ResponseView.Verdict;

/// A reusable window onto a request from the peer: enough of it to answer.
///
/// `wrap` a datagram, read the fields, move on. It keeps offsets rather than strings and allocates nothing. What it
/// says holds until the next `wrap`. After a verdict other than `OK` it says what could be read, provided that the
/// request is `answerable`. Not thread-safe.
public final class RequestView {

    private static final String NO_PREFIX = "";
    private static final byte[] INVITE = WireWriter.ascii("INVITE");
    private static final byte[] UNSUPPORTED = WireWriter.ascii("Unsupported: ");
    private static final byte[] LINE_END = WireWriter.ascii("\r\n");
    private static final int MOST_FORWARDS = 255;

    private final MessageHead head = new MessageHead();
    private final OurToken ourToTag = new OurToken(NO_PREFIX);
    private final Span requestUri = new Span();
    private final Span methodText = new Span();
    private final Span from = new Span();
    private final Span to = new Span();
    private final Span callId = new Span();
    private final Span cseqValue = new Span();
    private final Span viaSpan = new Span();
    private Method method = Method.UNKNOWN;
    private int viaCount;
    private boolean answerable;

    public RequestView() {}

    /// Reads a datagram: one pass over its header section.
    ///
    /// @param in     kept until the next `wrap`, never written to
    /// @param offset index of the first byte
    /// @param length number of bytes, 0 or more
    public Verdict wrap(byte[] in, int offset, int length) {
        ourToTag.forget();
        requestUri.clear();
        methodText.clear();
        method = Method.UNKNOWN;
        viaCount = 0;
        answerable = false;
        Verdict frame = head.frame(in, offset, length);
        if (frame != Verdict.OK) {
            return frame;
        }
        if (Ascii.startsWith(in, head.lineStart(), head.lineEnd(), "sip/")) {
            return Verdict.NOT_A_REQUEST;
        }
        Verdict line = readRequestLine(in, head.lineStart(), head.lineEnd());
        Verdict headers = head.readHeaders(true);
        viaCount = countVias();
        boolean isAck = method == Method.ACK || head.cseqMethod() == Method.ACK;
        answerable = head.answerable() && viaCount <= Limits.VIAS && !isAck;
        if (line != Verdict.OK) {
            return line;
        }
        return headers == Verdict.OK ? readRest(in) : headers;
    }

    /// `method SP Request-URI SP SIP/2.0`, single spaces and no others (RFC 3261 §7.1).
    private Verdict readRequestLine(byte[] in, int from, int to) {
        int methodEnd = Ascii.skipToken(in, from, to);
        int uri = methodEnd + 1;
        int uriEnd = uri;
        while (uriEnd < to && in[uriEnd] != ' ') {
            uriEnd++;
        }
        if (methodEnd == from || methodEnd == to || in[methodEnd] != ' ' || uriEnd >= to || uriEnd == uri) {
            return Verdict.BAD_START_LINE;
        }
        int version = uriEnd + 1;
        if (!Ascii.startsWith(in, version, to, "sip/") || Ascii.skipToken(in, version + 4, to) != to) {
            return Verdict.BAD_START_LINE;
        }
        methodText.set(from, methodEnd);
        method = Method.of(in, from, methodEnd);
        requestUri.set(uri, uriEnd);
        if (!Ascii.sameIgnoringCase(in, version, to, "sip/2.0")) {
            return Verdict.BAD_VERSION;
        }
        return isUri(in, uri, uriEnd) ? Verdict.OK : Verdict.BAD_REQUEST_URI;
    }

    /// Whether a scheme stands in front, and nothing that a URI never holds. What the scheme means is not our
    /// question.
    private static boolean isUri(byte[] in, int from, int to) {
        int colon = Ascii.skipToken(in, from, to);
        for (int i = from; i < to; i++) {
            if (in[i] == '<' || in[i] == '>' || in[i] == '"' || Ascii.isControl(in[i])) {
                return false;
            }
        }
        return colon > from && colon + 1 < to && in[colon] == ':';
    }

    private int countVias() {
        int count = 0;
        HeaderIndex headers = head.headers;
        for (int i = headers.first(Header.VIA); i >= 0; i = headers.next(Header.VIA, i)) {
            for (int at = headers.start(i); at < headers.end(i); count++) {
                at = Ascii.findComma(head.bytes(), at, headers.end(i)) + 1;
            }
        }
        return count;
    }

    private Verdict readRest(byte[] in) {
        if (viaCount > Limits.VIAS) {
            return Verdict.TOO_MANY_VIAS;
        }
        boolean sameMethod = methodText.length == head.cseqMethodEnd() - head.cseqMethodStart();
        for (int i = 0; sameMethod && i < methodText.length; i++) {
            sameMethod = in[methodText.offset + i] == in[head.cseqMethodStart() + i];
        }
        if (!sameMethod) {
            return Verdict.METHOD_MISMATCH;
        }
        if (head.headers.isRepeated(Header.MAX_FORWARDS)) {
            return Verdict.DUPLICATE_HEADER;
        }
        return head.headers.has(Header.MAX_FORWARDS) && maxForwards() < 0 ? Verdict.BAD_MAX_FORWARDS : Verdict.OK;
    }

    /// The array given to `wrap`, into which all spans point.
    public byte[] bytes() {
        return head.bytes();
    }

    /// The method in the request line.
    public Method method() {
        return method;
    }

    /// Whether enough could be read (Via, From, To, Call-ID, CSeq) to send an answer, though it be 400. An ACK never
    /// is: it has no answer (RFC 3261 §17.1.1.3).
    public boolean answerable() {
        return answerable;
    }

    /// Whether the request claims to belong to a dialog: its To has a tag.
    public boolean hasToTag() {
        return !head.toTag.isEmpty();
    }

    /// Whether the To tag has the form of our From tags, so that the request may belong to a call of ours.
    public boolean toTagIsOurs() {
        return ourToTag.isOurs(head.bytes(), head.toTag);
    }

    /// The key in a To tag that is ours; 0 if it is not.
    public long toTagKey() {
        return ourToTag.first(head.bytes(), head.toTag);
    }

    /// The random bits in a To tag that is ours; 0 if it is not.
    public long toTagNonce() {
        return ourToTag.second(head.bytes(), head.toTag);
    }

    /// A hash of the From tag, by which a request of a fork's dialog is told from another's: the same as
    /// [ResponseView#toTagHash] of that fork's responses.
    public long fromTagHash() {
        return head.hashOf(head.fromTag);
    }

    /// Where the body stands; empty if there is none.
    public Span body() {
        return head.body;
    }

    /// Whether the body is of type `application/sdp`.
    public boolean hasSdp() {
        return head.hasSdp();
    }

    /// Whether an INFO belongs to a package (RFC 6086).
    public boolean hasInfoPackage() {
        return head.headers.has(Header.INFO_PACKAGE);
    }

    /// Writes the options that the sender insists on, as `Unsupported` lines (RFC 3261 §8.2.2.3).
    public void unsupported(HeaderLines out) {
        HeaderIndex headers = head.headers;
        for (int i = headers.first(Header.REQUIRE); i >= 0; i = headers.next(Header.REQUIRE, i)) {
            out.append(UNSUPPORTED);
            out.appendUnfolded(head.bytes(), headers.start(i), headers.end(i));
            out.append(LINE_END);
        }
    }

    /// Which server transaction the request belongs to (RFC 3261 §17.2.3): top Via's branch and sent-by, and the
    /// method, ACK counting as INVITE. For a branch without the magic cookie, or with nothing behind it, by the
    /// rules of RFC 2543: Request-URI, tags, Call-ID, CSeq number and top Via; the To tag not for INVITE and ACK,
    /// since the latter's is that of our answer.
    public long transactionHash() {
        return transactionHash(method == Method.ACK || method == Method.INVITE);
    }

    /// Which INVITE server transaction a CANCEL is for (RFC 3261 §9.2): matched as the INVITE itself was.
    public long inviteTransactionHash() {
        return transactionHash(true);
    }

    private long transactionHash(boolean isInvite) {
        byte[] in = head.bytes();
        Via via = head.via;
        long hash = isInvite
                ? Hash.add(Hash.SEED, INVITE, 0, INVITE.length)
                : Hash.add(Hash.SEED, in, methodText.offset, methodText.end());
        boolean hasIdentifier = via.branch.length > ResponseView.MAGIC_COOKIE.length()
                && Ascii.startsWith(in, via.branch.offset, via.branch.end(), ResponseView.MAGIC_COOKIE);
        if (hasIdentifier) {
            hash = Hash.add(hash, in, via.branch.offset, via.branch.end());
            hash = Hash.add(hash, in, via.hostStart(), via.hostEnd());
            return Hash.finish(Hash.add(hash, via.port()));
        }
        hash = Hash.add(hash, in, requestUri.offset, requestUri.end());
        hash = Hash.add(hash, in, head.fromTag.offset, head.fromTag.end());
        if (!isInvite) {
            hash = Hash.add(hash, in, head.toTag.offset, head.toTag.end());
        }
        hash = Hash.add(hash, in, head.start(Header.CALL_ID), head.end(Header.CALL_ID));
        hash = Hash.add(hash, in, via.start(), via.end());
        return Hash.finish(Hash.add(hash, head.cseq()));
    }

    public Span requestUri() {
        return requestUri;
    }

    /// The whole value of From, folds included.
    public Span from() {
        return value(Header.FROM, from);
    }

    /// The whole value of To, folds included.
    public Span to() {
        return value(Header.TO, to);
    }

    public Span callId() {
        return value(Header.CALL_ID, callId);
    }

    /// The whole value of CSeq, number and method.
    public Span cseqValue() {
        return value(Header.CSEQ, cseqValue);
    }

    /// The number in CSeq, 0..2^31-1.
    public long cseq() {
        return head.cseq();
    }

    /// How many Via values there are, joined by commas or not.
    public int viaCount() {
        return viaCount;
    }

    /// The Via value at `index`, 0 being the top one; empty beyond the last. Each call moves the one span.
    public Span via(int index) {
        viaSpan.clear();
        byte[] in = head.bytes();
        HeaderIndex headers = head.headers;
        int count = 0;
        for (int i = headers.first(Header.VIA); i >= 0; i = headers.next(Header.VIA, i)) {
            for (int at = headers.start(i); at < headers.end(i); count++) {
                int comma = Ascii.findComma(in, at, headers.end(i));
                if (count == index) {
                    int start = Ascii.skipLws(in, at, comma);
                    viaSpan.set(start, Ascii.trimEnd(in, start, comma));
                    return viaSpan;
                }
                at = comma + 1;
            }
        }
        return viaSpan;
    }

    /// 0..255; -1 if there is none (RFC 2543 had none).
    public int maxForwards() {
        int from = head.start(Header.MAX_FORWARDS);
        int to = head.end(Header.MAX_FORWARDS);
        return (int) Ascii.number(head.bytes(), from, to, MOST_FORWARDS);
    }

    /// Whether the sender insists on extensions (RFC 3261 §20.32).
    public boolean hasRequire() {
        return head.headers.has(Header.REQUIRE);
    }

    /// Where the answer goes (RFC 3261 §18.2.2, RFC 3581 §4): always to the address the request came from; to the
    /// port it came from if it asks for that (`rport`), else to the port in Via. `maddr` is ignored.
    public void replyTo(HostPort source, HostPort out) {
        out.set(source.hi, source.lo, head.via.hasRport() ? source.port : head.via.port());
    }

    MessageHead head() {
        return head;
    }

    private Span value(Header header, Span span) {
        span.set(head.start(header), head.end(header));
        return span;
    }
}
