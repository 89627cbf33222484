package io.flashcall.testbed;

import io.flashcall.testbed.wire.HeaderName;
import io.flashcall.testbed.wire.HeaderValue;
import io.flashcall.testbed.wire.SipMessage;
import java.util.List;

/// Holds each request against RFC 3261 and records what breaks it. Judges content here; timing is judged by [Call],
/// which knows what has been sent. Confined to the loop.
final class Judge {

    private static final String MAGIC = "z9hG4bK";

    private final Counts counts;

    Judge(Counts counts) {
        this.counts = counts;
    }

    /// Records a violation if `holds` is false. The detail is put together only then: most calls break no rule.
    void check(boolean holds, Rule rule, Invite invite, String what, Object seen) {
        if (!holds) {
            counts.violated(rule, invite.callId(), what + " " + seen);
        }
    }

    /// §8.1.1.
    void invite(Invite invite) {
        SipMessage message = invite.message();
        check(invite.branch().startsWith(MAGIC), Rule.INVITE_WELL_FORMED, invite, "branch", invite.branch());
        check(
                message.fromTag().filter(tag -> !tag.isEmpty()).isPresent(),
                Rule.INVITE_WELL_FORMED,
                invite,
                "From without tag:",
                message.headerOrEmpty(HeaderName.FROM));
        check(
                message.toTag().isEmpty(),
                Rule.INVITE_WELL_FORMED,
                invite,
                "To tag outside a dialog:",
                message.headerOrEmpty(HeaderName.TO));
        check(!invite.callId().isEmpty(), Rule.INVITE_WELL_FORMED, invite, "Call-ID", invite.callId());
        check(
                invite.cseq() >= 0
                        && invite.cseq() < 1L << 31
                        && message.cseqMethod().equals("INVITE"),
                Rule.INVITE_WELL_FORMED,
                invite,
                "CSeq",
                message.headerOrEmpty(HeaderName.CSEQ));
        int contacts = message.elements(HeaderName.CONTACT).size();
        check(contacts == 1, Rule.INVITE_WELL_FORMED, invite, "number of Contacts:", contacts);
        common(invite, message);
    }

    /// §18: what the transport asks of every request.
    void transport(SipMessage request, Origin source) {
        String via = request.topVia();
        if (!via.regionMatches(true, 0, "SIP/2.0/" + source.transport() + " ", 0, 12)) {
            String detail = "'" + via + "' (expected: SIP/2.0/" + source.transport() + ")";
            counts.violated(Rule.VIA_TRANSPORT, request.callId(), detail);
        }
        if (source.isReliable() && request.header(HeaderName.CONTENT_LENGTH).isEmpty()) {
            counts.violated(Rule.CONTENT_LENGTH, request.callId(), "none over " + source.transport());
        }
    }

    /// §9.1: CANCEL is the INVITE's shadow.
    void cancel(Invite invite, SipMessage cancel) {
        SipMessage original = invite.message();
        same(Rule.CANCEL_BRANCH, invite, original.branch(), cancel.branch());
        oneVia(Rule.CANCEL_VIA, invite, cancel);
        same(Rule.CANCEL_VIA, invite, original.topVia(), cancel.topVia());
        same(Rule.CANCEL_REQUEST_URI, invite, original.requestUri(), cancel.requestUri());
        sameHeader(Rule.CANCEL_FROM, HeaderName.FROM, invite, cancel);
        sameHeader(Rule.CANCEL_TO, HeaderName.TO, invite, cancel);
        same(Rule.CANCEL_CALL_ID, invite, invite.callId(), cancel.callId());
        cseq(Rule.CANCEL_CSEQ, invite, cancel, "CANCEL");
        route(Rule.CANCEL_ROUTE, invite, original.elements(HeaderName.ROUTE), cancel);
        boolean require = cancel.header(HeaderName.REQUIRE).isPresent()
                || cancel.header(HeaderName.PROXY_REQUIRE).isPresent();
        check(!require, Rule.CANCEL_REQUIRE, invite, "Require or Proxy-Require in", cancel.method());
        for (String reason : cancel.elements(HeaderName.REASON)) {
            check(isNormalClearing(reason), Rule.CANCEL_REASON, invite, "Reason:", reason);
        }
        common(invite, cancel);
    }

    private static boolean isNormalClearing(String reason) {
        return reason.regionMatches(true, 0, "Q.850", 0, 5)
                && HeaderValue.parameter(reason, "cause").orElse("").equals("16");
    }

    /// §17.1.1.3: the ACK of a non-2xx belongs to the INVITE's transaction.
    void ackOfFailure(Invite invite, String toTag, SipMessage ack) {
        SipMessage original = invite.message();
        same(Rule.ACK_BRANCH, invite, original.branch(), ack.branch());
        oneVia(Rule.ACK_VIA, invite, ack);
        same(Rule.ACK_VIA, invite, original.topVia(), ack.topVia());
        same(Rule.ACK_REQUEST_URI, invite, original.requestUri(), ack.requestUri());
        sameHeader(Rule.ACK_FROM, HeaderName.FROM, invite, ack);
        // The To of the response, however it was folded there: URI and tag count.
        String to = ack.headerOrEmpty(HeaderName.TO);
        same(Rule.ACK_TO, invite, HeaderValue.uri(original.headerOrEmpty(HeaderName.TO)), HeaderValue.uri(to));
        same(Rule.ACK_TO, invite, toTag, HeaderValue.parameter(to, "tag").orElse(""));
        same(Rule.ACK_CALL_ID, invite, invite.callId(), ack.callId());
        cseq(Rule.ACK_CSEQ, invite, ack, "ACK");
        route(Rule.ACK_ROUTE, invite, original.elements(HeaderName.ROUTE), ack);
        common(invite, ack);
    }

    /// §13.2.2.4 and §12.2.1.1: the ACK of a 2xx is a transaction of its own within the dialog.
    void ackOfAnswer(Invite invite, Leg leg, List<String> routeSet, SipMessage ack) {
        check(isNewBranch(invite, ack), Rule.ACK_BRANCH, invite, "branch", ack.branch());
        oneVia(Rule.ACK_VIA, invite, ack);
        same(Rule.ACK_REQUEST_URI, invite, leg.contactUri(), ack.requestUri());
        sameParty(Rule.ACK_FROM, invite, ack);
        cseq(Rule.ACK_CSEQ, invite, ack, "ACK");
        route(Rule.ACK_ROUTE, invite, routeSet, ack);
        credentials(HeaderName.AUTHORIZATION, invite, ack);
        credentials(HeaderName.PROXY_AUTHORIZATION, invite, ack);
        common(invite, ack);
    }

    private void credentials(HeaderName name, Invite invite, SipMessage ack) {
        boolean same = invite.message().headers(name).equals(ack.headers(name));
        check(same, Rule.ACK_CREDENTIALS, invite, "another " + name.longForm() + " than the INVITE's, in", "ACK");
    }

    /// §22.2 and §8.1.3.5: an INVITE tried again with credentials, or elsewhere, is a new request of the same call.
    void retry(Invite earlier, Invite later) {
        check(
                later.cseq() > earlier.cseq(),
                Rule.RETRY_RENEWED,
                later,
                "CSeq after " + earlier.cseq() + ":",
                later.cseq());
        boolean renewed = !later.branch().equals(earlier.branch());
        check(renewed, Rule.RETRY_RENEWED, later, "branch again:", later.branch());
        sameHeader(Rule.RETRY_RENEWED, HeaderName.FROM, earlier, later.message());
    }

    /// §12.2.1.1.
    void bye(Invite invite, Leg leg, List<String> routeSet, SipMessage bye) {
        check(isNewBranch(invite, bye), Rule.BYE_BRANCH, invite, "branch", bye.branch());
        same(Rule.BYE_REQUEST_URI, invite, leg.contactUri(), bye.requestUri());
        sameParty(Rule.BYE_FROM, invite, bye);
        boolean cseq = bye.cseqNumber() > invite.cseq() && bye.cseqMethod().equals("BYE");
        check(cseq, Rule.BYE_CSEQ, invite, "CSeq", bye.headerOrEmpty(HeaderName.CSEQ));
        route(Rule.BYE_ROUTE, invite, routeSet, bye);
        common(invite, bye);
    }

    /// §12.2.1.1 for PRACK and the like.
    void inDialog(Invite invite, Leg leg, List<String> routeSet, SipMessage request) {
        check(isNewBranch(invite, request), Rule.IN_DIALOG, invite, request.method() + " branch", request.branch());
        same(Rule.IN_DIALOG, invite, leg.contactUri(), request.requestUri());
        sameParty(Rule.IN_DIALOG, invite, request);
        boolean cseq = leg.useCseq(request.cseqNumber())
                && request.cseqNumber() > invite.cseq()
                && request.cseqMethod().equals(request.method());
        check(cseq, Rule.IN_DIALOG, invite, request.method() + " CSeq", request.headerOrEmpty(HeaderName.CSEQ));
        route(Rule.IN_DIALOG, invite, routeSet, request);
        common(invite, request);
    }

    private static boolean isNewBranch(Invite invite, SipMessage request) {
        String branch = request.branch();
        return branch.startsWith(MAGIC) && branch.length() > MAGIC.length() && !branch.equals(invite.branch());
    }

    private void common(Invite invite, SipMessage request) {
        check(
                request.header(HeaderName.MAX_FORWARDS).isPresent(),
                Rule.MAX_FORWARDS,
                invite,
                "none in",
                request.method());
        String length = request.headerOrEmpty(HeaderName.CONTENT_LENGTH);
        boolean right = length.isEmpty() || length.equals(Integer.toString(request.bodyLength()));
        check(right, Rule.CONTENT_LENGTH, invite, "not the body's length:", length);
    }

    private void oneVia(Rule rule, Invite invite, SipMessage request) {
        int vias = request.elements(HeaderName.VIA).size();
        check(vias == 1, rule, invite, "number of Vias:", vias);
    }

    private void cseq(Rule rule, Invite invite, SipMessage request, String method) {
        boolean right =
                request.cseqNumber() == invite.cseq() && request.cseqMethod().equals(method);
        check(right, rule, invite, "CSeq", request.headerOrEmpty(HeaderName.CSEQ));
    }

    private void sameHeader(Rule rule, HeaderName name, Invite invite, SipMessage request) {
        same(rule, invite, invite.message().headerOrEmpty(name), request.headerOrEmpty(name));
    }

    /// From within a dialog: the display name may differ, URI and tag may not.
    private void sameParty(Rule rule, Invite invite, SipMessage request) {
        String mine = request.headerOrEmpty(HeaderName.FROM);
        String original = invite.message().headerOrEmpty(HeaderName.FROM);
        same(rule, invite, HeaderValue.uri(original), HeaderValue.uri(mine));
        same(
                rule,
                invite,
                invite.message().fromTag().orElse(""),
                request.fromTag().orElse(""));
    }

    private void route(Rule rule, Invite invite, List<String> expected, SipMessage request) {
        List<String> route = request.elements(HeaderName.ROUTE);
        if (!route.equals(expected)) {
            counts.violated(rule, invite.callId(), "Route " + route + " (expected: " + expected + ")");
        }
    }

    private void same(Rule rule, Invite invite, String expected, String seen) {
        if (!expected.equals(seen)) {
            counts.violated(rule, invite.callId(), "'" + seen + "' (expected: '" + expected + "')");
        }
    }
}
