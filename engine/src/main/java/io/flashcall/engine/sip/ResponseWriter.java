package io.flashcall.engine.sip;

/// Answers requests from a trunk, as §8.2.6 of RFC 3261 has it: every Via in its order, From, To, Call-ID and
/// CSeq as they came, our tag where To has none.
///
/// Writing copies spans and digits: it allocates nothing. Not thread-safe.
public final class ResponseWriter {

    private static final byte[] VIA = WireWriter.ascii("Via: ");
    private static final byte[] RECEIVED = WireWriter.ascii(";received=");
    private static final byte[] RPORT = WireWriter.ascii(";rport=");
    private static final byte[] FROM = WireWriter.ascii("From: ");
    private static final byte[] TO = WireWriter.ascii("To: ");
    private static final byte[] TAG = WireWriter.ascii(";tag=");
    private static final byte[] CALL_ID = WireWriter.ascii("Call-ID: ");
    private static final byte[] CSEQ = WireWriter.ascii("CSeq: ");
    private static final byte[] ALLOW = WireWriter.ascii("Allow: " + RequestTemplate.ALLOW + "\r\n");
    private static final byte[] ACCEPT = WireWriter.ascii("Accept: application/sdp\r\n");
    private static final byte[] LAST = WireWriter.ascii("Server: Flashcall\r\n");
    private static final byte[] SDP = WireWriter.ascii("Content-Type: application/sdp\r\n");
    private static final byte[] CONTENT_LENGTH = WireWriter.ascii("Content-Length: ");
    private static final byte[] LINE_END = WireWriter.ascii("\r\n");

    private static final ResponseMore NOTHING_MORE = new ResponseMore();

    private final WireWriter writer = new WireWriter();

    public ResponseWriter() {}

    /// Renders an answer that has nothing more than all have.
    public int write(RequestView request, int status, long toTag, HostPort source, byte[] out) {
        return write(request, status, toTag, source, NOTHING_MORE, out);
    }

    /// Renders an answer. Allow goes with 405, 501 and the 200 of OPTIONS; Accept with that and 415.
    ///
    /// @param status 100..699
    /// @param toTag  becomes 16 hex digits; not used if the request's To has a tag, nor for 100
    /// @param source where the request came from
    /// @param more   further lines and a body
    /// @param out    at least 65,535 bytes long
    /// @return the length, or -1 if it would not fit or the request is not `answerable`
    public int write(RequestView request, int status, long toTag, HostPort source, ResponseMore more, byte[] out) {
        if (!request.answerable()) {
            return -1;
        }
        MessageHead head = request.head();
        writer.start(out);
        writer.bytes(StatusLine.of(status));
        writeVias(head, source);
        writeHeader(FROM, head, Header.FROM);
        writer.bytes(LINE_END);
        writeHeader(TO, head, Header.TO);
        if (head.toTag.isEmpty() && status > 100) {
            writer.bytes(TAG);
            writer.hex(toTag);
        }
        writer.bytes(LINE_END);
        writeHeader(CALL_ID, head, Header.CALL_ID);
        writer.bytes(LINE_END);
        writeHeader(CSEQ, head, Header.CSEQ);
        writer.bytes(LINE_END);
        boolean isOptions = status == 200 && request.method() == Method.OPTIONS;
        if (isOptions || status == 405 || status == 501) {
            writer.bytes(ALLOW);
        }
        if (isOptions || status == 415) {
            writer.bytes(ACCEPT);
        }
        more.headers.writeTo(writer);
        writer.bytes(LAST);
        writeBody(more.sdp);
        return writer.finish();
    }

    private void writeBody(HeaderLines sdp) {
        if (!sdp.isEmpty()) {
            writer.bytes(SDP);
        }
        writer.bytes(CONTENT_LENGTH);
        writer.decimal(sdp.length());
        writer.bytes(LINE_END);
        writer.bytes(LINE_END);
        sdp.writeTo(writer);
    }

    private void writeHeader(byte[] name, MessageHead head, Header header) {
        writer.bytes(name);
        writer.copyUnfolded(head.bytes(), head.start(header), head.end(header));
    }

    private void writeVias(MessageHead head, HostPort source) {
        HeaderIndex headers = head.headers;
        for (int i = headers.first(Header.VIA); i >= 0; i = headers.next(Header.VIA, i)) {
            writer.bytes(VIA);
            int from = headers.start(i);
            if (i == headers.first(Header.VIA)) {
                writeTopVia(head, source);
                from = head.via.end();
            }
            writer.copyUnfolded(head.bytes(), from, headers.end(i));
            writer.bytes(LINE_END);
        }
    }

    private void writeSendersParams(Params params, byte[] in) {
        while (params.next()) {
            if (!params.is("received") && !params.is("rport")) {
                writer.copyUnfolded(in, params.start(), params.end());
            }
        }
    }

    /// The top Via less any `received` and `rport` of its sender, and with ours (RFC 3261 §18.2.1, RFC 3581 §4). One
    /// with malformed parameters goes back whole, so that its sender recognises the branch.
    private void writeTopVia(MessageHead head, HostPort source) {
        Via via = head.via;
        byte[] in = head.bytes();
        if (via.wellFormed()) {
            writer.copyUnfolded(in, via.start(), Ascii.trimEnd(in, via.start(), via.paramsStart()));
            writeSendersParams(head.params.wrap(in, via.paramsStart(), via.end()), in);
        } else {
            writer.copyUnfolded(in, via.start(), Ascii.trimEnd(in, via.start(), via.end()));
        }
        writer.bytes(RECEIVED);
        writer.address(source);
        if (via.hasRport()) {
            writer.bytes(RPORT);
            writer.decimal(source.port);
        }
    }
}
