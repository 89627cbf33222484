package io.flashcall.engine.sip;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The requests as one reads them. `{…}` is a `Slot`, or a constant of the trunk; lines end in CRLF on the
/// wire.
final class RequestText {

    static final String INVITE_URI = "sip:{to-number}@{target}{user-phone}";

    private static final String INVITE_HEAD = """
            INVITE sip:{to-number}@{target}{user-phone} SIP/2.0
            Via: SIP/2.0/{transport} {via};branch=z9hG4bK{branch-key}{branch-nonce};rport{via-more}
            {preloaded}{service-route}Max-Forwards: 70
            From: <sip:{from-number}@{from-host}{user-phone}>;tag={key}{tag-nonce}
            To: <sip:{to-number}@{target}{user-phone}>
            Call-ID: {key}-{branch-nonce}
            CSeq: {cseq} INVITE
            Contact: <sip:{from-number}@{via}{contact-more}>
            Allow: {allow}
            {extensions}User-Agent: Flashcall
            {credentials}{identity}{more-lines}\
            """;

    private static final String ASSERTED_IDENTITY = """
            P-Asserted-Identity: <sip:{from-number}@{from-host}{user-phone}>
            """;

    private static final String REMOTE_PARTY = """
            Remote-Party-ID: <sip:{from-number}@{from-host}{user-phone}>;party=calling;screen=yes;privacy=off
            """;

    private static final String WITH_OFFER = """
            Content-Type: application/sdp
            Content-Length: {offer-length}

            """;

    private static final String WITHOUT_BODY = """
            Content-Length: 0

            """;

    /// RFC 4566: one audio stream, G.711 either way. Nobody sends it media, since nobody answers.
    static final String OFFER = """
            v=0
            o=- {session} {session} {media}
            s=-
            c={media}
            t=0 0
            m=audio {media-port} RTP/AVP 8 0
            a=ptime:20
            """;

    /// RFC 3261 §9.1: all as in the INVITE but the method. No Reason, which could hide the missed call.
    static final String CANCEL = """
            CANCEL sip:{to-number}@{target}{user-phone} SIP/2.0
            Via: SIP/2.0/{transport} {via};branch=z9hG4bK{branch-key}{branch-nonce};rport{via-more}
            {preloaded}{service-route}Max-Forwards: 70
            From: <sip:{from-number}@{from-host}{user-phone}>;tag={key}{tag-nonce}
            To: <sip:{to-number}@{target}{user-phone}>
            Call-ID: {key}-{branch-nonce}
            CSeq: {cseq} CANCEL
            Content-Length: 0

            """;

    /// RFC 3261 §17.1.1.3: the INVITE's transaction, the response's To.
    static final String ACK_OF_FAILURE = """
            ACK sip:{to-number}@{target}{user-phone} SIP/2.0
            Via: SIP/2.0/{transport} {via};branch=z9hG4bK{branch-key}{branch-nonce};rport{via-more}
            {preloaded}{service-route}Max-Forwards: 70
            From: <sip:{from-number}@{from-host}{user-phone}>;tag={key}{tag-nonce}
            To: {response-to}
            Call-ID: {key}-{branch-nonce}
            CSeq: {cseq} ACK
            Content-Length: 0

            """;

    /// RFC 3261 §13.2.2.4 (ACK of a 2xx) and §15.1.1 (BYE): requests of the dialog.
    static final String IN_DIALOG = """
            {method} {dialog-uri} SIP/2.0
            Via: SIP/2.0/{transport} {via};branch=z9hG4bK{branch-key}{branch-nonce};rport{via-more}
            Max-Forwards: 70
            {routes}From: <sip:{from-number}@{from-host}{user-phone}>;tag={key}{tag-nonce}
            To: {response-to}
            Call-ID: {key}-{branch-nonce}
            CSeq: {cseq} {method}
            {rack}{credentials}Content-Length: 0

            """;

    static final String OPTIONS_URI = "sip:{target}";

    /// RFC 3261 §11: outside of any dialog, from nobody in particular.
    static final String OPTIONS = """
            OPTIONS sip:{target} SIP/2.0
            Via: SIP/2.0/{transport} {via};branch=z9hG4bK{branch-key}{branch-nonce};rport{via-more}
            {preloaded}Max-Forwards: 70
            From: <sip:ping@{from-host}>;tag={key}{tag-nonce}
            To: <sip:{target}>
            Call-ID: {key}-{branch-nonce}
            CSeq: {cseq} OPTIONS
            Contact: <sip:ping@{via}{contact-more}>
            Accept: application/sdp
            User-Agent: Flashcall
            {credentials}Content-Length: 0

            """;

    /// The domain of a registrar's location service (RFC 3261 §10.2): no user part.
    static final String REGISTRAR_URI = "sip:{registrar}";

    /// RFC 3261 §10.2: binds our contact to the address of record, or lets it go (`expires` 0).
    static final String REGISTER = """
            REGISTER sip:{registrar} SIP/2.0
            Via: SIP/2.0/{transport} {via};branch=z9hG4bK{branch-key}{branch-nonce};rport{via-more}
            {preloaded}Max-Forwards: 70
            From: <sip:{user}@{domain}>;tag={key}{tag-nonce}
            To: <sip:{user}@{domain}>
            Call-ID: {key}-{branch-nonce}
            CSeq: {cseq} REGISTER
            Contact: <sip:{user}@{via}{contact-more}>;expires={expires}
            Expires: {expires}
            Allow: {allow}
            User-Agent: Flashcall
            {credentials}Content-Length: 0

            """;

    private static final String REQUEST_URI = "{request-uri}";

    private RequestText() {}

    /// The same for a call that a redirection has sent elsewhere: to another Request-URI, while To stays (RFC 3261
    /// §8.1.3.4).
    static String redirected(String request) {
        return request.replaceFirst(Pattern.quote(INVITE_URI), Matcher.quoteReplacement(REQUEST_URI));
    }

    static String invite(RequestTemplate.IdentityHeaders identity, boolean hasOffer) {
        return INVITE_HEAD
                + (identity.pAssertedIdentity() ? ASSERTED_IDENTITY : "")
                + (identity.remotePartyId() ? REMOTE_PARTY : "")
                + identity.more().text()
                + (hasOffer ? WITH_OFFER + OFFER : WITHOUT_BODY);
    }
}
