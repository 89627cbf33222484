package io.flashcall.engine.sip;

/// A reusable window onto a response: what it says, and which of our requests it answers.
///
/// One per user agent: `wrap` a datagram, read the fields, move on. It keeps offsets rather than strings, so it
/// allocates nothing, and it reports bad input as a value, so garbage costs nothing. What it says holds until
/// the next `wrap`; after a verdict other than `OK` it has nothing to say that means anything, though asking is
/// safe. Not thread-safe.
public final class ResponseView {

    /// What became of a datagram. `OK` and `KEEP_ALIVE` are no faults; for all others the datagram is to be
    /// dropped, or answered 400 if it is a request that can be.
    public enum Verdict {
        /// A message that can be used.
        OK,
        /// Nothing but line ends, up to four zero bytes, or no bytes at all (RFC 5626 §3.5.1 and custom).
        KEEP_ALIVE,
        /// More than `Limits#MESSAGE_BYTES`.
        TOO_LONG,
        /// Given to a `ResponseView`, but does not start with `SIP/`.
        NOT_A_RESPONSE,
        /// Given to a `RequestView`, but starts with `SIP/`.
        NOT_A_REQUEST,
        /// The start line is neither of the two in RFC 3261 §7.
        BAD_START_LINE,
        /// Another version than `SIP/2.0`.
        BAD_VERSION,
        /// A status outside 100..699 (RFC 3261 §7.2), or not three digits.
        BAD_STATUS,
        /// A Request-URI in angle brackets, without a scheme, or with characters no URI has.
        BAD_REQUEST_URI,
        /// The blank line after the headers is missing.
        NO_END_OF_HEADERS,
        /// More than `Limits#HEADER_BYTES` of headers.
        HEADERS_TOO_LONG,
        /// More than `Limits#LINE_BYTES` in one line.
        LINE_TOO_LONG,
        /// More than `Limits#HEADER_LINES`.
        TOO_MANY_HEADERS,
        /// A line of a request that is no header field: no name, no colon, a NUL, a CR within.
        BAD_HEADER,
        /// No Via, From, To, Call-ID or CSeq (RFC 3261 §8.1.1).
        MISSING_HEADER,
        /// From, To, Call-ID or CSeq twice (in a request also Max-Forwards).
        DUPLICATE_HEADER,
        /// The top Via cannot be read.
        BAD_VIA,
        /// A response with more than one Via is not ours (RFC 3261 §8.1.3.3).
        SEVERAL_VIAS,
        /// More than `Limits#VIAS` in a request.
        TOO_MANY_VIAS,
        /// No URI can be found in From.
        BAD_FROM,
        /// No URI can be found in To.
        BAD_TO,
        /// An empty Call-ID, or white space in it.
        BAD_CALL_ID,
        /// No number below 2^31 followed by a method.
        BAD_CSEQ,
        /// CSeq names another method than the request line (RFC 3261 §8.1.1.5).
        METHOD_MISMATCH,
        /// Max-Forwards is no number of 0..255 (RFC 3261 §20.22).
        BAD_MAX_FORWARDS,
        /// Content-Length is no number, or two of them differ.
        BAD_CONTENT_LENGTH,
        /// Content-Length is larger than what is left of the datagram (RFC 3261 §18.3).
        BODY_TRUNCATED
    }

    static final String MAGIC_COOKIE = "z9hg4bk";
    private static final String NO_PREFIX = "";
    private static final String VERSION = "sip/2.0";
    private static final String STALE_DATE = "stale date";
    private static final int FORBIDDEN = 403;
    private static final int STATUS_AT = "SIP/2.0 ".length();

    private final MessageHead head = new MessageHead();
    private final DialogRoute route = new DialogRoute();
    private final OurToken ourBranch = new OurToken(MAGIC_COOKIE);
    private final OurToken ourFromTag = new OurToken(NO_PREFIX);
    private final Span reasonPhrase = new Span();
    private final Span to = new Span();
    private final Span reason = new Span();
    private final Span redress = new Span();
    private int status = -1;

    public ResponseView() {}

    /// Reads a datagram: one pass over its header section.
    ///
    /// @param in     kept until the next `wrap`, never written to
    /// @param offset index of the first byte
    /// @param length number of bytes, 0 or more
    public Verdict wrap(byte[] in, int offset, int length) {
        ourFromTag.forget();
        ourBranch.forget();
        status = -1;
        reasonPhrase.clear();
        to.clear();
        reason.clear();
        Verdict frame = head.frame(in, offset, length);
        if (frame == Verdict.KEEP_ALIVE || frame == Verdict.TOO_LONG) {
            return frame;
        }
        if (!Ascii.startsWith(in, head.lineStart(), head.lineEnd(), "sip/")) {
            return Verdict.NOT_A_RESPONSE;
        }
        if (frame != Verdict.OK) {
            return frame;
        }
        Verdict line = readStatusLine(in, head.lineStart(), head.lineEnd());
        if (line != Verdict.OK) {
            return line;
        }
        Verdict headers = head.readHeaders(false);
        if (headers != Verdict.OK) {
            return headers;
        }
        boolean oneVia = !head.headers.isRepeated(Header.VIA) && head.via.end() == head.end(Header.VIA);
        return oneVia ? Verdict.OK : Verdict.SEVERAL_VIAS;
    }

    /// `SIP/2.0 SP status SP reason` (RFC 3261 §7.2). The reason may be empty, and then its space may be
    /// missing.
    private Verdict readStatusLine(byte[] in, int from, int to) {
        if (!Ascii.startsWith(in, from, to, VERSION)) {
            return Verdict.BAD_VERSION;
        }
        int at = from + STATUS_AT;
        int afterStatus = Ascii.skipDigits(in, Math.min(at, to), to);
        if (at >= to || in[at - 1] != ' ' || afterStatus == at || (afterStatus < to && in[afterStatus] != ' ')) {
            return Verdict.BAD_START_LINE;
        }
        if (hasControls(in, afterStatus, to)) {
            return Verdict.BAD_START_LINE;
        }
        int value = afterStatus - at == 3 ? (int) Ascii.number(in, at, afterStatus, 699) : -1;
        if (value < 100) {
            return Verdict.BAD_STATUS;
        }
        status = value;
        reasonPhrase.set(Math.min(afterStatus + 1, to), to);
        return Verdict.OK;
    }

    private static boolean hasControls(byte[] in, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Ascii.isControl(in[i]) && in[i] != '\t') {
                return true;
            }
        }
        return false;
    }

    /// The array given to `wrap`, into which all spans point.
    public byte[] bytes() {
        return head.bytes();
    }

    /// Index after the last byte of what was given to `wrap`.
    public int end() {
        return head.messageEnd();
    }

    /// 100..699.
    public int status() {
        return status;
    }

    /// The method in CSeq. A CANCEL shares its INVITE's branch, so only this tells their responses apart (RFC
    /// 3261 §17.1.3).
    public Method method() {
        return head.cseqMethod();
    }

    /// The number in CSeq, 0..2^31-1.
    public long cseq() {
        return head.cseq();
    }

    /// Whether the branch has the form of ours: the magic cookie and 32 hex digits.
    public boolean branchIsOurs() {
        return ourBranch.isOurs(head.bytes(), head.via.branch);
    }

    /// The key in our branch; 0 if it is not ours.
    public long branchKey() {
        return ourBranch.first(head.bytes(), head.via.branch);
    }

    /// The random bits in our branch; 0 if it is not ours.
    public long branchNonce() {
        return ourBranch.second(head.bytes(), head.via.branch);
    }

    /// Whether the From tag has the form of ours: 32 hex digits.
    public boolean fromTagIsOurs() {
        return ourFromTag.isOurs(head.bytes(), head.fromTag);
    }

    /// The key in our From tag; 0 if it is not ours.
    public long fromTagKey() {
        return ourFromTag.first(head.bytes(), head.fromTag);
    }

    /// The random bits in our From tag; 0 if it is not ours.
    public long fromTagNonce() {
        return ourFromTag.second(head.bytes(), head.fromTag);
    }

    /// A hash of the To tag, which tells the forks of a call apart: never 0 where there is a tag, 0 where there
    /// is none.
    public long toTagHash() {
        return head.hashOf(head.toTag);
    }

    /// The first ITU-T Q.850 cause in Reason (RFC 3326, RFC 6432), 0..999; -1 if there is none.
    public int q850Cause() {
        return ReasonHeader.cause(head, ReasonHeader.Q850);
    }

    /// The first SIP status in Reason (RFC 3326), 0..999; -1 if there is none.
    public int sipReasonCause() {
        return ReasonHeader.cause(head, ReasonHeader.SIP);
    }

    /// Whether it says that analytics blocked the call, as ATIS-1000099 has it ("603+"); a 608 says so by its status.
    public boolean isBlockedByAnalytics() {
        return AnalyticsBlock.isSaidBy(head, status, reasonPhrase);
    }

    /// Whether the date of our signature is stale to it, as RFC 8224 §6.2.2 has it.
    public boolean isStaleDate() {
        byte[] in = head.bytes();
        int from = Ascii.skipLws(in, reasonPhrase.offset, reasonPhrase.end());
        int to = Ascii.trimEnd(in, from, reasonPhrase.end());
        return status == FORBIDDEN && Ascii.sameIgnoringCase(in, from, to, STALE_DATE);
    }

    /// Where one may complain of such a block: the `url` of a "603+", or the jCard of a 608 (RFC 8688); as it stands
    /// there, and empty if nothing does.
    public Span redress() {
        AnalyticsBlock.redress(head, redress);
        return redress;
    }

    /// Seconds in Retry-After (RFC 3261 §20.33), its comment and parameters left out, at most
    /// `Limits#RETRY_AFTER_SECONDS`; -1 if there is none.
    public int retryAfterSeconds() {
        byte[] in = head.bytes();
        int from = head.start(Header.RETRY_AFTER);
        int to = head.end(Header.RETRY_AFTER);
        int after = Ascii.skipDigits(in, from, to);
        boolean isNumber =
                after > from && (after == to || in[after] == ';' || in[after] == '(' || Ascii.isLws(in[after]));
        if (!isNumber) {
            return -1;
        }
        long seconds = Ascii.number(in, from, after, Limits.RETRY_AFTER_SECONDS);
        return seconds < 0 ? Limits.RETRY_AFTER_SECONDS : (int) seconds;
    }

    /// What the server says of its load (RFC 7339), in the Via that is ours.
    public OverloadFeedback overload() {
        return head.via.overload;
    }

    /// The whole value of To, folds included.
    public Span to() {
        to.set(head.start(Header.TO), head.end(Header.TO));
        return to;
    }

    /// The text after the status; may be empty, may be any UTF-8.
    public Span reasonPhrase() {
        return reasonPhrase;
    }

    /// The first value of the first Reason header, folds included; empty if there is none.
    public Span reasonHeader() {
        int from = head.start(Header.REASON);
        int comma = Ascii.findComma(head.bytes(), from, head.end(Header.REASON));
        reason.set(from, Ascii.trimEnd(head.bytes(), from, comma));
        return reason;
    }

    /// Whether there is a body of type `application/sdp`.
    public boolean hasSdp() {
        return head.hasSdp();
    }

    /// What the network says of early media.
    public EarlyMedia earlyMedia() {
        return EarlyMedia.of(head);
    }

    /// Whether it names a tone for the caller (RFC 3261 §20.4).
    public boolean hasAlertInfo() {
        return head.headers.has(Header.ALERT_INFO);
    }

    /// Where a request of the dialog goes that this response makes (RFC 3261 §12.1.2): the first URI of the
    /// reversed Record-Route, else the Contact. Port 5060 if none is written; `maddr` is ignored.
    ///
    /// @return false if there is no such URI, its host is a name, its scheme not `sip` or its transport not UDP
    public boolean nextHop(HostPort out) {
        route.read(head);
        return route.nextHop(out);
    }

    /// The response number of a reliable provisional response (RFC 3262 §7.1), 1 to 2^32-1; -1 where there is
    /// none.
    public long rseq() {
        return Ascii.number(head.bytes(), head.start(Header.RSEQ), head.end(Header.RSEQ), 0xffff_ffffL);
    }

    /// Whether it must be acknowledged by a PRACK: it requires `100rel` and has a number (RFC 3262 §4).
    public boolean isReliable() {
        return rseq() > 0 && requires100rel();
    }

    private boolean requires100rel() {
        byte[] in = head.bytes();
        for (int i = head.headers.first(Header.REQUIRE); i >= 0; i = head.headers.next(Header.REQUIRE, i)) {
            int end = head.headers.end(i);
            for (int at = head.headers.start(i); at < end; ) {
                int tag = Ascii.skipLws(in, at, end);
                int tagEnd = Ascii.skipToken(in, tag, end);
                if (Ascii.sameIgnoringCase(in, tag, tagEnd, "100rel")) {
                    return true;
                }
                at = Math.max(tagEnd, tag + 1);
            }
        }
        return false;
    }

    MessageHead head() {
        return head;
    }
}
