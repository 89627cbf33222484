package io.flashcall.testbed;

/// What RFC 3261 asks of a caller, and the judge checks. Each carries its section.
public enum Rule {
    INVITE_WELL_FORMED("8.1.1", "an INVITE has Via with z9hG4bK, From tag, no To tag, one Contact, its CSeq"),
    INVITE_REPEATED_UNCHANGED("17.1.1.2", "a retransmission is the same bytes"),
    INVITE_REPEATS_END("17.1.1.2", "a response ends the retransmission of INVITE"),
    CANCEL_AFTER_PROVISIONAL("9.1", "no CANCEL before a provisional response"),
    CANCEL_BEFORE_FINAL("9.1", "no CANCEL once a final response has come"),
    CANCEL_BRANCH("9.1", "the branch of CANCEL is the INVITE's"),
    CANCEL_VIA("9.1", "CANCEL has one Via, the INVITE's topmost"),
    CANCEL_REQUEST_URI("9.1", "the Request-URI of CANCEL is the INVITE's"),
    CANCEL_FROM("9.1", "From of CANCEL is the INVITE's, tag included"),
    CANCEL_TO("9.1", "To of CANCEL is the INVITE's, tag included"),
    CANCEL_CALL_ID("9.1", "Call-ID of CANCEL is the INVITE's"),
    CANCEL_CSEQ("9.1", "CSeq of CANCEL has the INVITE's number and the method CANCEL"),
    CANCEL_ROUTE("9.1", "Route of CANCEL is the INVITE's"),
    CANCEL_REQUIRE("9.1", "CANCEL has neither Require nor Proxy-Require"),
    CANCEL_DESTINATION("9.1", "CANCEL travels between the addresses the INVITE travelled between"),
    CANCEL_REASON("RFC 3326", "CANCEL has no Reason but Q.850;cause=16: others suppress the missed-call entry"),
    CANCEL_REPEATS_END("17.1.2.2", "a final response ends the retransmission of CANCEL"),
    ACK_SENT("17.1.1.3, 13.2.2.4", "every final response to INVITE gets its ACK"),
    ACK_EXPECTED("17.1.1.3", "no ACK without a final response to INVITE"),
    ACK_BRANCH("17.1.1.3, 13.2.2.4", "ACK has the INVITE's branch for a non-2xx, one of its own for a 2xx"),
    ACK_VIA("17.1.1.3", "ACK has one Via; for a non-2xx it is the INVITE's topmost"),
    ACK_REQUEST_URI(
            "17.1.1.3, 12.2.1.1", "the Request-URI of ACK is the INVITE's for a non-2xx, the Contact for a 2xx"),
    ACK_FROM("17.1.1.3", "From of ACK is the INVITE's"),
    ACK_TO("17.1.1.3, 12.2.1.1", "To of ACK has the response's tag"),
    ACK_CALL_ID("17.1.1.3", "Call-ID of ACK is the INVITE's"),
    ACK_CSEQ("17.1.1.3, 13.2.2.4", "CSeq of ACK has the INVITE's number and the method ACK"),
    ACK_ROUTE("17.1.1.3, 12.1.2", "Route of ACK is the INVITE's for a non-2xx, Record-Route reversed for a 2xx"),
    ACK_CREDENTIALS("13.2.2.4", "the ACK of a 2xx has the INVITE's credentials"),
    RETRY_RENEWED("22.2, 8.1.3.5", "an INVITE tried again has a higher CSeq, a new branch, and the same From"),
    DIGEST_FORM("RFC 7616 3.4", "credentials repeat the challenge's parameters; qop, nc and algorithm are bare"),
    DIGEST_URI("RFC 7616 3.4.6, 22.4", "uri in credentials is the Request-URI"),
    DIGEST_COUNT("RFC 7616 3.4", "each nonce count is used once, and begins at 00000001"),
    BYE_AFTER_ACK("15", "BYE follows the ACK"),
    BYE_BRANCH("8.1.1.7", "BYE has a branch of its own"),
    BYE_REQUEST_URI("12.2.1.1", "the Request-URI of BYE is the Contact"),
    BYE_FROM("12.2.1.1", "From of BYE has the INVITE's URI and tag"),
    BYE_TO("12.2.1.1", "To of BYE has the tag of a leg that answered"),
    BYE_CSEQ("12.2.1.1", "CSeq of BYE is higher than the INVITE's, its method BYE"),
    BYE_ROUTE("12.2.1.1", "Route of BYE is Record-Route reversed"),
    BYE_REPEATS_END("17.1.2.2", "a final response ends the retransmission of BYE"),
    PRACK_SENT("RFC 3262 4", "every reliable provisional response gets its PRACK"),
    PRACK_RACK("RFC 3262 7.2", "RAck names RSeq, CSeq number and method of the response that waits for it"),
    IN_DIALOG(
            "12.2.1.1",
            "within a dialog: its own branch, Contact as Request-URI, both tags, a higher CSeq, Record-Route reversed"),
    ASK_ANSWERED("8.2, 12.2.2", "a request within an early dialog is answered"),
    RESPONSE_COPIED("8.2.6.2", "a response has Via, From, To, Call-ID and CSeq of its request"),
    RELIABLE_ONCE("17.1.1.2, 17.1.2.2", "no request is repeated over TCP or TLS"),
    VIA_TRANSPORT("18.1.1", "Via names the transport that the request came over"),
    MAX_FORWARDS("8.1.1.6", "every request has Max-Forwards"),
    CONTENT_LENGTH("18.3, 20.14", "Content-Length is the length of the body");

    private final String section;
    private final String sentence;

    Rule(String section, String sentence) {
        this.section = section;
        this.sentence = sentence;
    }

    /// Where it is written; RFC 3261 unless another is named.
    public String section() {
        return section;
    }

    /// The rule in a few words.
    public String sentence() {
        return sentence;
    }
}
