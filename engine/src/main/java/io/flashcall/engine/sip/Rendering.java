package io.flashcall.engine.sip;

/// What fills the slots of one request: scratch of a `RequestTemplate`, set before each rendering.
final class Rendering {

    private static final long NO_RACK = -1;
    private static final byte[] RACK = WireWriter.ascii("RAck: ");
    private static final byte[] INVITE_LINE_END = WireWriter.ascii(" INVITE\r\n");
    private static final long FIRST_SESSION = 1_000_000_000L;
    private static final long SESSIONS = 9_000_000_000L;

    private final NumberFormat fromFormat;
    private final NumberFormat toFormat;
    private final Template inviteUri;
    private final DialogRoute route = new DialogRoute();
    private final MessageHead nothing = new MessageHead();
    private WireIdentity id = new WireIdentity();
    private long branchKey;
    private long cseq;
    private MessageHead response = nothing;
    private HeaderLines credentials = new HeaderLines();
    private long rack = NO_RACK;
    private int sessionChanges;
    private long expires;

    Rendering(NumberFormat fromFormat, NumberFormat toFormat, Template inviteUri) {
        this.fromFormat = fromFormat;
        this.toFormat = toFormat;
        this.inviteUri = inviteUri;
    }

    /// A request of the INVITE's own transaction.
    void ofCall(WireIdentity call) {
        id = call;
        branchKey = call.branch();
        credentials = call.credentials;
        rack = NO_RACK;
        cseq = call.cseq;
        response = nothing;
    }

    /// A REGISTER, whose branch is another each time.
    void ofRegistration(WireIdentity registration, long transaction, long seconds) {
        ofCall(registration);
        branchKey = transaction;
        expires = seconds;
    }

    /// One that answers a response.
    void ofCall(WireIdentity call, ResponseView answered) {
        ofCall(call);
        response = answered.head();
    }

    /// A request of the dialog that `answered` made, with the INVITE's credentials.
    void ofDialog(WireIdentity call, long transaction, long number, ResponseView answered) {
        ofCall(call, answered);
        branchKey = transaction;
        cseq = number;
        route.read(response);
    }

    /// The same, with credentials of its own.
    void ofDialog(WireIdentity call, DialogRequest request, ResponseView answered) {
        ofDialog(call, request.branchKey, request.cseq, answered);
        credentials = request.credentials;
        rack = request.rseq;
    }

    /// How often the session was changed since our offer.
    void sessionChanges(int count) {
        sessionChanges = count;
    }

    private long session() {
        return FIRST_SESSION + Long.remainderUnsigned(id.key ^ id.tagNonce, SESSIONS);
    }

    /// Writes the Request-URI of a request of the dialog.
    void writeDialogUri(WireWriter out) {
        write(Slot.DIALOG_URI, out);
    }

    /// Writes the Request-URI of the INVITE.
    void writeInviteUri(WireWriter out) {
        if (id.target.isEmpty()) {
            inviteUri.render(this, out);
        } else {
            id.target.writeTo(out);
        }
    }

    void write(Slot slot, WireWriter out) {
        switch (slot) {
            case KEY -> out.hex(id.key);
            case BRANCH_KEY -> out.hex(branchKey);
            case BRANCH_NONCE -> out.hex(id.branchNonce);
            case TAG_NONCE -> out.hex(id.tagNonce);
            case FROM_NUMBER -> out.number(id.from, fromFormat);
            case TO_NUMBER -> out.number(id.to, toFormat);
            case CSEQ -> out.decimal(cseq);
            case SESSION -> out.decimal(session());
            case SESSION_VERSION -> out.decimal(session() + sessionChanges);
            case RESPONSE_TO -> out.copyUnfolded(response.bytes(), response.start(Header.TO), response.end(Header.TO));
            case REQUEST_URI -> id.target.writeTo(out);
            case DIALOG_URI -> {
                if (!route.writeRequestUri(out)) {
                    writeInviteUri(out);
                }
            }
            case ROUTES -> route.writeRoutes(out);
            case SERVICE_ROUTE -> id.serviceRoute.writeTo(out);
            case EXPIRES -> out.decimal(expires);
            case CREDENTIALS -> credentials.writeTo(out);
            case IDENTITY -> id.signature.writeTo(out);
            case RACK -> writeRack(out);
        }
    }

    /// The response number and the CSeq of what is acknowledged (RFC 3262 §7.2).
    private void writeRack(WireWriter out) {
        if (rack != NO_RACK) {
            out.bytes(RACK);
            out.decimal(rack);
            out.oneByte(' ');
            out.decimal(id.cseq);
            out.bytes(INVITE_LINE_END);
        }
    }
}
