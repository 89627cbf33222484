package io.flashcall.engine.sip;

import java.util.Map;

/// What a call says in answers to requests of its dialogs: its Contact, and the answer to an SDP offer (RFC 3264).
///
/// Nobody listens to the media, since no call is meant to be answered; but who changes the session before the answer
/// (RFC 3311) must hear of streams as if somebody did. Allocates nothing; one thread at a time.
public final class AnswerTemplate {

    private static final String CONTACT = """
            Contact: <sip:{from-number}@{via}{contact-more}>
            """;

    private static final String SESSION = """
            v=0
            o=- {session} {session-version} {media}
            s=-
            c={media}
            t=0 0
            """;

    private final Template contact;
    private final Template session;
    private final int mediaPort;
    private final Rendering rendering;
    private final WireWriter writer = new WireWriter();
    private final SdpStreams streams = new SdpStreams();

    /// @param mediaPort the port of our streams, 0 if calls have none
    AnswerTemplate(Map<String, String> constants, int mediaPort, Rendering rendering) {
        contact = Template.of(CONTACT, constants);
        session = Template.of(mediaPort == 0 ? "" : SESSION, constants);
        this.mediaPort = mediaPort;
        this.rendering = rendering;
    }

    /// The Contact line that an answer to UPDATE must have (RFC 3311 §4).
    ///
    /// @param out at least 65,535 bytes long
    /// @return the length, or -1 if it would not fit
    public int contact(WireIdentity id, byte[] out) {
        rendering.ofCall(id);
        writer.start(out);
        contact.render(rendering, writer);
        return writer.finish();
    }

    /// The answer to the offer in a request: each stream in its order, G.711 audio accepted, all others refused.
    ///
    /// @param changes how many offers of the call were answered before, so that the version rises (RFC 3264 §8)
    /// @param out     at least 65,535 bytes long
    /// @return the length; -1 if no stream can be accepted, or it is no SDP
    public int sdp(WireIdentity id, int changes, RequestView offer, byte[] out) {
        if (mediaPort == 0) {
            return -1;
        }
        rendering.ofCall(id);
        rendering.sessionChanges(changes + 1);
        writer.start(out);
        session.render(rendering, writer);
        Span body = offer.body();
        boolean accepted = streams.answer(offer.bytes(), body.offset, body.end(), mediaPort, writer);
        return accepted ? writer.finish() : -1;
    }
}
