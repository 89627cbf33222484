package io.flashcall.engine.sip;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The requests of one user agent to one trunk: everything that does not change from call to call is written
/// once, at construction, and validated there.
///
/// Each method renders one request into `out`, which is at least 65,535 bytes long, and returns its length; -1
/// if it would not fit a datagram. Rendering copies runs and writes digits: it allocates nothing. Immutable but
/// for scratch space, so one thread at a time.
public final class RequestTemplate {

    static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, INFO";

    private final Template invite;
    private final Template cancel;
    private final Template ackOfFailure;
    private final Template redirectedInvite;
    private final Template redirectedCancel;
    private final Template redirectedAck;
    private final Template ackOfSuccess;
    private final Template bye;
    private final Template prack;
    private final Template options;
    private final Template optionsUri;
    private final Registration registration;
    private final Rendering rendering;
    private final AnswerTemplate answers;
    private final WireWriter writer = new WireWriter();
    private final int maxInviteLength;

    /// What a trunk is to be told.
    ///
    /// @param viaHost    where we can be reached, for Via and Contact: an address or a name, never 0.0.0.0
    /// @param viaPort    likewise, 1..65535
    /// @param targetHost `host` or `host:port` of Request-URI and To
    /// @param fromHost   `host` or `host:port` of From
    public record Parts(
            String viaHost, int viaPort, String targetHost, String fromHost, Numbers numbers, Options options) {

        /// Validates.
        ///
        /// @throws IllegalArgumentException naming the value and what was expected
        public Parts {
            viaHost = WireText.host("viaHost", viaHost);
            viaPort = WireText.port("viaPort", viaPort);
            targetHost = WireText.hostAndPort("targetHost", targetHost);
            fromHost = WireText.hostAndPort("fromHost", fromHost);
        }
    }

    /// How the trunk wants numbers: the called one, and the caller id.
    public record Numbers(NumberFormat to, NumberFormat from) {}

    /// What not every trunk wants.
    ///
    /// @param offer   the minimal SDP offer, or none: then the INVITE has no body
    /// @param peering transport, routes, extensions
    /// @param account whom REGISTERs are for, if it registers
    public record Options(IdentityHeaders identity, Optional<Offer> offer, Peering peering, Optional<Account> account) {

        /// Over UDP, with nothing more.
        public Options(IdentityHeaders identity, Optional<Offer> offer) {
            this(identity, offer, Peering.UDP, Optional.empty());
        }
    }

    /// An address of record, `sip:user@domain`.
    ///
    /// @param user      its user part
    /// @param domain    its host
    /// @param registrar `host` or `host:port` of the Request-URI
    public record Account(String user, String domain, String registrar) {

        /// Validates.
        ///
        /// @throws IllegalArgumentException naming the value and what was expected
        public Account {
            WireText.user("user", user);
            domain = WireText.host("domain", domain);
            registrar = WireText.hostAndPort("registrar", registrar);
        }
    }

    /// Where else than in From the caller id stands.
    ///
    /// @param pAssertedIdentity RFC 3325
    /// @param remotePartyId     draft-ietf-sip-privacy-04, which outlived its RFC
    /// @param userPhone         `;user=phone` in Request-URI, From, To and these (RFC 3261 §19.1.1)
    /// @param more              what few carriers ask for
    public record IdentityHeaders(
            boolean pAssertedIdentity, boolean remotePartyId, boolean userPhone, CallerLines more) {

        /// With nothing that few carriers ask for.
        public IdentityHeaders(boolean pAssertedIdentity, boolean remotePartyId, boolean userPhone) {
            this(pAssertedIdentity, remotePartyId, userPhone, CallerLines.NONE);
        }
    }

    /// The address and port of media that nobody will send.
    ///
    /// @param mediaHost an IPv4 or IPv6 address
    /// @param mediaPort 1..65535
    public record Offer(String mediaHost, int mediaPort) {

        /// Validates.
        ///
        /// @throws IllegalArgumentException naming the value and what was expected
        public Offer {
            WireText.connection("mediaHost", mediaHost);
            mediaPort = WireText.port("mediaPort", mediaPort);
        }
    }

    public RequestTemplate(Parts parts) {
        NumberFormat from = parts.numbers().from();
        NumberFormat to = parts.numbers().to();
        Optional<Offer> offer = parts.options().offer();
        Map<String, String> constants = constants(parts);
        parts.options().identity().more().addConstants(constants, from, parts.viaHost());
        offer.ifPresent(o -> addOffer(o, constants, from, to));
        var inviteText = RequestText.invite(parts.options().identity(), offer.isPresent());
        invite = Template.of(inviteText, constants);
        redirectedInvite = Template.of(RequestText.redirected(inviteText), constants);
        redirectedCancel = Template.of(RequestText.redirected(RequestText.CANCEL), constants);
        redirectedAck = Template.of(RequestText.redirected(RequestText.ACK_OF_FAILURE), constants);
        cancel = Template.of(RequestText.CANCEL, constants);
        ackOfFailure = Template.of(RequestText.ACK_OF_FAILURE, constants);
        ackOfSuccess = inDialog("ACK", constants);
        bye = inDialog("BYE", constants);
        prack = inDialog("PRACK", constants);
        options = Template.of(RequestText.OPTIONS, constants);
        optionsUri = Template.of(RequestText.OPTIONS_URI, constants);
        registration = Registration.of(parts.options().account(), constants);
        rendering = new Rendering(from, to, Template.of(RequestText.INVITE_URI, constants));
        answers = new AnswerTemplate(constants, offer.map(Offer::mediaPort).orElse(0), rendering);
        maxInviteLength = invite.maxLength(from, to);
    }

    private static Map<String, String> constants(Parts parts) {
        Map<String, String> constants = new HashMap<>();
        constants.put("via", parts.viaHost() + ":" + parts.viaPort());
        constants.put("target", parts.targetHost());
        constants.put("from-host", parts.fromHost());
        constants.put("user-phone", parts.options().identity().userPhone() ? ";user=phone" : "");
        constants.put("allow", ALLOW);
        Peering peering = parts.options().peering();
        constants.put("transport", peering.transport());
        constants.put("via-more", peering.viaMore());
        constants.put("contact-more", peering.contactMore());
        constants.put("extensions", peering.extensions());
        constants.put("preloaded", peering.preloaded());
        constants.put("more-lines", peering.moreLines());
        return constants;
    }

    private static void addOffer(Offer offer, Map<String, String> constants, NumberFormat from, NumberFormat to) {
        constants.put("media", WireText.connection("mediaHost", offer.mediaHost()));
        constants.put("media-port", Integer.toString(offer.mediaPort()));
        int length = Template.of(RequestText.OFFER, constants).maxLength(from, to);
        constants.put("offer-length", Integer.toString(length));
    }

    private static Template inDialog(String method, Map<String, String> constants) {
        Map<String, String> more = new HashMap<>(constants);
        more.put("method", method);
        return Template.of(RequestText.IN_DIALOG, more);
    }

    /// The most bytes an INVITE of this template takes, whatever the numbers; credentials, a signature and another
    /// Request-URI come on top.
    public int maxInviteLength() {
        return maxInviteLength;
    }

    /// What is said in answers to requests of the dialogs.
    public AnswerTemplate answers() {
        return answers;
    }

    /// The INVITE. Numbers of equal width give INVITEs of equal size.
    public int invite(WireIdentity id, byte[] out) {
        rendering.ofCall(id);
        return render(id.target.isEmpty() ? invite : redirectedInvite, out);
    }

    /// The CANCEL of the INVITE (RFC 3261 §9.1): its branch, Request-URI, From, To, Call-ID and CSeq number.
    public int cancel(WireIdentity id, byte[] out) {
        rendering.ofCall(id);
        return render(id.target.isEmpty() ? cancel : redirectedCancel, out);
    }

    /// The ACK of a final response other than 2xx (RFC 3261 §17.1.1.3): the INVITE's branch, the response's To.
    public int ack(WireIdentity id, ResponseView failure, byte[] out) {
        rendering.ofCall(id, failure);
        return render(id.target.isEmpty() ? ackOfFailure : redirectedAck, out);
    }

    /// The ACK of a 2xx (RFC 3261 §13.2.2.4): a request of the dialog, with a branch of its own.
    ///
    /// @param branchKey names the transaction, with `id.branchNonce`
    public int ackOfSuccess(WireIdentity id, long branchKey, ResponseView success, byte[] out) {
        rendering.ofDialog(id, branchKey, id.cseq, success);
        return render(ackOfSuccess, out);
    }

    /// The BYE that ends the dialog of a 2xx (RFC 3261 §15.1.1).
    public int bye(WireIdentity id, DialogRequest request, ResponseView success, byte[] out) {
        rendering.ofDialog(id, request, success);
        return render(bye, out);
    }

    /// The PRACK of a reliable provisional response (RFC 3262 §4), a request of the early dialog.
    public int prack(WireIdentity id, DialogRequest request, ResponseView provisional, byte[] out) {
        rendering.ofDialog(id, request, provisional);
        return render(prack, out);
    }

    /// An OPTIONS that asks whether the carrier is there (RFC 3261 §11).
    public int options(WireIdentity id, byte[] out) {
        rendering.ofCall(id);
        return render(options, out);
    }

    /// The Request-URI of an OPTIONS.
    public int optionsUri(WireIdentity id, byte[] out) {
        rendering.ofCall(id);
        return render(optionsUri, out);
    }

    /// A REGISTER (RFC 3261 §10.2). Only with an account.
    ///
    /// @param branchKey names the transaction, with `id.branchNonce`; `id.key` names the registration
    /// @param expires   seconds to be bound for; 0 lets the contact go
    public int register(WireIdentity id, long branchKey, int expires, byte[] out) {
        rendering.ofRegistration(id, branchKey, expires);
        return render(registration.request, out);
    }

    /// The Request-URI of a REGISTER.
    public int registrarUri(WireIdentity id, byte[] out) {
        rendering.ofCall(id);
        return render(registration.uri, out);
    }

    /// What a REGISTER binds, without parameters: `sip:user@host:port`.
    public String contactUri() {
        return registration.contact;
    }

    /// The Request-URI of the INVITE, which its credentials are made for (RFC 3261 §22.4).
    public int inviteUri(WireIdentity id, byte[] out) {
        rendering.ofCall(id);
        writer.start(out);
        rendering.writeInviteUri(writer);
        return writer.finish();
    }

    /// The Request-URI of requests of the dialog that a response made.
    public int dialogUri(WireIdentity id, ResponseView answered, byte[] out) {
        rendering.ofDialog(id, id.branch(), id.cseq, answered);
        writer.start(out);
        rendering.writeDialogUri(writer);
        return writer.finish();
    }

    /// What registers: empty texts where nothing does.
    private record Registration(Template request, Template uri, String contact) {

        static Registration of(Optional<Account> account, Map<String, String> constants) {
            Map<String, String> more = new HashMap<>(constants);
            account.ifPresent(ours -> {
                more.put("user", ours.user());
                more.put("domain", ours.domain());
                more.put("registrar", ours.registrar());
            });
            return account.isEmpty()
                    ? new Registration(Template.of("", more), Template.of("", more), "")
                    : new Registration(
                            Template.of(RequestText.REGISTER, more),
                            Template.of(RequestText.REGISTRAR_URI, more),
                            "sip:" + more.get("user") + "@" + more.get("via"));
        }
    }

    private int render(Template template, byte[] out) {
        writer.start(out);
        template.render(rendering, writer);
        return writer.finish();
    }
}
