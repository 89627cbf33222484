package io.flashcall.testbed;

import io.flashcall.testbed.stream.Connection;
import io.flashcall.testbed.wire.HeaderName;
import io.flashcall.testbed.wire.HeaderValue;
import io.flashcall.testbed.wire.SipMessage;
import io.flashcall.testbed.wire.SipResponse;
import io.flashcall.testbed.wire.SipResponse.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Builds responses by RFC 3261 §8.2.6 and RFC 3581.
final class Responses {

    private static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO, REGISTER";

    private static final Pattern FEEDBACK = Pattern.compile("(?i);\\s*oc(-[a-z]+)?\\s*(=\\s*(\"[^\"]*\"|[^;,]*))?");

    private final InetSocketAddress local;
    private volatile Optional<Overload> overload = Optional.empty();

    Responses(InetSocketAddress local) {
        this.local = local;
    }

    /// From now on responses tell this load, or none. From any thread.
    void overload(Optional<Overload> now) {
        overload = now;
    }

    /// A response without a dialog.
    ///
    /// @param toTag added to To if the request's has none; empty adds none
    SipResponse plain(SipMessage request, Origin source, int status, String toTag) {
        return new SipResponse(status, copied(request, source, toTag), "");
    }

    SipResponse options(SipMessage request, Origin source, String toTag) {
        List<Field> fields = copied(request, source, toTag);
        fields.add(new Field("Allow", ALLOW));
        fields.add(new Field("Accept", "application/sdp"));
        return new SipResponse(200, fields, "");
    }

    /// A response that makes or confirms a dialog: with Contact, and Record-Route from `recordRoutes` imagined
    /// proxies, all of them at the carrier's own address so that what follows the route arrives here.
    SipResponse dialog(Invite invite, Leg leg, int status, boolean sdp, int recordRoutes) {
        List<Field> fields = copied(invite.message(), invite.source(), leg.tag());
        for (int i = 0; i < recordRoutes; i++) {
            fields.add(new Field("Record-Route", recordRoute(invite, i)));
        }
        fields.add(new Field("Contact", "<" + leg.contactUri() + ">"));
        fields.add(new Field("Allow", ALLOW));
        if (!sdp) {
            return new SipResponse(status, fields, "");
        }
        fields.add(new Field("Content-Type", "application/sdp"));
        return new SipResponse(status, fields, sessionDescription());
    }

    /// The value of Record-Route number `index`, as the response carries it from top to bottom.
    String recordRoute(Invite invite, int index) {
        return "<" + uri(invite, "proxy" + index) + ";lr>";
    }

    /// The Contact URI of leg `index`.
    String contactUri(Invite invite, int index) {
        return uri(invite, "leg" + index);
    }

    /// A URI at which requests reach the carrier the way the INVITE did (§12.1.1: with `sips:` if it came by that).
    private String uri(Invite invite, String user) {
        boolean sips = invite.message().requestUri().regionMatches(true, 0, "sips:", 0, 5);
        String scheme = sips ? "sips:" : "sip:";
        String transport = sips || !invite.source().isReliable()
                ? ""
                : ";transport=" + invite.source().transport().toLowerCase(Locale.ROOT);
        return scheme + user + "@" + hostPort(invite) + transport;
    }

    /// These fields with `{user}` and `{host}` filled in: whom the INVITE called, and where the carrier is.
    List<Field> filled(Invite invite, List<Field> fields) {
        return fields.stream()
                .map(field -> new Field(
                        field.name(),
                        field.value().replace("{user}", invite.called()).replace("{host}", hostPort(invite))))
                .toList();
    }

    /// Where requests reach the carrier: its own address, or if that is a wildcard the one the caller used.
    String hostPort(Invite invite) {
        return hostPort(invite.message(), invite.source());
    }

    String hostPort(SipMessage request, Origin source) {
        return switch (source) {
            case Origin.Stream(Connection connection) -> hostPort(connection.local());
            case Origin.Datagram _ ->
                local.getAddress().isAnyLocalAddress() ? HeaderValue.hostPort(request.requestUri()) : hostPort(local);
        };
    }

    private static String hostPort(InetSocketAddress address) {
        return host(address.getAddress()) + ":" + address.getPort();
    }

    private static String host(InetAddress address) {
        String text = address.getHostAddress();
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }

    private String sessionDescription() {
        String address = local.getAddress().getHostAddress();
        String family = address.indexOf(':') < 0 ? "IP4 " : "IP6 ";
        return "v=0\r\no=carrier 1 1 IN " + family + address + "\r\ns=-\r\nc=IN " + family + address
                + "\r\nt=0 0\r\nm=audio 40000 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n";
    }

    private List<Field> copied(SipMessage request, Origin source, String toTag) {
        List<Field> fields = new ArrayList<>(12);
        boolean top = true;
        for (String via : request.headers(HeaderName.VIA)) {
            fields.add(new Field("Via", top ? withFeedback(withReceived(via, source)) : via));
            top = false;
        }
        fields.add(new Field("From", request.headerOrEmpty(HeaderName.FROM)));
        String to = request.headerOrEmpty(HeaderName.TO);
        boolean tagged = toTag.isEmpty() || request.toTag().isPresent();
        fields.add(new Field("To", tagged ? to : to + ";tag=" + toTag));
        fields.add(new Field("Call-ID", request.callId()));
        fields.add(new Field("CSeq", request.headerOrEmpty(HeaderName.CSEQ)));
        return fields;
    }

    /// Answers `oc` in the topmost Via, if there is something to tell.
    private String withFeedback(String via) {
        Optional<Overload> load = overload;
        String top = HeaderValue.elements(via).getFirst();
        if (load.isEmpty() || HeaderValue.parameter(top, "oc").isEmpty()) {
            return via;
        }
        String rest = via.stripLeading().substring(top.length());
        return FEEDBACK.matcher(top).replaceAll("") + load.get().parameters() + rest;
    }

    /// Fills in `rport` and `received` where the caller asks for them (RFC 3581 §4).
    private static String withReceived(String via, Origin source) {
        int comma = via.indexOf(',');
        int end = comma < 0 ? via.length() : comma;
        int rport = via.indexOf(";rport");
        if (rport < 0 || rport >= end) {
            return via;
        }
        int after = rport + ";rport".length();
        if (after < via.length() && via.charAt(after) == '=') {
            return via;
        }
        return via.substring(0, after) + "=" + source.address().getPort() + ";received="
                + source.address().getAddress().getHostAddress() + via.substring(after);
    }

    /// Where a response goes: over the connection that the request came by, else to the source if it asked by
    /// `rport`, else to the port in Via (§18.2.2, RFC 3581 §4).
    static Origin destination(SipMessage request, Origin source) {
        return switch (source) {
            case Origin.Stream stream -> stream;
            case Origin.Datagram(InetSocketAddress address, boolean atMain) ->
                new Origin.Datagram(destination(request, address), atMain);
        };
    }

    private static InetSocketAddress destination(SipMessage request, InetSocketAddress source) {
        String via = request.topVia();
        if (HeaderValue.parameter(via, "rport").isPresent()) {
            return source;
        }
        int parameters = via.indexOf(';');
        String sentBy = (parameters < 0 ? via : via.substring(0, parameters)).trim();
        int colon = sentBy.lastIndexOf(':');
        if (colon < 0 || sentBy.indexOf(']', colon) > 0) {
            return new InetSocketAddress(source.getAddress(), 5060);
        }
        try {
            return new InetSocketAddress(
                    source.getAddress(),
                    Integer.parseInt(sentBy.substring(colon + 1).trim()));
        } catch (IllegalArgumentException _) {
            return source;
        }
    }
}
