package io.flashcall.engine.sip;

/// What fills the slots of one request: scratch of a `RequestTemplate`, set before each rendering.
final class Rendering {

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

    Rendering(NumberFormat fromFormat, NumberFormat toFormat, Template inviteUri) {
        this.fromFormat = fromFormat;
        this.toFormat = toFormat;
        this.inviteUri = inviteUri;
    }

    /// A request of the INVITE's own transaction.
    void ofCall(WireIdentity call) {
        id = call;
        branchKey = call.key;
        cseq = call.cseq;
        response = nothing;
    }

    /// One that answers a response.
    void ofCall(WireIdentity call, ResponseView answered) {
        ofCall(call);
        response = answered.head();
    }

    /// A request of the dialog that `success` made.
    void ofDialog(WireIdentity call, long transaction, long number, ResponseView success) {
        ofCall(call, success);
        branchKey = transaction;
        cseq = number;
        route.read(response);
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
            case SESSION -> out.decimal(FIRST_SESSION + Long.remainderUnsigned(id.key ^ id.tagNonce, SESSIONS));
            case RESPONSE_TO -> out.copyUnfolded(response.bytes(), response.start(Header.TO), response.end(Header.TO));
            case DIALOG_URI -> {
                if (!route.writeRequestUri(out)) {
                    inviteUri.render(this, out);
                }
            }
            case ROUTES -> route.writeRoutes(out);
        }
    }
}
